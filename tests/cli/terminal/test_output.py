"""Answers, notes, steps and errors, on the right stream and in colour only for a terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from huggingnersc_lab.catalog.publish.publisher import Step
from huggingnersc_lab.cli.terminal.output import Output
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.sites import load_site


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Terminal]:
    """Makes standard error a terminal; pytest sets the streams anew when a test begins, so not before."""

    def become() -> Terminal:
        stream = Terminal()
        monkeypatch.setattr("sys.stderr", stream)
        return stream

    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return become


def test_a_step_in_a_terminal_takes_the_place_of_what_is_being_done(terminal: Callable[[], Terminal]) -> None:
    stream = terminal()
    output = Output(as_json=False)
    output.step(Step("repository", "begin", "Making it"))
    output.step(Step("repository", "answered", "not told"))
    output.step(Step("repository", "done", "Made it"))
    assert stream.getvalue() == "… Making it\r\x1b[K\x1b[32m✓\x1b[0m Made it\n"


def test_an_error_does_not_stand_behind_an_unfinished_line(terminal: Callable[[], Terminal]) -> None:
    stream = terminal()
    output = Output(as_json=False)
    output.step(Step("repository", "begin", "Making it"))
    output.error(CatalogError("upstream", "No."))
    assert stream.getvalue() == "… Making it\r\x1b[K\x1b[31m\x1b[1mError: \x1b[0mNo.\n"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colours_where_they_are_not_wanted(
    terminal: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    stream = terminal()
    output = Output(as_json=False)
    output.note("A note")
    output.warnings([FieldError("/tags/0", "free_tag", "Fine.")])
    output.error(CatalogError("upstream", "No."))
    assert stream.getvalue() == "A note\nWarning: /tags/0: Fine.\nError: No.\n"


def test_a_dumb_terminal_is_told_what_is_done_only(
    terminal: Callable[[], Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    stream = terminal()
    output = Output(as_json=False)
    output.step(Step("commit", "begin", "Sending"))
    output.step(Step("commit", "done", "Sent"))
    assert stream.getvalue() == "✓ Sent\n"


def test_a_long_error_is_broken_between_words(terminal: Callable[[], Terminal]) -> None:
    stream = terminal()
    fault = FieldError("/papers/0", "pattern", "A paper is an arXiv id (2106.09685), a DOI or an http(s) URL.")
    Output(as_json=False).error(CatalogError("invalid_record", "It has 1 error.", [fault]))
    assert stream.getvalue().split("\n")[1:3] == [
        "  /papers/0: A paper is an arXiv id (2106.09685), a DOI or",
        "    an http(s) URL.",
    ]


def test_a_place_that_the_command_has_a_name_for(terminal: Callable[[], Terminal]) -> None:
    stream = terminal()
    output = Output(as_json=False)
    output.places = {"/name": "NICKNAME"}
    output.error(CatalogError("invalid_record", "Two.", [FieldError("/name", "x", "a"), FieldError("", "x", "b")]))
    assert stream.getvalue().split("\n")[1:3] == ["  NICKNAME: a", "  b"]


def test_programs_get_one_object_on_each_stream(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(as_json=True)
    output.announce(load_site("nersc", environ={}))
    output.note("not told")
    output.step(Step("commit", "done", "not told"))
    output.warnings([FieldError("/tags/0", "free_tag", "not told")])
    output.places = {"/name": "NICKNAME"}
    output.answer({"x": "\x1b\udcff日本"}, "not told")
    output.error(CatalogError("conflict", "Taken.", [FieldError("/name", "taken", "It is.", "iris2")]))
    out, err = capsys.readouterr()
    site = {"name": "nersc", "practice": False, "organization": "NERSC", "hub_url": "https://huggingface.co"}
    assert json.loads(out) == {"site": site, "x": "\x1b\udcff日本"}
    assert json.loads(err) == {
        "site": site,
        "code": "conflict",
        "detail": "Taken.",
        "errors": [{"pointer": "/name", "code": "taken", "detail": "It is.", "suggestion": "iris2"}],
    }


def test_a_real_site_is_named_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False).announce(load_site("nersc", environ={}))
    assert capsys.readouterr().err == "NERSC · https://huggingface.co · organization NERSC\n"
