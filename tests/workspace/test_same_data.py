"""What is there already of a place: found however its links and the site's mounts spell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace.drafts import DraftContent, Drafts
from huggingnersc_lab.workspace.same_data import MOST, same_data

from .conftest import Carrier

Names = tuple[list[str], list[str]]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared" / "sky"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "drafts")


@pytest.fixture
def names_at(site: Site, tmp_path: Path, drafts: Drafts) -> Callable[[Path | str], Names]:
    """Nicknames of the entries, and titles of the drafts, of a path."""
    catalog = Catalog(
        replace(site, data_roots=(tmp_path / "data",), path_aliases=((f"{tmp_path}/ro", f"{tmp_path}/shared"),))
    )

    def find(path: Path | str) -> Names:
        found = same_data(catalog, drafts, str(path))
        return [hit.id for hit in found.datasets], [draft.title for draft in found.drafts]

    return find


def test_an_entry_and_a_draft(
    carry: Carrier, values: dict[str, Any], drafts: Drafts, shared: Path, names_at: Callable[[Path | str], Names]
) -> None:
    assert names_at(shared) == ([], [])
    assert carry("publish", values={**values, "data_path": str(shared)}).state == "succeeded"
    drafts.create(DraftContent("Begun", {"data_path": f"{shared}/"}))
    drafts.create(DraftContent("Of its parent", {"data_path": str(shared.parent)}))
    drafts.create(DraftContent("Of nothing", {"data_path": ["a", "list"]}))
    assert names_at(shared) == (["iris"], ["Begun"])
    assert names_at(shared.parent) == ([], ["Of its parent"])
    assert names_at(shared / "a.csv") == ([], [])


def test_other_spellings_of_the_place(
    carry: Carrier,
    values: dict[str, Any],
    drafts: Drafts,
    shared: Path,
    tmp_path: Path,
    names_at: Callable[[Path | str], Names],
) -> None:
    carry("publish", values={**values, "data_path": str(shared)})
    drafts.create(DraftContent("By its alias", {"data_path": f"{tmp_path}/ro/sky"}))
    link = tmp_path / "of-mine"
    link.symlink_to(shared)
    for spelling in (shared, f"{tmp_path}/ro/sky", f"{shared}/", f"{shared}/../sky", link):
        assert names_at(spelling) == (["iris"], ["By its alias"])


def test_a_data_root_that_is_a_link(
    carry: Carrier, values: dict[str, Any], shared: Path, tmp_path: Path, names_at: Callable[[Path | str], Names]
) -> None:
    (tmp_path / "data").symlink_to(shared.parent)
    carry("publish", values={**values, "data_path": f"{tmp_path}/data/sky"})
    assert names_at(shared) == (["iris"], [])


def test_no_more_than_a_few_are_named(drafts: Drafts, shared: Path, names_at: Callable[[Path | str], Names]) -> None:
    for number in range(MOST + 2):
        drafts.create(DraftContent(f"Draft {number}", {"data_path": str(shared)}))
    drafts.create(DraftContent("At home", {"data_path": "~/sky"}))
    assert len(names_at(shared)[1]) == MOST
    assert names_at(Path.home() / "sky") == ([], ["At home"])
