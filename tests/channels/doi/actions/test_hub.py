"""The way to the Hub's own DOI."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.channels.base import NoOptions
from huggingnersc_lab.channels.doi import CHANNEL
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sites import load_site
from tests.channels.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(CHANNEL, tmp_path)


def test_a_link_and_a_warning(desk: Desk) -> None:
    former = desk.record
    outcome = desk.run("hub")
    assert outcome.url == "https://huggingface.co/datasets/NERSC/sky/settings"
    warning = "cannot be deleted, renamed or made private any more"
    assert warning in outcome.text
    assert warning in desk.action("hub").summary
    assert warning in desk.action("hub").describe(desk.dataset, NoOptions())[0]
    assert desk.record == former


@pytest.mark.parametrize("members", [{"repo_id": None}, {"revision": None}, {"doi": "10.1000/182"}])
def test_only_where_there_is_one_to_get(desk: Desk, members: dict[str, str | None]) -> None:
    assert "hub" in desk.offered()
    desk.record = replace(desk.record, **members)  # type: ignore[arg-type]
    assert "hub" not in desk.offered()


def test_the_practice_hub_gives_none(tmp_path: Path) -> None:
    site = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": str(tmp_path)})
    desk = Desk(CHANNEL, tmp_path, site=site)
    assert "hub" not in desk.offered()
    with pytest.raises(CatalogError, match="not on a Hub that gives DOIs"):
        desk.run("hub")
