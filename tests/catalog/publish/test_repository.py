"""Whether a repository is the one that an entry is known by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

import pytest

from huggingnersc_lab.catalog.publish.repository import (
    UNCONFIRMED,
    record_of,
    require_fillable,
    require_organization,
    require_own,
    require_proposal,
)
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.sites import load_site

NERSC = load_site("nersc")
SKY = DatasetRecord(name="sky", pretty_name="Sky", publish_id="1")


class StubHub:
    """A Hub with one repository, which holds one record on each of its branches."""

    def __init__(self, records: Mapping[str, object] | None = None, files: tuple[str, ...] = ("record.json",)) -> None:
        self.records = dict(records or {})
        self.files = files

    def read_file(self, repo_id: str, path: str, revision: str) -> bytes | None:
        said = self.records.get(revision)
        return said if said is None or isinstance(said, bytes) else json.dumps(said).encode()

    def state(self, repo_id: str) -> RepoState | None:
        return RepoState("abc", self.files, None, private=False) if self.records else None


def hub(main: object = None, **branches: object) -> Hub:
    return cast("Hub", StubHub({"main": main, **branches}))


@pytest.mark.parametrize("repo_id", ["NERSC/sky", "nersc/Sky", "NERSC/a.b_c-1", "NERSC/_x"])
def test_repositories_of_the_organization(repo_id: str) -> None:
    require_organization(NERSC, repo_id)


@pytest.mark.parametrize(
    "repo_id",
    ["", "sky", "/sky", "NERSC", "NERSC/", "NERSC/.", "NERSC/..", "NERSC/a..b", "NERSC/a/b", "mila/sky", "NERSC/sky\n"],
)
def test_nothing_else_is_one(repo_id: str) -> None:
    with pytest.raises(CatalogError, match="is not a repository of NERSC") as err:
        require_organization(NERSC, repo_id)
    assert err.value.code == "forbidden"
    assert "Nothing was changed" in err.value.detail


def test_the_entrys_own_is_meant_without_a_question() -> None:
    require_own(NERSC, hub({"name": "sky", "publish_id": "1"}), SKY, "NERSC/sky", None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (None, "has no record of a catalog entry"),
        (b"", "has no record of a catalog entry"),
        (b"[1]", "has no record of a catalog entry"),
        (b"[" * 100_000, "has no record of a catalog entry"),
        (b"\xff", "has no record of a catalog entry"),
        ({"name": 1}, "has no record of a catalog entry"),
        ({"name": "moon", "publish_id": "1"}, "belongs to 'moon'"),
        ({"name": "x" * 5000}, "belongs to '" + "x" * 96 + "'"),
        ({"name": "sky", "publish_id": "2"}, "contains a different publication of it than the catalog"),
        ({"name": "sky"}, "contains a different publication of it than the catalog"),
    ],
)
def test_any_other_has_to_be_confirmed_by_its_full_name(said: Any, words: str) -> None:
    for confirmed in (None, "sky", "NERSC/moon"):
        with pytest.raises(CatalogError) as err:
            require_own(NERSC, hub(said), SKY, "NERSC/sky", confirmed)
        assert err.value.code == "conflict"
        assert words in err.value.detail
        assert [(field.pointer, field.code, field.detail) for field in err.value.fields] == [
            ("/repo_id", UNCONFIRMED, "NERSC/sky")
        ]
    require_own(NERSC, hub(said), SKY, "NERSC/sky", "nersc/sky")


def test_two_that_say_no_publication_do_not_name_each_other() -> None:
    imported = DatasetRecord(name="sky", pretty_name="Sky")
    with pytest.raises(CatalogError, match="Is 'NERSC/sky' the right repository"):
        require_own(NERSC, hub({"name": "sky"}), imported, "NERSC/sky", None)


def test_a_confirmed_repository_of_another_organization_is_never_touched() -> None:
    with pytest.raises(CatalogError) as err:
        require_own(NERSC, hub({"name": "sky", "publish_id": "1"}), SKY, "mila/sky", "mila/sky")
    assert err.value.code == "forbidden"


@pytest.mark.parametrize("said", [None, b"[1]", {"name": "sky", "publish_id": "2"}, {"name": "sky", "publish_id": "1"}])
def test_a_proposal_may_go_to_one_that_names_no_other(said: Any) -> None:
    require_own(NERSC, hub(said), SKY, "NERSC/sky", None, is_proposal=True)
    with pytest.raises(CatalogError, match="belongs to 'moon'"):
        require_own(NERSC, hub({"name": "moon"}), SKY, "NERSC/sky", None, is_proposal=True)


def test_what_was_made_for_a_publication_is_empty_until_it_is_sent() -> None:
    def filled(*files: str) -> Hub:
        return cast("Hub", StubHub({"main": None}, files))

    require_fillable(filled(".gitattributes"), "NERSC/sky", "abc")
    require_fillable(filled("README.md"), "NERSC/sky", "another")  # the Hub itself refuses that
    require_fillable(cast("Hub", StubHub()), "NERSC/sky", "abc")
    with pytest.raises(CatalogError, match="contains files from elsewhere") as err:
        require_fillable(filled("README.md"), "NERSC/sky", "abc")
    assert err.value.code == "conflict"


@pytest.mark.parametrize("said", [None, {"name": "sky"}, {"name": "moon", "publish_id": "1"}, {"publish_id": "1"}])
def test_a_pull_request_is_the_one_that_proposes_the_entry(said: Any) -> None:
    require_proposal(hub(**{"refs/pr/7": {"name": "sky", "publish_id": "1"}}), "sky", "1", "NERSC/sky", 7)
    with pytest.raises(CatalogError, match="Pull request 7 of 'NERSC/sky' is not the one") as err:
        require_proposal(hub(**{"refs/pr/7": said}), "sky", "1", "NERSC/sky", 7)
    assert err.value.code == "conflict"


def test_what_a_repository_says_of_itself_is_an_object_or_nothing() -> None:
    assert record_of(hub({"name": "sky"}), "NERSC/sky") == {"name": "sky"}
    assert record_of(hub(b"null"), "NERSC/sky") == {}
    assert record_of(hub(), "NERSC/sky", "refs/pr/1") == {}
