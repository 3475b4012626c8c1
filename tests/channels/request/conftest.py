"""A dataset of two files, at a centre that takes requests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.channels.request import CHANNEL
from huggingnersc_lab.sites import load_site
from tests.channels.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    source = tmp_path / "scratch" / "sky"
    source.mkdir(parents=True)
    (source / "a.csv").write_bytes(b"123")
    (source / "B c.csv").write_bytes(b"12345")
    site = replace(load_site("mila", environ={}), data_roots=(tmp_path / "scratch", tmp_path / "datasets"))
    settings = {
        "url": "https://forms.example/f?entry={path}",
        "target": f"{tmp_path}/datasets/{{name}}",
        "transit": "/transit",
    }
    found = Desk(CHANNEL, tmp_path / "desk", settings, site=site)
    found.change(data_path=str(source))
    return found


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the centre is asked to put it."""
    return tmp_path / "datasets" / "sky"
