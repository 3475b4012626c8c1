"""Cards whose YAML is small and whose values are not: refused with a sentence, and the practice Hub goes on."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from huggingnersc_lab.sandbox.cards import _split, _UnreadableError


@pytest.mark.parametrize(
    "yaml",
    [
        "x: 0x" + "f" * 100_000,
        "x: 0o" + "7" * 100_000,
        "0x" + "f" * 5000 + ": x",
        "x: " + "9" * 100_000,
        'pretty_name: "\\ud800"',
        'tags: ["\\udfff"]',
        "x: 2024-13-45",
        "x: 99999-01-01",
    ],
    ids=lambda yaml: yaml[:12],
)
def test_what_json_cannot_hold_is_refused_or_text(yaml: str) -> None:
    with suppress(_UnreadableError):
        json.dumps(_split(f"---\n{yaml}\n---\n# Sky\n").data).encode()
