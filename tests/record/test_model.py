"""The record as Python sees it."""

from __future__ import annotations

import json

from huggingnersc_lab.record.migrations import STEPS, migrate
from huggingnersc_lab.record.model import SCHEMA_VERSION, Author, DatasetRecord, dump_record

FULL = DatasetRecord(
    name="iris",
    pretty_name="Größe",
    size_categories=("n<1K",),
    authors=(Author("Ann", orcid="0000-0002-1825-0097"), Author("Bob")),
    is_distributed=True,
    card_data={"configs": [1]},
)


def test_there_and_back() -> None:
    data = json.loads(dump_record(FULL.to_dict()))
    assert data["authors"] == [{"name": "Ann", "orcid": "0000-0002-1825-0097"}, {"name": "Bob"}]
    assert DatasetRecord.from_dict(data) == FULL


def test_the_file_is_for_people_too() -> None:
    text = dump_record(FULL.to_dict())
    assert text.startswith(b'{\n  "schema_version": 1,\n  "name": "iris",\n')
    assert "Größe".encode() in text
    assert text.endswith(b"}\n")


def test_what_is_not_known_is_left_out() -> None:
    assert set(DatasetRecord("a", "A").to_dict()) == {"schema_version", "name", "pretty_name"}
    assert DatasetRecord.from_dict({"name": "a", "pretty_name": "A", "of_a_later_version": 1}) == DatasetRecord(
        "a", "A"
    )


def test_without() -> None:
    assert FULL.without("authors", "card_data").authors is None  # type: ignore[comparison-overlap]


def test_migrations_lead_from_every_version_to_todays() -> None:
    assert set(STEPS) == set(range(1, SCHEMA_VERSION))
    document = {"schema_version": SCHEMA_VERSION, "name": "a"}
    assert migrate(document) == document
    assert migrate(document) is not document
    assert migrate({"name": "a"}) == {"name": "a"}
    assert migrate({"schema_version": "1"}) == {"schema_version": "1"}
