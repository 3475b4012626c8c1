"""Where the data is looked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.channels.request import CHANNEL
from huggingnersc_lab.channels.request.arrival import Arrival, PlaceOptions, place_faults
from huggingnersc_lab.channels.request.listing import Listing
from tests.channels.desk import Desk

THERE = Listing(2, 8, "d", is_whole=True)


@pytest.mark.parametrize(
    ("found", "files", "size", "is_complete"),
    [
        (THERE, 2, 8, True),
        (THERE, 2, None, True),
        (THERE, None, None, False),
        (THERE, 3, 8, False),
        (replace(THERE, is_whole=False), 2, 8, False),
        (None, 0, 0, False),
    ],
)
def test_all_of_it(found: Listing | None, files: int | None, size: int | None, is_complete: bool) -> None:
    assert Arrival("/x", found, files, size, has_same_names=True).is_complete is is_complete


@pytest.mark.parametrize(
    ("roots", "at", "code"),
    [
        (("/data",), "/data/sky", None),
        (("/data",), "/database/sky", "not_allowed"),
        ((), "/anywhere", None),
        ((), "anywhere", "pattern"),
        ((), "/a/../b", "pattern"),
        ((), None, "required"),
    ],
)
def test_places(roots: tuple[str, ...], at: str | None, code: str | None, tmp_path: Path) -> None:
    desk = Desk(CHANNEL, tmp_path)
    desk.site = replace(desk.site, data_roots=tuple(map(Path, roots)))
    found = [fault.code for fault in place_faults(desk.dataset, PlaceOptions(at=at))]
    assert found == ([code] if code else [])
