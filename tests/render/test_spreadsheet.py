from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.record.model import Author, DatasetRecord
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.spreadsheet import COLUMNS, heading, row


def read(record: DatasetRecord) -> dict[str, str]:
    (found,) = csv.DictReader(io.StringIO(heading() + row(record), newline=""), strict=True)
    return {str(key): value for key, value in found.items()}


def test_the_columns_are_the_members_in_their_order(entry: Entry) -> None:
    found = read(entry.record)
    assert tuple(found) == COLUMNS
    record = entry.record
    known = set(record.to_dict()) - set(record.unknown) | ({"unknown"} if record.unknown else set())
    assert {key for key, value in found.items() if value} == known


def test_lists_and_objects() -> None:
    record = DatasetRecord(
        "sky",
        "Sky, maps",
        ("n<1K",),
        authors=(Author("Doe, Jane", affiliation="X"), Author("Lab")),
        tags=("a", 'b"c'),
        is_distributed=True,
        card_data={"configs": ["é"]},
    )
    found = read(record)
    assert (found["pretty_name"], found["authors"], found["tags"]) == ("Sky, maps", "Doe, Jane; Lab", 'a; b"c')
    assert (found["is_distributed"], json.loads(found["card_data"]), found["private"]) == (
        "true",
        {"configs": ["é"]},
        "",
    )


def test_parts_stand_for_what_people_look_for(entry_named: Callable[[str], Entry]) -> None:
    found = read(entry_named("shared").record)
    assert found["distributions"].split("; ")[:2] == ["https://example.org/shared.zip", "https://torrents.example/1"]
    assert found["funding"] == "U.S. Department of Energy DE-AC02-05CH11231; A | B <i>"
    assert json.loads(found["contents"])["files"] == 3
    assert json.loads(found["verification"])["status"] == "passed"
    assert json.loads(found["unknown"]) == {"instrument": {"name": "| <b>"}}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_a_formula_is_made_harmless(start: str) -> None:
    text = f'{start}HYPERLINK("https://example.org","x")'
    found = read(DatasetRecord("sky", text, tags=(text, "b"), authors=(Author(text),), description=text))
    for column in ("pretty_name", "authors", "description"):
        assert found[column] == f"'{text}"
    assert found["tags"] == f"'{text}; b"


@given(
    texts=st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=3, max_size=3)
)
def test_no_cell_of_any_text_is_a_formula_and_none_is_lost(texts: list[str]) -> None:
    found = read(DatasetRecord("sky", texts[0], description=texts[1], tags=(texts[2],)))
    for column, text in zip(("pretty_name", "description", "tags"), texts, strict=True):
        assert found[column].removeprefix("'") == text.removeprefix("'")
        assert not found[column].startswith(("=", "+", "-", "@", "\t", "\r"))
