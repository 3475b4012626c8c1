"""Errors become a message and an exit code."""

from __future__ import annotations

from typing import get_args

import pytest
import typer

from huggingnersc_lab.cli.problem import EXIT_CODES, report
from huggingnersc_lab.cli.terminal.output import Output
from huggingnersc_lab.errors import CatalogError, ErrorCode


@pytest.mark.parametrize("code", get_args(ErrorCode))
def test_every_code_has_its_exit_code(code: ErrorCode, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as raised, report(Output(as_json=False)):
        raise CatalogError(code, "What happened.")
    assert raised.value.exit_code == EXIT_CODES[code]
    assert capsys.readouterr().err == "Error: What happened.\n"


def test_no_two_codes_share_an_exit_code_and_none_is_the_shells() -> None:
    assert len(set(EXIT_CODES.values())) == len(EXIT_CODES)
    assert not {0, 2, 126, 127, 130} & set(EXIT_CODES.values())


@pytest.mark.parametrize("said", ["", "Stopped; the steps already done were undone."])
def test_a_stop(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as raised, report(Output(as_json=False)):
        raise KeyboardInterrupt(said)
    assert raised.value.exit_code == 130
    assert capsys.readouterr().err == f"Error: {said or 'Stopped.'}\n"


def test_a_fault_of_the_program_shows_its_place_on_request_only(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for wanted in (False, True):
        if wanted:
            monkeypatch.setenv("HUGGINGNERSC_DEBUG", "1")
        with pytest.raises(typer.Exit) as raised, report(Output(as_json=False)):
            raise ZeroDivisionError("by zero")
        assert raised.value.exit_code == 1
        err = capsys.readouterr().err
        assert "Error: Internal error: ZeroDivisionError: by zero." in err
        assert ("Traceback" in err) is wanted
