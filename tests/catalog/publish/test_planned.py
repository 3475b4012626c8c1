"""A change, planned to the last byte."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.planned import Diff, MemberDiff, Planned, diff_of, record_in
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import DatasetRecord

SKY = DatasetRecord("sky", "Sky", ("n<1K",), "Maps.", license="mit", tags=("a",))


def test_what_changes_of_the_record_in_the_order_of_its_members() -> None:
    after = replace(SKY, pretty_name="The sky", license=None, tags=("a", "b"))
    assert diff_of(SKY, after, "", "").members == (
        MemberDiff("pretty_name", "Sky", "The sky"),
        MemberDiff("tags", ["a"], ["a", "b"]),
        MemberDiff("license", "mit", None),
    )
    assert diff_of(SKY, SKY, "x", "x") == Diff()


def test_what_publishing_fills_in_is_no_change() -> None:
    after = replace(SKY, repo_id="NERSC/sky", publish_id="1", updated_at="2026-01-01", revision="0" * 40)
    assert diff_of(SKY, replace(after, schema_version=1), "", "") == Diff()


def test_what_changes_of_the_card() -> None:
    card = diff_of(SKY, SKY, "# Sky\n\nMaps.\n", "# Sky\n\nMore maps.\n").card
    assert card.splitlines() == [
        "--- current card",
        "+++ new card",
        "@@ -1,3 +1,3 @@",
        " # Sky",
        " ",
        "-Maps.",
        "+More maps.",
    ]


def test_the_files_by_what_they_are() -> None:
    record = {"schema_version": 2, "name": "sky", "pretty_name": "Sky"}
    files = {"README.md": "# Größe".encode(), "sky_loader.ipynb": b"{}", "record.json": json.dumps(record).encode()}
    planned = Planned(Change("publish", "sky"), SKY, files)
    assert (planned.card, planned.notebook) == ("# Größe", "{}")
    assert record_in(files) == DatasetRecord.from_dict(record)
    retired = Planned(Change("retire", "sky"), SKY)
    assert (retired.card, retired.notebook) == ("", "")


def test_an_open_question_stands_in_the_way() -> None:
    Planned(Change("update", "sky"), SKY).require_confirmed()
    question = CatalogError("conflict", "Which?")
    with pytest.raises(CatalogError) as asked:
        Planned(Change("update", "sky"), SKY, question=question).require_confirmed()
    assert asked.value is question
