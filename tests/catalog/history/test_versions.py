"""The versions of a dataset: what each commit changed, what is asked for once, what a Hub in trouble leaves of it."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.history import diff as changes
from huggingnersc_lab.catalog.history.diff import FileChange, MemberChange
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.catalog.search.finder import cache_folder
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import DatasetRecord
from tests.catalog.history.sky import REPO, Commit, Look, card, files
from tests.practice_hub import FaultyHub


def test_a_published_dataset_has_the_versions_that_were_made(catalog: Catalog, iris: Submission) -> None:
    catalog.publish(iris)
    catalog.update("iris", {"license": "mit", "papers": None})
    newest, published, first = catalog.versions("iris")
    assert (newest.revision, newest.authors) == (catalog.store.read("iris").record.revision, ("practice-admin",))
    assert newest.url == f"{catalog.hub.url}/datasets/NERSC/iris/commit/{newest.revision}"
    assert files(newest) == [("README.md", "changed"), ("record.json", "changed")]
    assert MemberChange("license", "cc0-1.0", "mit") in (newest.members or ())
    assert files(published) == [("README.md", "added"), ("load_iris.py", "added"), ("record.json", "added")]
    assert {item.member: item.after for item in published.members or ()}["pretty_name"] == "Iris"
    assert (first.title, files(first), first.members) == ("initial commit", [(".gitattributes", "added")], ())


def test_fifty_are_told_and_the_last_of_them_is_compared_to_the_next(commit: Commit, look: Look) -> None:
    for number in range(52):
        commit(a=str(number))
    found = look()
    assert len(found) == 50
    assert {tuple(files(version)) for version in found} == {(("a", "changed"),)}


def test_what_is_known_is_not_asked_for_again(commit: Commit, look: Look, practice_hub: FaultyHub) -> None:
    commit(README_md=card(license="mit"))
    before = look()
    practice_hub.clear_requests()
    assert look() == before
    assert ["/commits/" in request.path for request in practice_hub.requests] == [True]
    commit(README_md=card(license="cc0-1.0"))
    practice_hub.clear_requests()
    newest, *rest = look()
    assert (newest.members, tuple(rest)) == ((MemberChange("license", "mit", "cc0-1.0"),), before)
    kinds = [
        part
        for request in practice_hub.requests
        for part in ("/commits/", "/tree/", "/resolve/")
        if part in request.path
    ]
    assert kinds.count("/tree/") == kinds.count("/resolve/") == 2


def test_what_is_kept_is_for_its_owner_and_its_account(
    commit: Commit, look: Look, practice_hub: FaultyHub, api: HfApi
) -> None:
    commit(README_md=card(license="mit"))
    api.update_repo_settings(REPO, repo_type="dataset", private=True)
    assert look()[0].members
    for role in (None, "outsider"):
        with pytest.raises(CatalogError) as err:
            look(role)
        assert err.value.code == "not_found"
    kept = [path for path in cache_folder("versions").rglob("*") if path.is_file()]
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]
    assert stat.S_IMODE(kept[0].parent.stat().st_mode) == 0o700
    assert not any(token in f"{kept[0]}{kept[0].read_text()}" for token in practice_hub.tokens.values())


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 1, "changes": [7]}', b'{"version": 0}', b"\xff"])
def test_a_damaged_file_is_found_out_again(damage: bytes, commit: Commit, look: Look) -> None:
    commit(a="1")
    before = look()
    (kept,) = cache_folder("versions").glob("*/*.json")
    kept.write_bytes(damage)
    assert look() == before
    assert json.loads(kept.read_bytes())["version"] == 1


def test_a_cache_that_cannot_be_written_takes_nothing(commit: Commit, look: Look) -> None:
    commit(a="1")
    cache_folder("versions").parent.mkdir(parents=True)
    cache_folder("versions").write_text("")
    assert files(look()[0]) == [("a", "added")]


@pytest.mark.parametrize("path", ["*/tree/*", "*/resolve/*"])
@pytest.mark.parametrize("kind", ["server_error", "drop_before", "garbage", "truncate"])
def test_what_cannot_be_told_now_is_told_the_next_time(
    kind: Any, path: str, commit: Commit, look: Look, practice_hub: FaultyHub
) -> None:
    commit(README_md=card(license="mit"))
    if (kind, path) == ("garbage", "*/resolve/*"):
        return  # a card that is no card is nothing wrong
    practice_hub.faults.add(kind, path=path, count=None)
    newest = look()[0]
    assert (newest.title, newest.files, newest.members) == ("Change", None, None)
    assert newest.to_dict().keys() == {"revision", "title", "date", "authors", "url"}
    practice_hub.faults.clear()
    newest = look()[0]
    assert (files(newest), newest.members) == ([("README.md", "added")], (MemberChange("license", None, "mit"),))


def test_a_slow_hub_is_not_waited_for(
    commit: Commit, look: Look, practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        commit(a=str(number))
    monkeypatch.setattr("huggingnersc_lab.catalog.history.versions.SECONDS", 0.5)
    practice_hub.faults.add("slow", path="*/tree/*", count=None, seconds=0.2)
    first = look()
    told = sum(bool(version.files) for version in first)
    assert (len(first), 0 < told < 31) == (31, True)
    assert first[0].files  # the newest go first
    assert sum(bool(version.files) for version in look()) > told


def test_requests_that_the_hub_counts_are_left_to_others(commit: Commit, look: Look, practice_hub: FaultyHub) -> None:
    commit(a="1")
    practice_hub.faults.add("too_many_requests", path="*/tree/*", count=None, retry_after=300)
    assert [version.files for version in look()] == [None, None]


@pytest.mark.parametrize("kind", ["server_error", "drop_before", "garbage", "truncate", "too_many_requests"])
def test_a_list_that_cannot_be_had_is_an_error(kind: Any, commit: Commit, look: Look, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add(kind, path="*/commits/*", count=None, retry_after=300)
    with pytest.raises(CatalogError, match="Could not list the versions of 'NERSC/sky'") as err:
        look()
    assert err.value.code == "upstream"


def test_a_history_that_was_replaced_is_told_anew(api: HfApi, commit: Commit, look: Look) -> None:
    commit(a="1")
    commit(b="1")
    assert len(look()) == 3
    api.delete_repo(REPO, repo_type="dataset")
    api.create_repo(REPO, repo_type="dataset")
    commit(c="1")
    assert [files(version) for version in look()] == [[("c", "added")], [(".gitattributes", "added")]]


def test_a_commit_that_went_while_it_was_looked_at_hides_no_other(
    commit: Commit, look: Look, practice_hub: FaultyHub
) -> None:
    commit(a="1")
    commit(a="2")
    newest, *_ = look()
    for path in cache_folder("versions").glob("*/*.json"):
        path.unlink()
    gone = newest.revision

    class Gone:
        """Says of one commit that it is not there, as the Hub does after a forced push."""

        def __init__(self, hub: Any) -> None:
            self._hub = hub
            self.rate = hub.rate

        def folder(self, repo_id: str, revision: str, path: str = "") -> Any:
            return self._hub.folder(repo_id, "0" * 40 if revision == gone else revision, path)

        def read_file(self, *arguments: Any) -> Any:
            return self._hub.read_file(*arguments)

    from huggingnersc_lab.hub import Hub

    hub: Any = Gone(Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC"))
    shas = [version.revision for version in look()]
    pairs = list(zip(shas, [*shas[1:], None], strict=True))
    found = changes.examine(hub, REPO, pairs, float("inf"))
    assert list(found) == pairs[1:]


@pytest.mark.parametrize(
    "members",
    [
        {"repo_id": None, "revision": None},
        {"repo_id": None},
        {"revision": None, "pull_request_url": "https://hub.example/datasets/NERSC/sky/discussions/1"},
    ],
)
def test_what_is_not_on_the_hub_has_none(members: dict[str, Any], catalog: Catalog, practice_hub: FaultyHub) -> None:
    record = replace(DatasetRecord("sky", "Sky", repo_id=REPO, revision="1" * 40), **members)
    assert catalog.sources.history.versions(record) == ()
    assert practice_hub.requests == []


@pytest.mark.parametrize("repo_id", ["../../settings", "a/b/c", "a", "a/b?c=d", "a/b#c", "/", "é/x", "a/..", "x" * 999])
def test_a_repository_that_can_be_none_is_not_asked_for(
    repo_id: str, catalog: Catalog, practice_hub: FaultyHub
) -> None:
    with pytest.raises(CatalogError, match="not a valid repository id") as err:
        catalog.sources.history.versions(DatasetRecord("sky", "Sky", repo_id=repo_id, revision="1" * 40))
    assert err.value.code == "not_found"
    assert practice_hub.requests == []


def test_no_such_dataset(catalog: Catalog) -> None:
    with pytest.raises(CatalogError) as err:
        catalog.versions("nobody-knows")
    assert err.value.code == "not_found"


def test_it_is_kept_as_it_was_told() -> None:
    change = changes.Change((FileChange("a/", "added"),), (MemberChange("x", None, ""), MemberChange("y", "1", None)))
    assert changes.Change.from_dict(json.loads(json.dumps(change.to_dict()))) == change
