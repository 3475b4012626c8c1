"""Whether something was left unfinished is told at once, even while the catalog hangs."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.sites import load_site
from huggingnersc_lab.workers.calls import UnansweredError
from huggingnersc_lab.workers.disk import Seen
from huggingnersc_lab.workspace import leftovers
from huggingnersc_lab.workspace.leftovers import Leftovers

SITE = load_site("sandbox", environ={})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (".sky.staging", ".moon.staging"):
        (tmp_path / name).mkdir()
    (tmp_path / ".file.staging").write_text("")
    return tmp_path


def looking_at(root: Path | None) -> Leftovers:
    return Leftovers(replace(SITE, catalog_root=root))


def fail(path: str) -> Seen:
    raise UnansweredError(f"'{path}' has not responded recently.")


def test_stagings_are_seen(root: Path) -> None:
    found = looking_at(root)
    assert found.has("sky")
    assert not found.has("file")
    assert not found.has("mars")
    (root / ".sky.staging").rmdir()
    assert not found.has("sky")


@pytest.mark.parametrize("name", ["", "../x", "a/b", "\0", "\ud800", "x" * 300])
def test_what_is_no_nickname_has_none(name: str, root: Path) -> None:
    assert not looking_at(root).has(name)


def test_without_a_catalog_there_is_none(root: Path) -> None:
    assert not looking_at(None).has("sky")
    assert not looking_at(root / "gone").has("sky")


def test_while_the_catalog_hangs_it_is_as_it_was_known_last(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = looking_at(root)
    assert (found.has("sky"), found.has("mars")) == (True, False)
    monkeypatch.setattr(leftovers.disk, "look", fail)
    assert (found.has("sky"), found.has("mars"), found.has("never looked for")) == (True, False, True)


def test_one_thread_waits_and_the_others_are_told_what_is_known(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "PATIENCE_SECONDS", 0.1)
    found, go_on, waiting = looking_at(root), threading.Event(), threading.Event()
    assert not found.has("mars")

    def hang(path: str) -> Seen:
        waiting.set()
        go_on.wait(30)
        return fail(path)

    monkeypatch.setattr(leftovers.disk, "look", hang)
    first = threading.Thread(target=found.has, args=["mars"])
    first.start()
    assert waiting.wait(30)
    begin = time.monotonic()
    assert not found.has("mars")
    assert time.monotonic() - begin < 5
    go_on.set()
    first.join()
