"""One process that lays out texts."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.cards import process as module
from huggingnersc_lab.cards.process import CardProcess, command
from huggingnersc_lab.render.html.safe_html import MAX_CHARACTERS, SafeHtml

PATIENCE = 60.0
ENDLESS = "> " * 30 + "a\n" + "b\n" * 40_000


@pytest.fixture
def started() -> Iterator[CardProcess]:
    made = CardProcess.start()
    assert made is not None
    yield made
    made.kill()


def test_one_text_after_the_other(started: CardProcess) -> None:
    assert started.render("*ä*\n", PATIENCE) == SafeHtml("<p><em>ä</em></p>\n")
    assert started.render("b", PATIENCE) == SafeHtml("<p>b</p>\n")
    assert started.is_alive


def test_a_text_that_is_larger_than_a_pipe_and_one_that_is_too_long(started: CardProcess) -> None:
    assert started.render("b" * 90_000, PATIENCE) == SafeHtml(f"<p>{'b' * 90_000}</p>\n")
    shown = started.render("a\n" * MAX_CHARACTERS, PATIENCE)
    assert shown is not None
    assert shown.is_cut


def test_a_text_that_takes_too_long(started: CardProcess) -> None:
    begin = time.monotonic()
    assert started.render(ENDLESS, 0.2) is None
    assert 0.2 <= time.monotonic() - begin < PATIENCE
    assert started.is_alive  # until somebody ends it
    started.kill()
    assert not started.is_alive


def test_a_process_that_is_gone(started: CardProcess) -> None:
    started._process.kill()
    started._process.wait()
    assert not started.is_alive
    assert started.render("a" * 1_000_000, PATIENCE) is None


def test_where_none_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    for start in (["/nowhere/python"], [sys.executable, "-c", ""]):
        monkeypatch.setattr(module, "command", lambda start=start: start)
        assert CardProcess.start() is None


def test_one_that_is_not_ready_in_time_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code = f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    monkeypatch.setattr(module, "command", lambda: [sys.executable, "-c", code])
    monkeypatch.setattr(module, "START_SECONDS", 1.0)
    assert CardProcess.start() is None
    if (tmp_path / "pid").exists():
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "pid").read_text()), 0)


def test_it_takes_modules_from_where_we_do_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["", "relative", "/a b"])
    home = str(Path(module.__file__).parents[2])
    start = command()
    assert start[:4] == [sys.executable, "-I", "-S", "-c"]
    assert f"sys.path[:] = {['/a b', home]!r};" in start[4]
