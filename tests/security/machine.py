"""The warm process of people.py: forks for each order, gives up root's rights in the fork, and does it there."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

os.environ |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_XET": "1"}


def load_deeds() -> Any:
    spec = importlib.util.spec_from_file_location("deeds", Path(__file__).with_name("deeds.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["deeds"] = module
    spec.loader.exec_module(module)
    return module


def become(order: dict[str, Any]) -> None:
    """Be the person of an order, for good."""
    home = order["home"]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SSL_CERT_FILE") if name in os.environ}
    switches = {name: value for name, value in os.environ.items() if name.startswith("HF_HUB_DISABLE")}
    os.environ.clear()
    os.environ.update(kept, **switches, HOME=home, USER=f"u{order['uid']}", LOGNAME=f"u{order['uid']}")
    os.environ.update({f"XDG_{kind}_HOME": f"{home}/{kind.lower()}" for kind in ("CACHE", "DATA", "CONFIG")})
    os.environ.update(order["environ"], HF_HOME=f"{home}/hf", HUGGINGNERSC_PRACTICE_DIR=f"{home}/practice")
    os.setgroups([order["gid"]])
    os.setgid(order["gid"])
    os.setuid(order["uid"])
    os.umask(0o022)
    os.chdir(home)
    if order["uid"]:
        for path in ("/root", sys.executable):  # else nothing of what follows would prove anything
            assert not os.access(path, os.W_OK), path


def do(deeds: Any, order: dict[str, Any]) -> dict[str, Any]:
    from huggingnersc_lab.errors import CatalogError

    try:
        value = getattr(deeds, order["deed"])(deeds.Work(order["root"]), **order["values"])
        return {"value": json.loads(json.dumps(value))}
    except CatalogError as err:
        return failure(err.code, err.detail, [vars(field) for field in err.fields])
    except BaseException:  # noqa: BLE001 - the fork must not go on as its parent
        return failure("crash", traceback.format_exc())


def failure(code: str, detail: str, fields: list[Any] | None = None) -> dict[str, Any]:
    return {"failure": {"code": code, "detail": detail, "fields": fields or []}}


def fork_and_do(deeds: Any, order: dict[str, Any]) -> None:
    """Let a fork of this fork be the person; this one stays root, and writes down what the other says."""
    receiving, sending = os.pipe()
    if os.fork() == 0:
        os.close(receiving)
        with os.fdopen(sending, "w") as stream:
            become(order)
            stream.write(json.dumps(do(deeds, order)))
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving) as stream:
        said = stream.read()
    path = Path(order["answer"])
    path.with_suffix(".new").write_text(said or json.dumps(failure("crash", "it was gone without a word")))
    path.with_suffix(".new").rename(path)


def main() -> None:
    deeds = load_deeds()
    deeds.warm_up(**json.loads(sys.stdin.readline()))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks: they leave an answer
    print("warm", flush=True)  # noqa: T201
    for line in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            fork_and_do(deeds, json.loads(line))
            os._exit(0)


if __name__ == "__main__":
    main()
