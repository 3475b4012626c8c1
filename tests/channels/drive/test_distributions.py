"""What the record says of archives on Google Drive."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.channels.drive.distributions import now, requested, shared
from huggingnersc_lab.channels.drive.mail import Archive
from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.record.model import Distribution
from tests.channels.desk import RECORD, Desk

URL = "https://drive.google.com/drive/folders/abc"
DATASET = Dataset(RECORD, Desk.__dataclass_fields__["site"].default_factory())  # type: ignore[misc]
ARCHIVES = [Archive("sky-a.zip", 5, "0" * 32, "a"), Archive("x" * 120 + ".zip", 6, "1" * 32)]


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        (
            DriveSettings(root_folder_id="r", helpdesk_url="https://h.example"),
            "https://drive.google.com/drive/folders/r",
        ),
        (DriveSettings(helpdesk_url="https://h.example"), "https://h.example"),
        (DriveSettings(), "https://drive.google.com/"),
    ],
)
def test_what_was_asked_for(settings: DriveSettings, url: str) -> None:
    first, second = requested(DATASET, settings, ARCHIVES)
    assert replace(first, created_at=None) == Distribution(
        "drive",
        url,
        bytes=5,
        checksums={"md5": "0" * 32},
        data_fingerprint="f1",
        state="requested",
        label="sky-a.zip",
    )
    assert second.label == "x" * 96 + ".zip"  # the end tells them apart


def test_archives_that_are_there_get_their_address() -> None:
    other = Distribution("torrent", "https://t.example", state="requested")
    asked = requested(DATASET, DriveSettings(), ARCHIVES)
    dataset = replace(DATASET, record=replace(RECORD, distributions=(asked[0], other, asked[1])))
    assert shared(dataset, URL) == tuple(replace(one, url=URL, state=None) for one in asked)


def test_data_that_nobody_asked_for() -> None:
    (found,) = shared(DATASET, URL)
    assert replace(found, created_at=None) == Distribution("drive", URL, data_fingerprint="f1")
    assert found.created_at is not None


def test_the_time() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())
