"""Names and addresses of an entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.entry import Entry, cataloged
from huggingnersc_lab.sites import load_site

NERSC = replace(load_site("nersc", environ={}), catalog_root=Path("/catalog"), access_help="Ask for {group}.")
PRACTICE = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": "/practice"})


def sky(**members: Any) -> Entry:
    return Entry(DatasetRecord("sky", "Sky", ("n<1K",), **members), NERSC)


def test_files_in_the_catalog() -> None:
    assert sky().notebook_name == "sky_loader.ipynb"
    assert sky().folder == PurePosixPath("/catalog/sky")
    assert (sky().notebook_link or "").endswith("/catalog/sky/sky_loader.ipynb")


def test_a_site_without_a_catalog_has_no_folder() -> None:
    entry = replace(sky(), site=replace(NERSC, catalog_root=None))
    assert (entry.folder, entry.notebook_link) == (None, None)


def test_the_page_on_the_hub() -> None:
    assert sky().repo_id == f"{NERSC.organization}/sky"
    assert sky(repo_id="other/maps").repo_id == "other/maps"
    assert sky(repo_id="other/maps").hub_link == f"{NERSC.hub_url}/datasets/other/maps"
    assert replace(sky(), has_page=False).hub_link is None
    assert replace(sky(), site=PRACTICE).hub_link is None


@pytest.mark.parametrize(("revision", "has_page"), [(None, False), ("", False), ("1" * 40, True)])
def test_what_was_never_published_has_no_page(revision: str | None, has_page: bool) -> None:
    assert cataloged(DatasetRecord("sky", "Sky", revision=revision), NERSC).has_page == has_page


def test_the_address_of_the_data() -> None:
    public = "/global/cfs/cdirs/m1234/www/sky"
    assert sky().portal_link is None
    assert sky(portal_link="https://example.org/sky").portal_link == "https://example.org/sky"
    assert sky(portal_link="https://example.org/sky", data_path=public).portal_link == "https://example.org/sky"
    assert sky(data_path=public).portal_link == "https://portal.nersc.gov/cfs/m1234/sky"
    assert sky(data_path="/elsewhere/sky").portal_link is None


def test_help_names_the_group() -> None:
    assert sky(access_group="m1234").access_help == "Ask for m1234."
    assert sky().access_help is None
    assert replace(sky(access_group="m1234"), site=replace(NERSC, access_help=None)).access_help is None
