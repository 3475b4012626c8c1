"""BIDS's description of a dataset."""

from __future__ import annotations

import pytest

from huggingnersc_lab.inspection.prefill.sources.bids_json import read
from huggingnersc_lab.inspection.prefill.suggestion import UnreadableSourceError


def test_other_files_of_this_name() -> None:
    with pytest.raises(UnreadableSourceError):
        list(read("", b'{"Name": "x"}'))


def test_members_of_another_type() -> None:
    content = (
        b'{"BIDSVersion": 1, "Name": [], "Authors": [1, ""], "License": {}, "DatasetDOI": 3, "ReferencesAndLinks": [4]}'
    )
    assert [(one.member, one.value) for one in read("", content)] == [("tags", ["bids"])]
