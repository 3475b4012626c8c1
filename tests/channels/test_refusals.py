"""What services say when they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.channels.refusals import faults


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"errors": [{"source": "url", "title": "Can't be blank"}]}, [("url", "Can't be blank")]),
        (
            {"errors": [{"status": "400", "detail": "Not valid.", "source": {"pointer": "site_ownership_code"}}]},
            [("site_ownership_code", "Not valid.")],
        ),
        ({"errors": [{"detail": "Bad", "source": {"pointer": "/persons/0/orcid"}}]}, [("persons", "Bad")]),
        (
            {"code": 1, "message": "Missing", "data": {"missing_fields": ["authors", 3]}},
            [("", "Missing"), ("authors", "authors is missing")],
        ),
        (
            {"errors": [{"title": "a\nsecond"}, {"title": "\x1b[31m" + "x" * 500}]},
            [("", "a"), ("", "�[31m" + "x" * 295)],
        ),
        ({"errors": ["text", {"title": 3}, {"title": "  "}, None], "message": ["x"], "data": []}, []),
        ({"errors": "all", "data": {"missing_fields": "all"}}, []),
        ("<html>", []),
        (None, []),
        ([], []),
    ],
)
def test_what_an_error_complains_of(said: Any, found: list[tuple[str, str]]) -> None:
    assert faults(said) == found


def test_only_so_many_are_told() -> None:
    assert len(faults({"errors": [{"title": str(number)} for number in range(1000)]})) == 20
