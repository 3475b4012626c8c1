"""The size of the data, as cards say it."""

from __future__ import annotations

import pytest

from huggingnersc_lab.record.card_sizes import data_bytes

MOST = 2**63 - 1


@pytest.mark.parametrize(
    ("info", "size"),
    [
        ({"dataset_size": 3, "download_size": 1}, 3),
        ({"download_size": 1}, 1),
        ({"dataset_size": 0}, 0),
        ([{"dataset_size": 3}, {"download_size": 4}, {}, None, "x"], 7),
        ({"dataset_size": "3", "download_size": 1}, None),
        ({"dataset_size": True}, None),
        ({"dataset_size": 1.5}, None),
        ({"dataset_size": -1}, None),
        ({"dataset_size": MOST}, MOST),
        ({"dataset_size": MOST + 1}, None),
        ([{"dataset_size": MOST}, {"dataset_size": 1}], MOST),
        ([], None),
        ("3", None),
        (None, None),
    ],
)
def test_size(info: object, size: int | None) -> None:
    assert data_bytes({"dataset_info": info}) == size


@pytest.mark.parametrize("card", [None, [], "dataset_info", {}])
def test_what_is_no_card_has_none(card: object) -> None:
    assert data_bytes(card) is None
