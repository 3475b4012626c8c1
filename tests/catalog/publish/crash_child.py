"""Does publishing orders in children, each of which kills itself with SIGKILL at the event whose number it is given.

It imports once and forks for each order, since imports take far longer than an order does; nothing in it has started
a thread when it forks. Orders and answers are lines of JSON on stdin and stdout. Run by worlds.py.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

os.environ |= {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}

import nbformat  # noqa: F401 - what an order would import late
from huggingface_hub import CommitOperationAdd, HfApi  # noqa: F401

import huggingnersc_lab.render.notebook  # noqa: F401
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.publisher import Step
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import swap

FAILED = 70


class Events:
    """Counts what happens, writes it down, and kills the process at the wanted one."""

    def __init__(self, path: Path, kill_at: int) -> None:
        self.path = path
        self.kill_at = kill_at
        self.count = 0

    def __call__(self, step: Step | str) -> None:
        self.count += 1
        with self.path.open("a") as stream:
            stream.write(f"{step}\n" if isinstance(step, str) else f"{step.name} {step.phase}\n")
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def carry_out(order: dict[str, Any]) -> None:
    event = Events(Path(order["events"]), order["kill_at"])
    if order["renames_only"]:
        # A file system that cannot exchange folders; a crash may come after every file and between the renames, too.
        swap.exchange = lambda *_: False
        _count_moves(event)
    site = load_site("sandbox", catalog_root=order["root"], hub_url=order["url"], environ={})
    catalog = Catalog(site, hub=lambda: Hub(order["url"], order["token"], "NERSC"))
    if order["kind"] == "undo":
        catalog.undo("iris", on_step=event)
    elif order["kind"] == "resume":
        catalog.resume("iris", on_step=event)
    elif order["kind"] == "update":
        catalog.update("iris", {"license": "mit"}, on_step=event, **order["options"])
    else:
        example = Path(order["example"])
        submission = catalog.read(
            example / "metadata.json",
            loader=example / "load_iris.py",
            name="iris",
            pretty_name="Iris",
            data_path=str(example),
        )
        catalog.publish(submission, on_step=event, **order["options"])


def _count_moves(event: Events) -> None:
    for name in ("rename", "replace"):
        _count(name, getattr(os, name), event)


def _count(name: str, move: Any, event: Events) -> None:
    def counted(source: Any, target: Any, **folders: int) -> None:
        move(source, target, **folders)
        event(f"{name} {Path(source).name} {Path(target).name}")

    setattr(os, name, counted)


def in_a_child(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        carry_out(order)
    except CatalogError as err:
        Path(order["error"]).write_text(json.dumps(err.to_dict()))
        os._exit(FAILED)
    except BaseException:  # noqa: BLE001 - the fork must not go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(f"{in_a_child(json.loads(line))}\n")
        sys.stdout.flush()
