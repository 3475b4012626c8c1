"""What an inspection is as JSON, and as values of a record."""

from __future__ import annotations

import json
import os

import pytest

from huggingnersc_lab.inspection.inspection import Described, FormatTally, Inspection
from huggingnersc_lab.inspection.tally import Tally
from huggingnersc_lab.record.validation import validate

CSV = FormatTally("csv", "CSV", is_table=True, files=3, bytes=30, described=3, rows=150, parts=3)
PNG = FormatTally("png", "PNG", is_table=False, files=7, bytes=20, described=7, parts=7)


def inspection(*formats: FormatTally, stopped: str | None = None) -> Inspection:
    return Inspection("/data", "2026-01-02T03:04:05Z", Tally(files=10, bytes=50, stopped=stopped), list(formats))


def test_contents_are_valid_in_a_record() -> None:
    contents = inspection(CSV, PNG).contents()
    assert contents == {
        "bytes": 50,
        "files": 10,
        "at": "2026-01-02T03:04:05Z",
        "formats": ["png", "csv"],
        "rows": 150,
    }
    record = {"schema_version": 2, "name": "iris", "pretty_name": "Iris", "contents": contents}
    assert not [one for one in validate(record).errors if one.pointer.startswith("/contents")]


def test_an_interrupted_walk_gives_no_contents() -> None:
    found = inspection(CSV, stopped="time")
    assert found.contents() is None
    assert found.suggestions() == []


@pytest.mark.parametrize(
    ("tally", "rows"),
    [
        (FormatTally("csv", "CSV", True, described=3, rows=30, parts=3), (30, False)),
        (FormatTally("csv", "CSV", True, described=3, rows=30, parts=10), (100, True)),
        (FormatTally("csv", "CSV", True, described=3, rows=30, parts=3, is_estimated=True), (30, True)),
        (FormatTally("csv", "CSV", True, described=3, rows=None, parts=3), None),
        (FormatTally("csv", "CSV", True, described=0, rows=None, parts=3), None),
        (FormatTally("text", "Text", False, described=3, rows=30, parts=3), None),
    ],
)
def test_rows_of_a_format(tally: FormatTally, rows: tuple[int, bool] | None) -> None:
    assert tally.all_rows == rows


def test_rows_of_two_formats_are_not_added() -> None:
    parquet = FormatTally("parquet", "Parquet", True, files=1, described=1, rows=150, parts=1)
    found = inspection(CSV, parquet)
    assert found.rows is None
    assert "rows" not in (found.contents() or {})


def test_an_estimate_is_suggested_and_not_stored() -> None:
    many = FormatTally("csv", "CSV", True, files=100, described=10, rows=1000, parts=100)
    found = inspection(many)
    assert "rows" not in (found.contents() or {})
    assert found.suggestions() == [
        {"member": "size_categories", "value": ["10K<n<100K"], "reason": "The files have about 10,000 rows."}
    ]
    assert inspection(CSV).suggestions()[0]["reason"] == "The files have 150 rows."


def test_json_of_odd_names() -> None:
    found = inspection(CSV)
    found.described.append(Described(os.fsdecode(b"caf\xe9\n.csv"), "csv", {"rows": 3}))
    found.unknown.append((os.fsdecode(b"\xff"), 1, 2, "Why."))
    document = json.loads(json.dumps(found.to_dict(), ensure_ascii=False).encode())
    assert document["described"] == [{"path": "caf\\xe9\n.csv", "format": "csv", "rows": 3}]
    assert document["unknown"] == [{"suffix": "\\xff", "files": 1, "bytes": 2, "reason": "Why."}]


def test_a_format_with_a_name_that_a_record_cannot_hold() -> None:
    found = inspection(FormatTally("Odd Format", "Odd", is_table=False, files=10))
    assert "formats" not in (found.contents() or {})
