"""Records and repositories become one list: both, here, hub, whatever of the two can be looked at."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.catalog.search.hub_cache import Listed
from huggingnersc_lab.catalog.search.merge import Claim, Join
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import HubDataset
from huggingnersc_lab.index import Refreshed, Search
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.store import Store

OLD = time.time() - 10_000


class World:
    """A catalog, a list of the Hub, and finders that stand for processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "catalog"
        self.root.mkdir()
        self.cache = folder / "cache"
        self.listed = Listed("key")
        self.finder = self.new_finder()

    def new_finder(self) -> Finder:
        join = Join(lambda: self.listed, "NERSC", load_vocabulary())
        return Finder(lambda: Store(self.root, 0o755, 0o644), load_vocabulary(), self.cache, (), join)

    def put(self, name: str, *, at: float = OLD, **members: Any) -> None:
        (self.root / name).mkdir(exist_ok=True)
        path = self.root / name / "record.json"
        path.write_text(json.dumps({"name": name, "pretty_name": name, "size_categories": ["n<1K"], **members}))
        os.utime(path, (at, at))

    def list(self, *names: str, at: float | None = None) -> None:
        datasets = tuple(HubDataset(name if "/" in name else f"NERSC/{name}") for name in names)
        self.listed = Listed("key", datasets, time.time() if at is None else at)

    def sources(self, finder: Finder | None = None) -> dict[str, str]:
        found = (finder or self.finder).find(Search(sort="name"))
        counted = found.facets["source"]
        sources = {hit.id: hit.summary["source"] for hit in found.hits}
        assert counted == {source: list(sources.values()).count(source) for source in set(sources.values())}
        for source in ("both", "here", "hub"):
            page = self.finder.index.search(Search(filters={"source": [source]}))
            assert {hit.id for hit in page.hits} == {id_ for id_, is_at in sources.items() if is_at == source}
        return sources


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_three_kinds(world: World) -> None:
    world.put("both", revision="1", repo_id="NERSC/both")
    world.put("here")
    world.put("gone", revision="1", repo_id="NERSC/gone")
    assert world.sources() == {"both": "both", "gone": "both", "here": "here"}  # nobody has asked the Hub yet
    world.list("both", "only")
    assert world.sources() == {"NERSC/only": "hub", "both": "both", "gone": "here", "here": "here"}
    world.list("both", "here", "gone")
    assert world.sources() == {"both": "both", "gone": "both", "here": "both"}


def test_the_hub_does_not_tell_small_letters_from_large_ones(world: World) -> None:
    world.put("Sky", revision="1", repo_id="nersc/sky")
    world.put("sea", revision="1", repo_id="NERSC/Ocean")
    world.list("NERSC/SKY", "NERSC/ocean")
    assert world.sources() == {"Sky": "both", "sea": "both"}


def test_a_repository_with_another_name_is_joined_by_its_id(world: World) -> None:
    world.put("sea", revision="1", repo_id="NERSC/ocean")
    world.list("ocean", "sea")
    assert world.sources() == {"NERSC/sea": "hub", "sea": "both"}
    world.list("sea")
    assert world.sources() == {"NERSC/sea": "hub", "sea": "here"}


def test_what_the_list_cannot_show_is_believed(world: World) -> None:
    world.put("private", revision="1", repo_id="NERSC/private", private=True)
    world.put("foreign", revision="1", repo_id="someone/foreign")
    world.put("fresh", revision="1", repo_id="NERSC/fresh", at=time.time())
    world.list()
    assert set(world.sources().values()) == {"both"}
    world.list(at=time.time() + 3600)
    assert world.sources() == {"foreign": "both", "fresh": "here", "private": "both"}


def test_adopting_leaves_one_of_two(world: World) -> None:
    world.list("sky", "sea")
    assert world.sources() == {"NERSC/sea": "hub", "NERSC/sky": "hub"}
    world.put("heaven", revision="1", repo_id="NERSC/sky")
    assert world.sources() == {"NERSC/sea": "hub", "heaven": "both"}


