"""The examples that the form in the browser is held to: its words are the server's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.record.validation import validate

EXAMPLES = json.loads((Path(__file__).parents[2] / "examples" / "findings.json").read_text("utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["title"] for example in EXAMPLES])
def test_findings_are_those_that_the_form_is_tested_with(example: dict[str, Any]) -> None:
    findings = validate({"schema_version": 2, **example["values"]})
    assert [error.to_dict() for error in findings.errors] == example["errors"]
