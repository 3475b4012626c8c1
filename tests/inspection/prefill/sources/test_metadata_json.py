"""Metadata files of HuggingNERSC and records; other files of this name are none."""

from __future__ import annotations

import json

import pytest

from huggingnersc_lab.inspection.prefill.sources.metadata_json import read
from huggingnersc_lab.inspection.prefill.suggestion import UnreadableSourceError


def test_a_record_without_what_is_about_another_copy() -> None:
    record = {
        "schema_version": 2,
        "name": "a",
        "pretty_name": "A",
        "data_path": "/x",
        "loader": "load.py",
        "doi": "10.5072/1",
    }
    found = {one.member: one.value for one in read("", json.dumps(record).encode())}
    assert found == {"name": "a", "pretty_name": "A", "doi": "10.5072/1"}


@pytest.mark.parametrize("content", [b"{}", b'{"columns": 3}', b'{"name": "x"}'])
def test_other_files(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError, match="HuggingNERSC"):
        list(read("", content))


def test_members_of_another_type() -> None:
    assert list(read("", b'{"datacard_tags": 3, "other_info": []}')) == []
