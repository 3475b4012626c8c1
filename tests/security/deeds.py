"""What people do in the forks of machine.py: publish, undo and so on, or put something into the catalog by hand."""

from __future__ import annotations

import _strptime  # noqa: F401 - what a deed would import late, when it may not be read any more
import base64
import contextlib
import encodings.utf_16_le
import encodings.utf_32_be  # noqa: F401
import errno
import io
import json
import os
import pty
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat  # noqa: F401
from huggingface_hub import CommitOperationAdd, HfApi  # noqa: F401

import huggingnersc_lab
import huggingnersc_lab.render.notebook
import huggingnersc_lab.rest.datasets
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.doctor import examine
from huggingnersc_lab.catalog.publish.publisher import Step
from huggingnersc_lab.index import Search
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import prepare
from huggingnersc_lab.workspace.site_choice import SiteChoice
from huggingnersc_lab.workspace.tasks import kinds
from huggingnersc_lab.workspace.workspace import Workspace

EXAMPLE = Path(huggingnersc_lab.__file__).parent / "examples" / "iris"


class Work:
    """A person's work with one catalog; their environment says on which Hub and with which token."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    @property
    def catalog(self) -> Catalog:
        return Catalog(load_site())


# With the program


def publish(work: Work, name: str = "iris", *, pause_at: str = "", gate: str = "", **options: Any) -> dict[str, Any]:
    catalog = work.catalog
    submission = catalog.read(EXAMPLE / "metadata.json", loader=EXAMPLE / "load_iris.py", name=name, pretty_name="Iris")
    with pausing(pause_at, gate) as on_step:
        done = catalog.publish(submission, on_step=on_step, **options)
    return done.record.to_dict()


def update(
    work: Work, name: str = "iris", *, pause_at: str = "", gate: str = "", changes: Any = None, **options: Any
) -> dict[str, Any]:
    with pausing(pause_at, gate) as on_step:
        return work.catalog.update(name, changes or {"license": "mit"}, on_step=on_step, **options).record.to_dict()


def resume(work: Work, name: str, *, pause_at: str = "", gate: str = "", **options: Any) -> dict[str, Any]:
    with pausing(pause_at, gate) as on_step:
        return work.catalog.resume(name, on_step=on_step, **options).record.to_dict()


def undo(work: Work, name: str, *, pause_at: str = "", gate: str = "", **options: Any) -> None:
    with pausing(pause_at, gate) as on_step:
        work.catalog.undo(name, on_step=on_step, **options)


def retire(work: Work, name: str, **options: Any) -> dict[str, Any]:
    return work.catalog.retire(name, **options).to_dict()


def unfinished(work: Work, name: str) -> dict[str, Any]:
    return vars(work.catalog.unfinished_publication(name))


def read(work: Work, name: str) -> dict[str, Any]:
    return work.catalog.store.read(name).record.to_dict()


def listed(work: Work) -> dict[str, Any]:
    """What the program shows of the catalog: entries, damaged ones with their reasons, unfinished ones."""
    catalog = work.catalog
    checks = [(check.name, check.verdict, check.detail, check.advice) for check in examine(catalog)]
    return {
        "records": [entry.record.name for entry in catalog.records()],
        "broken": {entry.folder.name: entry.reason for entry in catalog.broken()},
        "unfinished": catalog.unfinished(),
        "doctor": checks,
    }


def page(work: Work, patience: float = 20.0) -> dict[str, Any]:
    """The body of ``GET /datasets``, made as its handler makes it."""
    workspace = Workspace.open(SiteChoice(), None, kinds=kinds())
    end = time.monotonic() + patience
    while True:
        content, _ = huggingnersc_lab.rest.datasets._page(workspace, workspace.reader.datasets(Search(limit=200)))
        body: dict[str, Any] = json.loads(content)
        if not body["is_refreshing"] or time.monotonic() > end:
            return body | {"kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def cli(work: Work, arguments: list[str], answers: list[str] | None = None) -> dict[str, Any]:
    """Run a command; with ``answers`` on a terminal, where each question gets the next one."""
    return _on_a_terminal(arguments, answers) if answers is not None else _on_pipes(arguments)


# By hand


def act(work: Work, steps: list[list[Any]]) -> list[str | None]:
    """Change files step by step, from within the catalog; for each step the name of the error, if there was one."""
    os.chdir(work.root)
    os.umask(0)
    return [_tried(*step) for step in steps]


def plant(
    work: Work,
    name: str,
    plan: Any,
    journal: Any = (),
    files: dict[str, str] | None = None,
    links: dict[str, str] | None = None,
    folder_mode: int = 0o755,
    file_mode: int = 0o644,
) -> None:
    """Make a staging by hand; texts are written as they are, other plans as JSON, other journals as lines of it."""
    folder = work.root / f".{name}.staging"
    (folder / "files").mkdir(parents=True)
    for path, content in (files or {}).items():
        (folder / "files" / path).write_bytes(content.encode("utf-8", "surrogateescape"))
    lines = journal if isinstance(journal, str) else "".join(json.dumps(line) + "\n" for line in journal)
    (folder / "plan.json").write_text(plan if isinstance(plan, str) else json.dumps(plan))
    (folder / "journal.jsonl").write_text(lines)
    for path, target in (links or {}).items():
        (folder / path).symlink_to(target)
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(folder_mode if path.is_dir() else file_mode)


def _tried(verb: str, *arguments: Any) -> str | None:
    try:
        _VERBS[verb](*arguments)
    except OSError as err:
        return errno.errorcode.get(err.errno or 0, "?")
    return None


def _write(path: str, content: str) -> None:
    Path(path).write_bytes(content.encode("utf-8", "surrogateescape"))


def _append(path: str, content: str) -> None:
    with Path(path).open("a") as stream:
        stream.write(content)


def _truncate(path: str, size: int) -> None:
    with Path(path).open("ab") as stream:
        stream.truncate(size)


_VERBS: dict[str, Callable[..., Any]] = {
    "append": _append,
    "chmod": os.chmod,
    "copy": shutil.copytree,
    "fifo": os.mkfifo,
    "link": os.link,
    "mkdir": os.mkdir,
    "mkdir64": lambda path: Path(os.fsdecode(base64.b64decode(path))).mkdir(),
    "read": lambda path: Path(path).read_bytes(),
    "rename": os.rename,
    "replace": os.replace,
    "symlink": os.symlink,
    "truncate": _truncate,
    "unlink": os.unlink,
    "write": _write,
}


# What the others stand on


@contextlib.contextmanager
def pausing(at: str, gate: str) -> Iterator[Callable[[Step], None]]:
    """Wait at a step, or within the preparation of a folder (``made folder``), until the file ``go`` is there."""
    passed = False

    def wait_at(reached: str) -> None:
        nonlocal passed
        if reached != at or passed:
            return
        passed = True
        (Path(gate) / "waiting").touch()
        end = time.monotonic() + 60
        while not (Path(gate) / "go").exists() and time.monotonic() < end:
            time.sleep(0.002)

    make_folder_at, write_at = prepare.make_folder_at, prepare.write_at

    def make(above: int, name: str) -> int:
        folder = make_folder_at(above, name)
        wait_at("made folder" if name.endswith(".new") else f"made {name}")
        return folder

    def write(folder: int, name: str, *content: Any) -> None:
        write_at(folder, name, *content)
        wait_at(f"wrote {name}")

    prepare.make_folder_at, prepare.write_at = make, write
    try:
        yield lambda step: wait_at(f"{step.name} {step.phase}")
    finally:
        prepare.make_folder_at, prepare.write_at = make_folder_at, write_at


def _run(arguments: list[str]) -> None:
    from huggingnersc_lab.cli import main

    sys.argv = ["huggingnersc", *arguments]
    code = 1
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _on_pipes(arguments: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.stdin, sys.stdout, sys.stderr = (
                io.TextIOWrapper(io.FileIO(number, mode, closefd=False), write_through=True)  # type: ignore[arg-type]
                for number, mode in ((0, "r"), (1, "w"), (2, "w"))
            )
            _run(arguments)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode())
        return {"code": code, "out": said[0], "err": " ".join(said[1].split())}


def _on_a_terminal(arguments: list[str], answers: list[str]) -> dict[str, Any]:
    os.environ |= {"TERM": "dumb", "COLUMNS": "1000"}
    child, terminal = pty.fork()
    if child == 0:
        sys.stdin, sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.FileIO(number, mode, closefd=False), write_through=True)  # type: ignore[arg-type]
            for number, mode in ((0, "r"), (1, "w"), (2, "w"))
        )
        _run(arguments)
    said, asked = b"", 0
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
        if said.count(b"[y/N]: ") > asked:
            answer = answers[asked] if asked < len(answers) else "n"
            os.write(terminal, answer.encode() + b"\n")
            asked += 1
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"code": code, "asked": asked, "out": " ".join(said.decode().split())}


def warm_up(url: str, token: str) -> None:
    """Do everything once, so that all is imported and every file of the package is read."""
    from typer.testing import CliRunner

    from huggingnersc_lab.cli.commands import app

    os.environ |= {"HF_ENDPOINT": url, "HF_TOKEN": token}
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CACHE", "DATA", "CONFIG")}
        os.environ |= {"HF_HOME": f"{folder}/hf", "HUGGINGNERSC_PRACTICE_DIR": f"{folder}/practice"}
        root = Path(folder) / "catalog"
        root.mkdir()
        os.environ["HUGGINGNERSC_CATALOG_ROOT"] = str(root)
        work = Work(str(root))
        publish(work)
        update(work)
        (root / "broken").mkdir()
        listed(work), page(work)
        plant(work, "none", "none")
        for arguments in (["list"], ["resume"], ["resume", "none"], ["undo", "none"], ["doctor"], ["retire", "none"]):
            for more in ([], ["--json"], ["--help"]):
                CliRunner().invoke(app, [*arguments, *more])
        CliRunner().invoke(app, ["update", "iris", "--set", "license=cc0-1.0"])
        CliRunner().invoke(app, ["retire", "iris", "--hub"])
        publish(work, create_pr=False)
        with contextlib.suppress(Exception):
            publish(work)
        retire(work, "iris", from_hub=True)
    end = time.monotonic() + 10
    while threading.active_count() > 1 and time.monotonic() < end:  # a fork has none of its parent's threads
        time.sleep(0.05)
    for name in list(os.environ):
        if name.startswith(("HF_ENDPOINT", "HF_TOKEN", "HUGGINGNERSC_", "XDG_")):
            del os.environ[name]
