"""The first version's files as records; its errors are in ``examples/invalid/upstream*.json``."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.record.metadata import legacy

TAGS = {"pretty_name": "Iris", "size_categories": "n<1K"}


def test_a_metadata_file() -> None:
    document = {
        "datacard_tags": TAGS
        | {"license": ["mit"], "language": "en", "tags": ["a", "b"], "configs": [1], "viewer": True},
        "other_info": {"nickname": "iris", "papers": "2106.09685", "description": "Flowers"},
    }
    members = legacy.read_metadata(document)
    assert members.values == {
        "pretty_name": "Iris",
        "size_categories": ["n<1K"],
        "license": "mit",
        "language": ["en"],
        "tags": ["a", "b"],
        "card_data": {"configs": [1], "viewer": True},
        "name": "iris",
        "papers": ["2106.09685"],
        "description": "Flowers",
    }
    assert members.origins["name"] == "/other_info/nickname"
    assert members.origins["tags"] == "/datacard_tags/tags"
    assert members.bare == {"size_categories", "language", "papers"}
    assert members.faults == ()


@pytest.mark.parametrize(
    ("document", "metadata", "info"),
    [
        ({"datacard_tags": {}}, True, False),
        ({"other_info": {}}, True, False),
        ({"nickname": "iris", "official_name": "Iris"}, False, True),
        ({"nickname": "iris"}, False, False),
        ({"schema_version": 1}, False, False),
    ],
)
def test_the_forms_are_told_apart(document: dict[str, Any], metadata: bool, info: bool) -> None:
    assert (legacy.is_metadata(document), legacy.is_info(document)) == (metadata, info)


@pytest.mark.parametrize(
    ("hf_dir", "repo_id"),
    [
        ("https://huggingface.co/datasets/NERSC/iris", "NERSC/iris"),
        ("https://huggingface.co/datasets/NERSC/iris/", "NERSC/iris"),
        ("NERSC/iris", "NERSC/iris"),
        ("iris", None),
        (None, None),
        (3, None),
    ],
)
def test_an_entry_of_the_catalog(hf_dir: object, repo_id: str | None) -> None:
    info = {
        "nickname": "iris",
        "official_name": "Fisher's iris",
        "hf_dir": hf_dir,
        "data_dir": "/data/iris",
        "nersc_dir": "/catalog/iris",
        "metadata": {"datacard_tags": TAGS, "other_info": {"nickname": "other"}},
    }
    members = legacy.read_info(info)
    assert members.values["name"] == "iris"
    assert members.values["pretty_name"] == "Fisher's iris"
    assert members.values["data_path"] == "/data/iris"
    assert members.values.get("repo_id") == repo_id
    assert members.origins["size_categories"] == "/metadata/datacard_tags/size_categories"
    assert members.origins["name"] == "/nickname"


def test_an_entry_without_metadata() -> None:
    members = legacy.read_info({"nickname": "iris", "official_name": "Iris", "metadata": None, "data_dir": ""})
    assert members.values == {"name": "iris", "pretty_name": "Iris"}
    assert members.missing["size_categories"] == "/metadata/datacard_tags/size_categories"
    assert members.missing["data_path"] == "/data_dir"
