"""Commits and trees over real HTTP: pages, odd rows, and what the token follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import CommitOperationAdd, HfApi

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, Node, Revision
from huggingnersc_lab.hub.policy import Policy
from tests.practice_hub import FaultyHub

QUICK = Policy(timeout=2, tries=2, base=0.01, longest=0.02)
REPO = "NERSC/sky"


def fill(practice_hub: FaultyHub, commits: int) -> Hub:
    """A repository of so many commits besides the first, each with a file of its own below ``data/``."""
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    api.create_repo(REPO, repo_type="dataset")
    for number in range(commits):
        added = CommitOperationAdd(f"data/{number}.txt", b"%d" % number)
        api.create_commit(REPO, [added], commit_message=f"Number  {number}", repo_type="dataset")
    return Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC", QUICK)


def test_the_newest_commits_come_from_as_many_pages_as_it_takes(tmp_path: Path) -> None:
    with FaultyHub(tmp_path, page_size=2) as practice_hub:
        hub = fill(practice_hub, 4)
        practice_hub.clear_requests()
        assert [found.title for found in hub.revisions(REPO, 3)] == ["Number 3", "Number 2", "Number 1"]
        assert len(practice_hub.requests) == 2
        newest, *_, first = hub.revisions(REPO, 50)
    assert (len(newest.sha), newest.authors, newest.date[-1]) == (40, ("practice-admin",), "Z")
    assert first.title == "initial commit"


def test_a_folder_is_listed_without_what_is_below_it(practice_hub: FaultyHub) -> None:
    hub = fill(practice_hub, 2)
    newest = hub.revisions(REPO, 1)[0].sha
    top = {node.path: node for node in hub.folder(REPO, newest)}
    assert {path: node.is_folder for path, node in top.items()} == {".gitattributes": False, "data": True}
    assert [(node.path, node.size) for node in hub.folder(REPO, newest, "data")] == [
        ("data/0.txt", 1),
        ("data/1.txt", 1),
    ]


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        [],
        {},
        {"id": 7, "title": "a", "date": "2026-01-01T00:00:00Z", "authors": []},
        {"id": "main", "title": "a", "date": "2026-01-01T00:00:00Z", "authors": []},
        {"id": "a" * 40, "title": "a", "date": "soon", "authors": []},
        {"id": "a" * 40, "title": "a", "authors": []},
        {"id": "a" * 40, "title": "a", "date": "0001-01-01T00:00:00+23:00", "authors": []},
    ],
)
def test_what_is_no_commit_is_none(row: Any) -> None:
    assert Revision.from_row(row) is None


@pytest.mark.parametrize("authors", [None, 7, "me", [None, 7, {}, {"user": 5}, {"user": ""}]])
def test_odd_authors_are_nobody(authors: Any) -> None:
    row = {"id": "a" * 40, "title": ["no text"], "date": "2026-01-01T01:30:00+01:00", "authors": authors}
    assert Revision.from_row(row) == Revision("a" * 40, "", "2026-01-01T00:30:00Z", ())


@pytest.mark.parametrize("row", [None, 7, {}, {"path": "", "oid": "1", "type": "file"}, {"path": "a", "oid": 1}])
def test_what_is_no_file_ends_a_list_of_files(row: Any) -> None:
    with pytest.raises(ValueError, match="the list of files contains an invalid entry"):
        Node.from_row(row)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("server_error", "status 500"),
        ("drop_before", "no connection"),
        ("garbage", "invalid response"),
        ("slow", "did not respond in time"),
    ],
)
@pytest.mark.parametrize("path", ["commits", "tree"])
def test_what_fails_says_why(kind: Any, words: str, path: str, practice_hub: FaultyHub) -> None:
    hub = fill(practice_hub, 1).with_timeout(0.2, 2)
    practice_hub.faults.add(kind, path=f"*/{path}/*", count=None, seconds=5)
    with pytest.raises(CatalogError, match=words) as err:
        hub.revisions(REPO, 50) if path == "commits" else hub.folder(REPO, "main")
    assert err.value.code == "upstream"


def test_less_patience_is_never_more(practice_hub: FaultyHub) -> None:
    hub = Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC", QUICK)
    assert hub.with_timeout(60, 9).policy == QUICK
    hurried = hub.with_timeout(1, 1)
    assert (hurried.policy.timeout, hurried.policy.tries, hurried.key) == (1, 1, hub.key)
