"""The examples, which the front end's tests read as well: documents that fit, and documents with every fault told.

An invalid one is ``{"document": …, "errors": [{"pointer", "code"[, "suggestion"]}]}``, the errors in any order.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.record.metadata.document import parse_json, read_metadata
from huggingnersc_lab.record.model import DatasetRecord, dump_record
from huggingnersc_lab.record.schema import _matches, record_schema
from huggingnersc_lab.sites import site_schema

EXAMPLES = Path(__file__).parents[2] / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.json"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.json"))


def read(path: Path) -> dict[str, Any]:
    return parse_json(path.read_bytes(), str(path))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_one_has_no_error_and_comes_back_whole(path: Path) -> None:
    metadata = read_metadata(read(path))
    assert metadata.findings.errors == ()
    record = metadata.to_record("it")
    assert DatasetRecord.from_dict(json.loads(dump_record(record.to_dict()))) == record
    assert read_metadata(record.to_dict()).findings.errors == ()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_one_has_exactly_its_errors(path: Path) -> None:
    example = read(path)
    found = [error.to_dict() for error in read_metadata(example["document"]).findings.errors]
    assert all(error.pop("detail").endswith((".", "?")) for error in found)
    assert sorted(found, key=str) == sorted(example["errors"], key=str)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_pointer_leads_into_the_document_as_it_was_written(path: Path) -> None:
    example = read(path)
    for error in example["errors"]:
        *parents, last = error["pointer"].split("/")[1:]
        place: Any = example["document"]
        for part in parents:
            if not isinstance(place, (dict, list)) or (isinstance(place, dict) and part not in place):
                assert error["code"] == "required"  # the section that would hold it is missing or no object
                break
            place = place[int(part)] if isinstance(place, list) else place[part]
        else:
            if error["code"] == "required":
                assert not isinstance(place, dict) or last not in place
            else:
                assert last in place if isinstance(place, dict) else int(last) < len(place)


def test_there_are_examples_of_every_code() -> None:
    codes = {error["code"] for path in INVALID for error in read(path)["errors"]}
    assert codes >= {
        "duplicate",
        "pattern",
        "required",
        "reserved",
        "too_long",
        "too_short",
        "type",
        "unknown_field",
        "unknown_value",
    }
    assert len(VALID) >= 10


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is what tells how a browser reads a pattern")
def test_the_patterns_mean_the_same_in_a_browser() -> None:
    """Each pattern on each text of the examples and on nasty ones, in Python and in ECMAScript with the flag ``u``."""
    patterns = sorted({*_patterns(record_schema()), *_patterns(site_schema())})
    texts = sorted(set(_texts([read(path) for path in (*VALID, *INVALID)])))
    texts += [
        "a\n",
        "\n",
        "é",
        "a\u2028",
        "a\x85",
        "\x7f",
        "٣",
        "a\ufeff",
        "\u00a0",
        "/a/..",
        "/..a",
        "10.1000/ü",
        "\u212a",
        "/a\u2028/../b",
        "a\u2028b c",
        "https://a\x1cb",
        "https://a\x85b",
    ]
    script = """
      const {patterns, texts} = JSON.parse(require('fs').readFileSync(0, 'utf8'));
      const rows = patterns.map(pattern => texts.map(text => new RegExp(pattern, 'u').test(text)));
      process.stdout.write(JSON.stringify(rows));
    """
    answer = subprocess.run(
        ["node", "-e", script],
        input=json.dumps({"patterns": patterns, "texts": texts}),
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    theirs = json.loads(answer.stdout)
    for pattern, row in zip(patterns, theirs, strict=True):
        ours = [_matches(pattern, text) for text in texts]
        assert [text for text, a, b in zip(texts, ours, row, strict=True) if a != b] == [], pattern


def _patterns(schema: object) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
        return own + [found for value in schema.values() for found in _patterns(value)]
    return [found for value in schema for found in _patterns(value)] if isinstance(schema, list) else []


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for child in children for text in _texts(child)]
