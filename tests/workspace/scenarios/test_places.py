"""Paths that are the same place: a mount under another name, a data root that is a link, a link to published data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.publish.places import as_site_spells, public_address
from huggingnersc_lab.catalog.publish.submission import read_submission
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.paths import portal_link, without_alias
from huggingnersc_lab.sites import LinkRule, Site, load_site
from huggingnersc_lab.workspace.locations import Locations

NERSC = load_site("nersc", environ={})
GOOD = {"schema_version": 2, "name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"], "license": "mit"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site whose data root is a link, with a portal and a read-only mount (a link here) of the same data."""
    (tmp_path / "disk7" / "m1" / "www" / "sky-v3").mkdir(parents=True)
    (tmp_path / "shared").symlink_to(tmp_path / "disk7")
    (tmp_path / "ro").symlink_to(tmp_path / "disk7")
    rule = LinkRule(f"{tmp_path}/shared/{{project}}/www/{{rest}}", "https://portal.example.org/{project}/{rest}")
    return replace(
        NERSC,
        data_roots=(tmp_path / "shared",),
        links=(rule,),
        path_aliases=((f"{tmp_path}/ro", f"{tmp_path}/shared"),),
        catalog_root=tmp_path / "catalog",
    )


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("/dvs_ro/cfs/cdirs/m1/www/sky", "/global/cfs/cdirs/m1/www/sky"),
        ("/dvs_ro/cfs/cdirs//m1/./sky", "/global/cfs/cdirs/m1/sky"),
        ("/dvs_ro/cfs/cdirs", "/global/cfs/cdirs"),
        ("/dvs_ro/cfs/cdirs2/m1", "/dvs_ro/cfs/cdirs2/m1"),
        ("/dvs_ro/cfs/cdirs/../other", "/dvs_ro/cfs/cdirs/../other"),
        ("/dvs_ro/homes/a", "/dvs_ro/homes/a"),
        ("/global/cfs/cdirs/m1", "/global/cfs/cdirs/m1"),
    ],
)
def test_the_read_only_mount_is_the_same_data(path: str, plain: str) -> None:
    assert without_alias(NERSC, path) == plain


def test_its_portal_link_is_found() -> None:
    assert portal_link(NERSC, "/dvs_ro/cfs/cdirs/m1/www/sky") == "https://portal.nersc.gov/cfs/m1/sky"


def test_an_entry_gets_the_path_that_everybody_has(site: Site, tmp_path: Path) -> None:
    given = f"{tmp_path}/ro/m1/www/sky-v3"
    submission = read_submission(site, {**GOOD, "data_path": given})
    assert submission.record.data_path == f"{tmp_path}/shared/m1/www/sky-v3"
    assert submission.record.portal_link == "https://portal.example.org/m1/sky-v3"
    codes = [its.code for its in submission.warnings if its.pointer == "/data_path"]
    assert codes == ["alias"]


@pytest.mark.parametrize("root", ["shared", "ro", "disk7"])
@pytest.mark.parametrize("server_root", ["", "shared", "disk7"])
def test_a_root_that_is_a_link_keeps_the_sites_spelling(
    site: Site, tmp_path: Path, root: str, server_root: str
) -> None:
    locations = Locations(site, tmp_path / server_root)
    spelled = f"{tmp_path}/shared/m1/www/sky-v3"
    typed = locations.locate(data_path=f"{tmp_path}/{root}/m1/www/sky-v3")
    clicked = locations.locate(contents_path=f"{root}/m1/www/sky-v3" if not server_root else "m1/www/sky-v3")
    for place in (clicked, typed) if root != "disk7" else (clicked,):
        assert place.data_path == spelled
        assert place.portal_link == "https://portal.example.org/m1/sky-v3"
        assert place.contents_path is not None
        assert place.contents_path.endswith("m1/www/sky-v3")
        assert place.name_proposal == "sky-v3"
    assert typed.portal_link == "https://portal.example.org/m1/sky-v3"


def test_the_nickname_is_of_the_folder_that_was_clicked(site: Site, tmp_path: Path) -> None:
    (tmp_path / "disk7" / "m1" / "www" / "sky").symlink_to("sky-v3")
    place = Locations(site, tmp_path / "shared").locate(contents_path="m1/www/sky")
    assert (place.name_proposal, place.data_path) == ("sky", f"{tmp_path}/shared/m1/www/sky-v3")


def test_the_portals_rule_is_tried_where_a_link_leads(site: Site, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "mine").symlink_to(tmp_path / "disk7" / "m1" / "www" / "sky-v3")
    assert public_address(site, f"{tmp_path}/home/mine") == "https://portal.example.org/m1/sky-v3"
    assert public_address(site, f"{tmp_path}/home") is None
    assert as_site_spells(site, f"{tmp_path}/home/mine") == f"{tmp_path}/home/mine"


def test_what_leads_out_is_still_refused(site: Site, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "disk7" / "out").symlink_to(tmp_path / "secret")
    locations = Locations(site, tmp_path / "shared")
    for given in ({"contents_path": "out"}, {"data_path": f"{tmp_path}/ro/out"}, {"data_path": f"{tmp_path}/secret"}):
        with pytest.raises(CatalogError) as refused:
            locations.locate(**given)
        assert refused.value.code == "forbidden"


@pytest.mark.parametrize(
    "table", ['"relative" = "/global"', '"/a" = "relative"', '"/a" = 1', '"/" = "/global"', '"/a" = "/"']
)
def test_an_alias_is_of_one_absolute_folder_for_another(tmp_path: Path, table: str) -> None:
    head = 'name = "x"\ntitle = "X"\norganization = "X"\nhub_url = "practice"\n'
    (tmp_path / "site.toml").write_text(f"{head}[path_aliases]\n{table}\n")
    with pytest.raises(CatalogError, match="has 1 error"):
        load_site(str(tmp_path / "site.toml"), environ={})
    (tmp_path / "site.toml").write_text(f'{head}[path_aliases]\n"/ro/" = "/data/"\n')
    assert load_site(str(tmp_path / "site.toml"), environ={}).path_aliases == (("/ro", "/data"),)
