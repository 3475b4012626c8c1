"""JSON and JSON Lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from huggingnersc_lab.inspection.formats import json_text

ROWS = [{"a": 1, "b": "x"}, {"a": 2.5, "b": None, "c": [1]}, {"a": 3, "b": "y"}]
TYPES = {"a": "float", "b": "text", "c": "list"}


def columns(found: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["type"] for column in found["columns"]}


def test_a_table_in_each_form(tmp_path: Path, describe: Any) -> None:
    (tmp_path / "a.json").write_text(json.dumps(ROWS, indent=1))
    lines = "\n".join(json.dumps(row) for row in ROWS)
    (tmp_path / "a.jsonl").write_text(lines)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode() + b"\n\n"))
    for name, wanted in (("a.json", "json"), ("a.jsonl", "jsonl"), ("a.jsonl.gz", "jsonl")):
        found = describe(tmp_path / name, wanted)
        assert (found["rows"], columns(found)) == (3, TYPES), name


def test_written_by_pandas(tmp_path: Path, describe: Any) -> None:
    pd.DataFrame({"a": [1, 2]}).to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    assert describe(tmp_path / "a.jsonl", "jsonl")["rows"] == 2


def test_an_object_has_members_and_no_rows(tmp_path: Path, describe: Any) -> None:
    (tmp_path / "a.json").write_text('{"title": "x", "n": 3, "m": {}, "none": null}')
    found = describe(tmp_path / "a.json", "json")
    assert "rows" not in found
    assert columns(found) == {"title": "text", "n": "integer", "m": "object", "none": "null"}


def test_large_ones(tmp_path: Path, describe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("_PARSED_BYTES", "_COUNTED_BYTES", "_HEAD"):
        monkeypatch.setattr(json_text, limit, 1000)
    (tmp_path / "a.json").write_text(json.dumps(ROWS * 100))
    assert "was not parsed" in describe(tmp_path / "a.json", "json")["notes"][0]
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n' * 1000)
    found = describe(tmp_path / "a.jsonl", "jsonl")
    assert found["rows_estimated"] is True
    assert abs(found["rows"] - 1000) < 20


@pytest.mark.parametrize("content", ["[1, 2", "{'a': 1}", "[" * 10**6, '{"a": 1} {"b": 2}'])
def test_damaged(tmp_path: Path, refuse: Any, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    assert refuse(tmp_path / "a.json", "json")["code"] == "damaged"
    (tmp_path / "a.jsonl").write_text(content)
    assert refuse(tmp_path / "a.jsonl", "jsonl")["code"] == "damaged"
