"""The table of a site file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from huggingnersc_lab.channels.drive.settings import DriveSettings

from .conftest import Share


def test_reads_what_is_text(share: Share) -> None:
    given = {"transit": "/transit", "remote": "mila-gdrive", "client_id": 5, "helpdesk_url": "", "other": "x"}
    settings = DriveSettings.of(replace(share.dataset, settings=given))
    assert settings == DriveSettings(transit=Path("/transit"), remote="mila-gdrive")
    assert settings.root_url is None


def test_of_mila(share: Share) -> None:
    settings = DriveSettings.of(replace(share.dataset, settings=share.dataset.site.channel_settings["drive"]))
    assert settings.transit == Path("/network/scratch/.transit_datasets")
    assert settings.root_url == "https://drive.google.com/drive/folders/1peJ6VF9wQ-LeETgcdGxu1e4fo28JbtUt"
    assert (settings.helpdesk_url, settings.remote) == ("https://it-support.mila.quebec", "mila-gdrive")
