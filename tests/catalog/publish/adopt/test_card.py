"""What a card on the Hub says, as members of a record."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.catalog.publish.adopt.card import members_of
from huggingnersc_lab.hub import HubRepository
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.validation import validate

REPO = "NERSC/sky"


def read(card_data: dict[str, Any], card: str = "", *files: str, **row: Any) -> dict[str, Any]:
    siblings = [{"rfilename": name} for name in files]
    return members_of(HubRepository.from_answer({"id": REPO, "cardData": card_data, "siblings": siblings, **row}), card)


def test_front_matter_and_text() -> None:
    card = "---\nx: 1\n---\n# The sky\n\nMaps.\n\n## Citation\n\n```\n@misc{sky}\n```\n"
    values = read({"license": "mit", "language": ["en"], "tags": "fits", "my_key": 7, "configs": [{"a": 1}]}, card)
    assert values == {
        "name": "sky",
        "pretty_name": "The sky",
        "license": "mit",
        "language": ["en"],
        "tags": ["fits"],
        "description": "Maps.",
        "citation": "@misc{sky}",
        "card_data": {"my_key": 7, "configs": [{"a": 1}]},
    }


def test_a_title_of_the_front_matter_comes_before_that_of_the_text() -> None:
    assert read({"pretty_name": "Sky"}, "# The sky\n")["pretty_name"] == "Sky"
    assert read({})["pretty_name"] == "sky"


def test_keys_of_former_cards() -> None:
    assert read({"languages": ["en"], "licenses": ["mit"]}) == {
        "name": "sky",
        "pretty_name": "sky",
        "language": ["en"],
        "license": "mit",
    }
    assert read({"languages": ["en"], "language": ["de"]})["language"] == ["de"]


def test_texts_are_trimmed_and_named_once() -> None:
    assert read({"tags": [" a ", "b", "a", "", 7]})["tags"] == ["a", "b"]
    assert "tags" not in read({"tags": [" ", None]})


def test_several_licences_are_left_to_the_person() -> None:
    assert "license" not in read({"license": ["mit", "other"]}, tags=["license:mit"])


def test_what_the_hub_found_out_itself_counts_where_the_card_says_nothing() -> None:
    tags = ["size_categories:1K<n<10K", "language:en", "license:mit", "task_categories:other"]
    found = read({"language": ["de"]}, tags=tags)
    assert (found["size_categories"], found["license"], found["task_categories"]) == (["1K<n<10K"], "mit", ["other"])
    assert found["language"] == ["de"]
    assert "language" not in read({"languages": [7]}, tags=tags)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "record.json",
        ".gitattributes",
        "load.py",
        "run.sh",
        "a/LICENSE",
        "CITATION.cff",
        "Licence.txt",
        "README.md.gz",
    ],
)
def test_files_that_are_no_data(path: str) -> None:
    assert "card_data" not in read({}, "", path)


@pytest.mark.parametrize("path", ["a.csv", "data/record.json", "licenses.parquet", "a/b/data.md.gz"])
def test_data_turns_the_viewer_on(path: str) -> None:
    assert read({}, "", "README.md", path)["card_data"] == {"viewer": True}
    assert read({"viewer": False}, "", path)["card_data"] == {"viewer": False}


def test_a_record_that_it_was_published_with_says_more_and_the_front_matter_what_is_newer() -> None:
    record = {
        "schema_version": 2,
        "name": "old",
        "pretty_name": "Old",
        "license": "mit",
        "data_path": "/data",
        "loader": "load.py",
        "publish_id": "1",
        "authors": [{"name": "Ann", "unknown": 1}],
        "instrument": 7,
    }
    row = {"id": REPO, "cardData": {"license": "isc"}, "siblings": []}
    values = members_of(HubRepository.from_answer(row), "# Title\n", record)
    assert values == {
        "name": "sky",
        "pretty_name": "Old",
        "license": "isc",
        "data_path": "/data",
        "authors": [{"name": "Ann"}],
    }
    row["cardData"] = {"pretty_name": "New"}
    assert members_of(HubRepository.from_answer(row), "", record)["pretty_name"] == "New"


ODD_DATA: list[dict[str, Any]] = [
    {"license": {"a": 1}, "tags": {"b": 2}, "language": [1, "en", None], "pretty_name": ["x", "y"]},
    {"license": ["mit", "other"], "size_categories": "n<1K", "tags": ["a", "a", [], 5], "odd key": 1, "task_ids": None},
    {"license": 7, "pretty_name": "  ", "viewer": False, "extra_gated_prompt": "why?"},
]


@pytest.mark.parametrize("data", ODD_DATA)
def test_odd_front_matter_makes_members_of_the_right_form(data: dict[str, Any]) -> None:
    row = {"id": REPO, "cardData": data, "siblings": [{"rfilename": "a.csv"}, None, {}]}
    values = members_of(HubRepository.from_answer(row), "")
    record = DatasetRecord.from_dict(values)
    assert record.pretty_name
    assert all(error.code != "type" for error in validate({"schema_version": 2, **values}).errors)
    assert record.card_data["viewer"] == data.get("viewer", True)
    assert "odd key" not in record.card_data
