"""File systems that hang use up nothing that the person's own files need, and all is well once they are back."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.access.prober import prober
from huggingnersc_lab.rest import bulkhead
from huggingnersc_lab.store import Store
from huggingnersc_lab.workers import mounts, worker
from huggingnersc_lab.workers.calls import workers
from tests.rest.conftest import PATIENCE, Answer, put, until

OWN = ("/session", "/drafts", "/datasets", "/jobs", "/facets/task", "/schema", "/vocabulary/licenses")
OF_A_RECORD = (("GET", ""), ("POST", "/drafts"), ("GET", "/citations"), ("GET", "/versions"), ("GET", "/related"))
HOME = Path(worker.__file__).parents[2]

HANGING = """
import os, sys, time
sys.path.append({home!r})
from huggingnersc_lab.access import access
from huggingnersc_lab.workers import child, operations, steps

def hung(step):
    while step.startswith({folder!r}) and os.path.exists({switch!r}):
        time.sleep(0.05)

def note(step):
    steps.note(step)
    hung(step)

operations.note = access.note = note
child.main({home!r})
"""
"""A worker for which a folder hangs as long as a file is there."""


@pytest.fixture(autouse=True)
def _own_workers() -> Iterator[None]:
    """What hung in one test is not left alone in the next."""
    for shared in (workers, prober):
        shared.cache_clear()
    yield
    workers().close()
    for shared in (workers, prober):
        shared.cache_clear()


class Mount:
    """A file system in the folder of the file browser that can hang.

    Args:
        folder: where it is mounted.
        switch: is there while it hangs.
    """

    def __init__(self, folder: Path, switch: Path) -> None:
        self.folder = folder
        self._switch = switch

    def hang(self) -> None:
        self._switch.write_text("")

    def answer(self) -> None:
        self._switch.unlink()


@pytest.fixture
def mount(data: Path, jp_root_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mount:
    folder = jp_root_dir / "hung"
    folder.mkdir()
    (folder / "load.py").write_text("x = 1\n")
    (tmp_path / "mountinfo").write_text(f"1 1 0:1 / / rw - ext4 a rw\n2 1 0:2 / {folder} rw - nfs b rw\n")
    monkeypatch.setattr(mounts, "MOUNTS", tmp_path / "mountinfo")
    code = HANGING.format(home=str(HOME), folder=str(folder), switch=str(tmp_path / "switch"))
    monkeypatch.setattr(worker, "command", lambda: [sys.executable, "-I", "-S", "-c", code])
    workers().hung._seconds = 1.0
    return Mount(folder, tmp_path / "switch")


async def seconds_of(answer: Awaitable[Answer]) -> float:
    begin = time.monotonic()
    assert (await answer).status == 200
    return time.monotonic() - begin


async def require_own(ask: Any) -> None:
    """What needs no shared file system answers within a second; a busy machine may need another try."""
    for path in OWN:
        assert min([await seconds_of(ask("GET", path)) for _ in range(3)]) < 1, path


async def test_a_folder_that_hangs(ask: Any, mount: Mount, content: dict[str, Any]) -> None:
    draft = (await ask("POST", "/drafts", {**content, "loader_path": "hung/load.py"})).data
    good = (await ask("POST", "/drafts", content)).data

    def questions(number: int) -> list[Awaitable[Answer]]:
        return [
            ask("POST", "/locations", {"contents_path": f"hung/x{number}"}),
            ask("POST", "/locations", {"data_path": f"{mount.folder}/x{number}"}),
            ask("GET", f"/scripts?path=hung/load{number}.py&member=loader"),
            ask("POST", f"/drafts/{good['id']}/notebooks", {"folder": "hung"}),
            ask("POST", f"/drafts/{draft['id']}/validate"),
        ]

    mount.hang()
    waiting = [asyncio.ensure_future(question) for number in range(10) for question in questions(number)]
    await require_own(ask)
    answers = await asyncio.gather(*waiting)
    for place, typed, script, notebook, findings in zip(*[iter(answers)] * 5, strict=True):
        told = [(answer.status, answer.code, answer.pointers) for answer in (place, typed, script, notebook)]
        pointers = ["/contents_path", "/data_path", "/path", "/folder"]
        assert told == [(507, "storage", [pointer]) for pointer in pointers]
        assert "its file system may be down" in place.data["detail"]
        assert [(error["pointer"], error["code"]) for error in findings.data["errors"]] == [("/loader", "storage")]
    assert list(mount.folder.iterdir()) == [mount.folder / "load.py"]

    mount.answer()
    workers().hung.clear()  # as after a minute
    place, typed, script, notebook, findings = await asyncio.gather(*questions(0))
    assert (place.status, script.status) == (404, 404)
    assert (typed.data["access"]["status"], notebook.data) == ("missing", {"path": "hung/iris_loader.ipynb"})
    assert findings.data["errors"] == []
    assert (await ask("GET", "/scripts?path=hung/load.py&member=loader")).data["text"] == "x = 1\n"


async def test_what_hung_is_left_alone_for_a_while_and_then_tried_again(ask: Any, mount: Mount) -> None:
    mount.hang()
    question = ("GET", "/scripts?path=hung/load.py&member=loader")
    assert "did not respond within 2 seconds" in (await ask(*question)).data["detail"]
    mount.answer()
    assert "has not responded recently" in (await ask(*question)).data["detail"]
    begin = time.monotonic()
    while (await ask(*question)).status != 200:
        assert time.monotonic() - begin < PATIENCE
        await asyncio.sleep(0.05)


async def test_other_folders_answer_meanwhile(ask: Any, mount: Mount) -> None:
    mount.hang()
    waiting = [asyncio.ensure_future(ask("POST", "/locations", {"contents_path": f"hung/{n}"})) for n in range(20)]
    place = await ask("POST", "/locations", {"contents_path": "data/iris"})
    assert (place.status, place.data["access"]["status"]) == (200, "readable")
    assert {answer.status for answer in await asyncio.gather(*waiting)} == {507}


Hang = Callable[[], threading.Event]


@pytest.fixture
def hang(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hang]:
    """Lets each read of the catalog hang, unguarded, until the event."""
    go_on = threading.Event()

    def begin() -> threading.Event:
        for member in ("read", "open"):
            monkeypatch.setattr(Store, member, hanging(getattr(Store, member)))
        return go_on

    def hanging(read: Callable[[Store, str], Any]) -> Callable[[Store, str], Any]:
        def hung(store: Store, name: str) -> Any:
            go_on.wait(PATIENCE)
            return read(store, name)

        return hung

    yield begin
    go_on.set()


async def test_a_hang_that_no_worker_guards(ask: Any, root: Path, hang: Hang, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, "sky")
    assert (await ask("GET", "/datasets")).data["total"] == 1
    monkeypatch.setattr(bulkhead, "STUCK_SECONDS", 1.0)
    go_on = hang()
    draft = {"editing": "sky", "editing_etag": "x"}
    waiting = [
        asyncio.ensure_future(ask(method, f"/records/sky{path}")) for _ in range(10) for method, path in OF_A_RECORD
    ]
    await require_own(ask)
    saved = await ask("POST", "/drafts", draft)  # what it begins from is said, so that nobody has to look
    assert (await ask("PUT", f"/drafts/{saved.data['id']}", draft | {"title": "Sky"})).status == 200
    await until(lambda: sum(answer.done() for answer in waiting) == 42)  # eight hang, the others are told so
    begin = time.monotonic()
    for path in ("/records/sky", "/records/sky/related", "/access?name=sky"):
        refused = await ask("GET", path)
        assert (refused.status, refused.code) == (507, "storage")
        assert "No thread has become free" in refused.data["detail"]
    assert time.monotonic() - begin < 1
    await require_own(ask)
    go_on.set()
    statuses = [answer.status for answer in await asyncio.gather(*waiting)]
    assert (len(statuses), statuses.count(507)) == (50, 42)
    for path in ("/records/sky", "/records/sky/citations", "/access?name=sky"):
        assert (await ask("GET", path)).status == 200
    await require_own(ask)
