"""Entries that go, with their repository or without it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.repository import UNCONFIRMED
from huggingnersc_lab.catalog.publish.retire import plan_retirement, retire
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import Store

SITE = load_site("nersc", environ={})
URL = "https://huggingface.co/datasets/NERSC/sky/discussions/7"


class StubHub:
    """A Hub with one repository, and what was done to it."""

    def __init__(self, **records: dict[str, str]) -> None:
        self.records = records
        self.done: list[tuple[object, ...]] = []

    def state(self, repo_id: str) -> RepoState | None:
        return RepoState("abc", (), None, private=False) if self.records else None

    def read_file(self, repo_id: str, path: str, revision: str) -> bytes | None:
        said = self.records.get({"main": "main", "refs/pr/7": "proposed"}.get(revision, ""))
        return None if said is None else json.dumps(said).encode()

    def delete_repo(self, repo_id: str) -> None:
        self.done.append(("delete", repo_id))

    def close_pull_request(self, repo_id: str, number: int) -> None:
        self.done.append(("close", repo_id, number))


OURS = {"name": "sky", "publish_id": "1"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    put(tmp_path)
    return Store(tmp_path, 0o755, 0o644)


def put(root: Path, **more: str) -> None:
    (root / "sky").mkdir(exist_ok=True)
    record = {"schema_version": 2, "pretty_name": "Sky", "repo_id": "NERSC/sky", **OURS, **more}
    (root / "sky" / "record.json").write_text(json.dumps(record))


def carry_out(store: Store, hub: StubHub, **options: object) -> None:
    planned = plan_retirement(SITE, store, Change("retire", "sky", **{"from_hub": True, **options}))  # type: ignore[arg-type]
    retire(SITE, store, planned, lambda: cast("Hub", hub))


def test_what_would_be_done(store: Store) -> None:
    planned = plan_retirement(SITE, store, Change("retire", "sky", from_hub=True))
    assert planned.actions == (
        "Delete the repository NERSC/sky from https://huggingface.co, which cannot be undone",
        "Remove 'sky' from the catalog; the data is not touched",
    )
    assert (planned.plan, planned.replaces) == (None, store.etag("sky"))
    assert len(plan_retirement(SITE, store, Change("retire", "sky")).actions) == 1


def test_the_repository_goes_too(store: Store) -> None:
    hub = StubHub(main=OURS)
    carry_out(store, hub)
    assert hub.done == [("delete", "NERSC/sky")]
    assert not store.exists("sky")


def test_without_the_hub_it_is_not_asked(store: Store) -> None:
    planned = plan_retirement(SITE, store, Change("retire", "sky"))
    assert retire(SITE, store, planned, lambda: pytest.fail("asked")).name == "sky"
    assert not store.exists("sky")


def test_a_repository_that_is_gone_or_was_never_made(store: Store) -> None:
    hub = StubHub()
    carry_out(store, hub)
    assert (hub.done, store.exists("sky")) == ([], False)


def test_a_proposal_is_closed_as_long_as_nothing_of_it_is_in_the_repository(store: Store) -> None:
    put(store.root, pull_request_url=URL)
    hub = StubHub(proposed=OURS)
    carry_out(store, hub)
    assert hub.done == [("close", "NERSC/sky", 7)]
    put(store.root, pull_request_url=URL + "/")
    merged = StubHub(main=OURS, proposed=OURS)
    carry_out(store, merged)
    assert merged.done == [("delete", "NERSC/sky")]


@pytest.mark.parametrize("record", [{"name": "moon", "publish_id": "1"}, {"name": "sky", "publish_id": "2"}, {}])
def test_a_repository_of_something_else_is_asked_about(store: Store, record: dict[str, str]) -> None:
    hub = StubHub(main=record)
    with pytest.raises(CatalogError) as refused:
        carry_out(store, hub)
    assert [field.code for field in refused.value.fields] == [UNCONFIRMED]
    assert (hub.done, store.exists("sky")) == ([], True)
    carry_out(store, hub, confirmed="NERSC/sky")
    assert hub.done == [("delete", "NERSC/sky")]


def test_a_pull_request_of_something_else_is_not_closed(store: Store) -> None:
    put(store.root, pull_request_url=URL)
    hub = StubHub(proposed={"name": "moon", "publish_id": "1"})
    with pytest.raises(CatalogError, match="is not the one that proposes 'sky'"):
        carry_out(store, hub)
    assert (hub.done, store.exists("sky")) == ([], True)


def test_a_repository_of_another_organization_is_left_alone(store: Store) -> None:
    put(store.root, repo_id="other/sky")
    with pytest.raises(CatalogError) as refused:
        carry_out(store, StubHub(main=OURS))
    assert refused.value.code == "forbidden"
    carry_out(store, StubHub(main=OURS), from_hub=False)
    assert not store.exists("sky")


def test_an_entry_that_changed_meanwhile_stays(store: Store) -> None:
    planned = plan_retirement(SITE, store, Change("retire", "sky"))
    put(store.root, pretty_name="The sky")
    with pytest.raises(CatalogError, match="changed by somebody else just now") as refused:
        retire(SITE, store, planned, lambda: pytest.fail("asked"))
    assert refused.value.code == "conflict"
    assert store.exists("sky")


def test_an_unfinished_publication_comes_first(store: Store) -> None:
    planned = plan_retirement(SITE, store, Change("retire", "sky"))
    store.stage("sky", {"record.json": b"{}"}, {"publish_id": "1"})
    with pytest.raises(CatalogError, match="has an unfinished publication"):
        plan_retirement(SITE, store, Change("retire", "sky"))
    with pytest.raises(CatalogError, match="has an unfinished publication"):
        retire(SITE, store, planned, lambda: pytest.fail("asked"))
    assert store.exists("sky")


def test_a_catalog_that_cannot_be_written_to_is_told_before_the_hub_is_asked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = replace(plan_retirement(SITE, store, Change("retire", "sky", from_hub=True)))

    def refuse(_: object) -> None:
        raise CatalogError("storage", "The disk is full.")

    monkeypatch.setattr(Store, "check_writable", refuse)
    with pytest.raises(CatalogError, match="The disk is full"):
        retire(SITE, store, planned, lambda: pytest.fail("asked"))
