"""A folder of data with what torrents stumble over, and the desk of a person who shares it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.channels.torrent import CHANNEL
from tests.channels.desk import RECORD, Desk

SECRET = "0123456789abcdefSECRET"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "share" / "sky"
    (folder / "maps").mkdir(parents=True)
    (folder / "maps" / "north.bin").write_bytes(bytes(range(256)) * 2000)
    (folder / "maps" / "south.bin").write_bytes(b"south" * 100_000)
    (folder / "maps" / "empty.txt").write_text("")
    (folder / "maps.txt").write_text("before maps/ byte by byte: '.' sorts before '/'\n")
    (folder / "read me \u00fc.txt").write_text("blanks and umlauts\n")
    return folder


@pytest.fixture
def desk(tmp_path: Path, data: Path) -> Desk:
    record = replace(RECORD, data_path=str(data), portal_link=None)
    return Desk(CHANNEL, tmp_path / "desk", record=record)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