def test_another_process_agrees_and_reads_nothing_again(world: World) -> None:
    world.put("both", revision="1", repo_id="NERSC/both")
    world.put("here")
    world.put("other", revision="1", repo_id="NERSC/elsewhere")
    world.list("both", "only", "elsewhere")
    expected = {"NERSC/only": "hub", "both": "both", "here": "here", "other": "both"}
    assert world.sources() == expected
    world.finder.refresh(thorough=True)
    second = world.new_finder()
    assert second.refresh() == Refreshed()
    assert world.sources(second) == expected


def test_a_change_of_the_list_reads_only_what_it_concerns(world: World) -> None:
    for number in range(20):
        world.put(f"d{number}", revision="1", repo_id=f"NERSC/d{number}")
    world.finder.refresh()
    world.list(*(f"d{number}" for number in range(20)))
    assert world.finder.refresh() == Refreshed()
    world.list(*(f"d{number}" for number in range(1, 20)))
    assert world.finder.refresh() == Refreshed(changed=1)
    assert world.sources()["d0"] == "here"


def test_without_the_catalog_the_hub_is_kept_up_and_the_other_way_round(world: World) -> None:
    world.put("both", revision="1", repo_id="NERSC/both")
    world.list("both", "one")
    assert world.sources() == {"NERSC/one": "hub", "both": "both"}
    world.root.rename(world.root.with_name("unmounted"))
    world.list("both", "two")
    for finder in (world.finder, world.new_finder()):
        assert world.sources(finder) == {"NERSC/two": "hub", "both": "both"}
        found = finder.find()
        assert "does not exist" in (found.problem or "")
        with pytest.raises(CatalogError):
            finder.refresh()
    world.root.with_name("unmounted").rename(world.root)
    world.listed = Listed("key")  # nothing is known of the Hub any more: what was known is shown
    assert world.sources() == {"NERSC/two": "hub", "both": "both"}


def test_a_catalog_that_was_never_there_shows_the_hub(world: World) -> None:
    world.root.rmdir()
    world.list("only")
    assert world.sources() == {"NERSC/only": "hub"}


def test_a_broken_record_is_no_second_dataset(world: World) -> None:
    (world.root / "cut").mkdir()
    (world.root / "cut" / "record.json").write_text("{")
    world.list("cut")
    assert world.sources() == {"cut": "here"}


def test_a_dataset_of_the_hub_is_found_like_another(world: World) -> None:
    dataset = HubDataset(
        "NERSC/sky",
        pretty_name="Sky maps",
        description="All of it",
        license="mit",
        tags=("fits", "astronomy"),
        size_categories=("n<1K",),
        task_categories=("tabular-classification",),
        language=("en",),
        n_bytes=5000,
        updated_at="2026-01-02T03:04:05.000Z",
    )
    world.listed = Listed("key", (dataset,), time.time())
    for query in (
        "sky",
        "maps",
        "license:mit",
        "format:fits",
        "size:>1KB",
        "task:tabular-classification",
        "source:hub",
    ):
        (hit,) = world.finder.find(Search(query)).hits
        assert (hit.id, hit.name, hit.summary["n_bytes"]) == ("NERSC/sky", "sky", 5000)
    changed = HubDataset("NERSC/sky", pretty_name="Star maps")
    world.listed = Listed("key", (changed,), time.time() + 1)
    assert [hit.id for hit in world.finder.find(Search("star")).hits] == ["NERSC/sky"]
    assert world.finder.find(Search("license:mit")).total == 0


@pytest.mark.parametrize(
    "claim", [Claim(), Claim("nersc/a"), Claim("x/y", False), Claim("", True, False), Claim("", False, False)]
)
def test_a_claim_is_what_its_note_says(claim: Claim) -> None:
    assert Claim.of_note(claim.note) == claim
