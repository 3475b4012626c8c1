"""Records that mallory edits, so that another repository than the entry's would be changed or deleted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.practice_hub import FaultyHub

from .conftest import heads, repositories, written
from .people import Person

DIARY = "practice-admin/diary"
"""Ada's own repository, outside of the organization, which her token may delete."""

ELSEWHERE = [
    DIARY,
    "mila/iris",
    f"NERSC/../{DIARY}",
    f"NERSC/iris/../../{DIARY}",
    "NERSC/..",
    "NERSC/.",
    "NERSC/",
    "/diary",
    "NERSC/iris/tree",
    "NERSC/iris?x=1",
    "NERSC/iris#x",
    "NERSC%2F..%2Fpractice-admin%2Fdiary",
    "NERSC/iris\n",
    "NERSC/ir is",
    "NER\N{CYRILLIC CAPITAL LETTER ES}C/iris",
    "x" * 5000,
]


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("retire", {"from_hub": True}),
    ("update", {}),
    ("update", {"create_pr": True}),
]


@pytest.fixture
def iris(ada: Person, api: HfApi, hub: FaultyHub) -> dict[str, Any]:
    """Ada's published dataset, her diary, and another dataset of the organization's."""
    ada.do("publish", name="sky")
    record: dict[str, Any] = ada.do("publish")
    api.create_repo(DIARY, repo_type="dataset", private=True)
    hub.clear_requests()
    return record


def edit(mallory: Person, record: dict[str, Any], name: str = "iris", **members: Any) -> None:
    """In place, as the catalog's group may."""
    steps = [["write", f"{name}/record.json", json.dumps({**record, **members})]]
    assert mallory.act(steps) == [None]


@pytest.mark.parametrize("repo_id", ELSEWHERE)
def test_nothing_outside_of_the_organization_is_touched(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub, repo_id: str
) -> None:
    edit(mallory, iris, repo_id=repo_id)
    for deed, options in (
        ("retire", {"from_hub": True}),
        ("retire", {"from_hub": True, "confirmed": repo_id}),
        ("update", {}),
        ("update", {"confirmed": repo_id}),
        ("update", {"create_pr": True}),
    ):
        failure = ada.fails(deed, name="iris", **options)
        assert failure.code == "forbidden"
        assert "is not a repository of NERSC" in failure.detail
        assert len(failure.detail) < 600
    assert hub.requests == []
    assert DIARY in repositories(api)


@pytest.mark.parametrize("members", [{}, {"publish_id": "sky's"}, {"publish_id": None}])
@pytest.mark.parametrize(("deed", "options"), CHANGES)
def test_another_dataset_of_the_organization_has_to_be_meant(
    ada: Person,
    mallory: Person,
    iris: dict[str, Any],
    api: HfApi,
    hub: FaultyHub,
    deed: str,
    options: dict[str, Any],
    members: dict[str, Any],
) -> None:
    if members.get("publish_id"):
        members = {"publish_id": ada.do("read", name="sky")["publish_id"]}
    before = heads(api, "NERSC/sky", "NERSC/iris")
    hub.clear_requests()
    edit(mallory, iris, repo_id="NERSC/sky", **members)
    for confirmed in (None, "NERSC/iris", "sky", "NERSC/sk"):
        failure = ada.fails(deed, name="iris", **options, **({"confirmed": confirmed} if confirmed else {}))
        assert failure.code == "conflict"
        assert "Is 'NERSC/sky' the right repository" in failure.detail
        assert "belongs to 'sky'" in failure.detail
        [asked] = failure.fields
        assert (asked["pointer"], asked["code"], asked["detail"]) == ("/repo_id", "unconfirmed", "NERSC/sky")
    assert written(hub) == []
    assert heads(api, "NERSC/sky", "NERSC/iris") == before
    assert ada.do("read", name="iris")["repo_id"] == "NERSC/sky"


def test_the_repository_that_a_person_confirmed_is_the_one(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi
) -> None:
    edit(mallory, iris, repo_id="NERSC/sky")
    ada.do("retire", name="iris", from_hub=True, confirmed="nersc/Sky")
    assert repositories(api) == ["NERSC/iris", DIARY]


@pytest.mark.parametrize("publish_id", ["0" * 32, None])
def test_a_record_of_another_publication_has_to_be_meant(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub, publish_id: str | None
) -> None:
    edit(mallory, iris, publish_id=publish_id)
    failure = ada.fails("retire", name="iris", from_hub=True)
    assert "contains a different publication of it than the catalog" in failure.detail
    assert written(hub) == []


def test_a_repository_without_a_record_has_to_be_meant(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub
) -> None:
    api.create_repo("NERSC/notes", repo_type="dataset")
    api.upload_file(path_or_fileobj=b"[1]", path_in_repo="record.json", repo_id="NERSC/notes", repo_type="dataset")
    hub.clear_requests()
    edit(mallory, iris, repo_id="NERSC/notes")
    for deed, options in (("retire", {"from_hub": True}), ("update", {})):
        assert "has no record of a catalog entry" in ada.fails(deed, name="iris", **options).detail
    assert written(hub) == []


def test_a_pull_request_of_others_is_not_closed(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub
) -> None:
    """The entry is said to be proposed by a pull request of a repository that has no record."""
    api.create_repo("NERSC/notes", repo_type="dataset")
    number = api.create_pull_request("NERSC/notes", "A proposal", repo_type="dataset").num
    hub.clear_requests()
    url = f"{hub.url}/datasets/NERSC/notes/discussions/{number}"
    edit(mallory, iris, repo_id="NERSC/notes", pull_request_url=url)
    failure = ada.fails("retire", name="iris", from_hub=True)
    assert "is not the one that proposes 'iris'" in failure.detail
    assert written(hub) == []


def test_what_is_not_touched_can_still_leave_the_catalog(
    ada: Person, mallory: Person, iris: dict[str, Any], root: Path, hub: FaultyHub
) -> None:
    edit(mallory, iris, repo_id=DIARY)
    assert ada.do("retire", name="iris")["repo_id"] == DIARY
    assert sorted(path.name for path in root.iterdir()) == ["sky"]
    assert hub.requests == []


def test_the_unharmed_entry_is_changed_and_retired_without_a_question(
    ada: Person, iris: dict[str, Any], api: HfApi
) -> None:
    ada.do("update")
    ada.do("update", create_pr=True)
    ada.do("retire", name="sky", from_hub=True)
    assert repositories(api) == ["NERSC/iris", DIARY]
