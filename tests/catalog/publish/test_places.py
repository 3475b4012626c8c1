"""Paths as a site spells them; what the panel makes of them is in ``tests/workspace/scenarios/test_places.py``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.publish import places
from huggingnersc_lab.catalog.publish.places import as_site_spells, public_address, real_path
from huggingnersc_lab.sites import LinkRule, Site, load_site
from huggingnersc_lab.workers.calls import UnansweredError


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site whose second data root is a link, with a read-only mount (a link here) and a portal for it."""
    (tmp_path / "disk7" / "m1" / "www" / "sky").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "shared").symlink_to("disk7")
    rule = LinkRule(f"{tmp_path}/shared/{{project}}/www/{{rest}}", "https://portal.example.org/{project}/{rest}")
    return replace(
        load_site("nersc", environ={}),
        data_roots=(tmp_path / "other", tmp_path / "shared"),
        links=(rule,),
        path_aliases=((f"{tmp_path}/ro", f"{tmp_path}/shared"),),
    )


def test_links_are_followed(tmp_path: Path, site: Site) -> None:
    assert real_path(f"{tmp_path}/shared/m1") == f"{tmp_path}/disk7/m1"
    assert real_path(f"{tmp_path}/shared/gone/x") == f"{tmp_path}/disk7/gone/x"
    assert real_path("/a\0b") == "/a\0b"


def test_a_file_system_that_does_not_answer_changes_nothing(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(path: str) -> None:
        raise UnansweredError(path)

    monkeypatch.setattr(places, "look", hang)
    assert real_path(f"{tmp_path}/shared/m1") == f"{tmp_path}/shared/m1"
    assert as_site_spells(site, f"{tmp_path}/disk7/m1") == f"{tmp_path}/disk7/m1"
    assert public_address(site, f"{tmp_path}/shared/m1/www/sky") == "https://portal.example.org/m1/sky"


@pytest.mark.parametrize(
    ("path", "spelled"),
    [
        ("disk7/m1/www/sky", "shared/m1/www/sky"),
        ("disk7", "shared"),
        ("disk70/m1", "disk70/m1"),
        ("shared/m1", "shared/m1"),
        ("ro/m1", "shared/m1"),
        ("other/m1", "other/m1"),
        ("elsewhere/m1", "elsewhere/m1"),
    ],
)
def test_spellings(path: str, spelled: str, tmp_path: Path, site: Site) -> None:
    assert as_site_spells(site, f"{tmp_path}/{path}") == f"{tmp_path}/{spelled}"


@pytest.mark.parametrize("path", ["shared/m1/www/sky", "ro/m1/www/sky", "disk7/m1/www/sky", "home"])
def test_the_portal_knows_it_by_each_of_its_names(path: str, tmp_path: Path, site: Site) -> None:
    (tmp_path / "home").symlink_to(tmp_path / "shared" / "m1" / "www" / "sky")
    assert public_address(site, f"{tmp_path}/{path}") == "https://portal.example.org/m1/sky"


@pytest.mark.parametrize("path", ["shared/m1/private/sky", "other/m1/www/sky", "gone"])
def test_the_portal_does_not_know_it(path: str, tmp_path: Path, site: Site) -> None:
    assert public_address(site, f"{tmp_path}/{path}") is None
