"""Commits that are sent once, and found again by their publish id."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.commits import find_commit, send_commit
from huggingnersc_lab.hub.deadline import Deadline, OutOfTimeError
from huggingnersc_lab.hub.policy import RateLimit
from huggingnersc_lab.hub.transport import Limits, limits
from tests.hub.conftest import QUICK, REPO
from tests.practice_hub import FaultyHub

PARENT, NEW, OTHER = "a" * 40, "b" * 40, "c" * 40


def commit(hub: Hub, publish_id: str = "p1", **options: Any) -> Any:
    state = hub.state(REPO)
    assert state is not None
    options.setdefault("parent", state.sha)
    return hub.commit(REPO, {"a.txt": publish_id.encode()}, title="Add", publish_id=publish_id, **options)


def test_a_commit_is_found_by_its_publish_id(hub: Hub) -> None:
    hub.create_repo(REPO, private=False)
    made = commit(hub, "abc")
    found = hub.find_commit(REPO, "abc")
    assert found is not None
    assert found.oid == made.oid
    assert hub.find_commit(REPO, "ab") is None
    assert hub.find_commit(REPO, "other") is None


def test_a_pull_request_is_found_by_its_publish_id(hub: Hub, hub_of: Callable[..., Hub]) -> None:
    hub.create_repo(REPO, private=False)
    made = commit(hub_of("outsider"), "abc", create_pr=True)
    assert made.pull_request == 1
    found = hub.find_commit(REPO, "abc", create_pr=True)
    assert found is not None
    assert (found.oid, found.pull_request) == (made.oid, 1)
    assert hub.find_commit(REPO, "abc") is None


def test_a_hub_that_moved_on_is_a_conflict(hub: Hub) -> None:
    hub.create_repo(REPO, private=False)
    state = hub.state(REPO)
    assert state is not None
    commit(hub, "first")
    with pytest.raises(CatalogError) as err:
        commit(hub, "second", parent=state.sha)
    assert err.value.code == "conflict"


def test_a_commit_whose_answer_was_lost_is_not_sent_twice(hub: Hub, practice_hub: FaultyHub) -> None:
    hub.create_repo(REPO, private=False)
    practice_hub.faults.add("drop_after", path="*/commit/*", method="POST")
    made = commit(hub)
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    commits = api.list_repo_commits(REPO, repo_type="dataset")
    assert len(commits) == 2
    assert commits[0].commit_id == made.oid


def test_files_are_sent_and_deleted_with_their_message(hub: Hub, practice_hub: FaultyHub) -> None:
    hub.create_repo(REPO, private=False)
    first = commit(hub, "one")
    hub.commit(REPO, {"b.txt": b"b"}, deleted=["a.txt"], title="Move", publish_id="two", parent=first.oid)
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    assert set(api.list_repo_files(REPO, repo_type="dataset")) == {".gitattributes", "b.txt"}
    newest = api.list_repo_commits(REPO, repo_type="dataset")[0]
    assert (newest.title, newest.message.strip()) == ("Move", "Publish id: two")


class StubApi:
    """Says of every commit what it was told to say."""

    def __init__(self, **answer: object) -> None:
        self.answer = {"oid": NEW, "commit_url": "https://a.org/1", "pr_num": None, "pr_url": None} | answer

    def create_commit(self, repo_id: str, operations: list[Any], **_: object) -> Any:
        self.sent = operations
        return type("CommitInfo", (), self.answer)


def send(api: StubApi, *, create_pr: bool = False) -> Any:
    return send_commit(
        api,  # type: ignore[arg-type]
        REPO,
        {"a.txt": b"a"},
        [],
        title="Add",
        publish_id="p",
        parent=PARENT,
        create_pr=create_pr,
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"oid": None}, "the commit is invalid"),
        ({"oid": "B" * 40}, "the commit is invalid"),
        ({"oid": "b" * 41}, "the commit is invalid"),
        ({"commit_url": None}, "the commit is invalid"),
        ({"commit_url": "javascript:x()"}, "the commit is invalid"),
        ({"commit_url": "https://a.org/\n"}, "the commit is invalid"),
        ({"oid": PARENT}, "it created no commit"),
    ],
)
def test_an_answer_that_is_no_commit(answer: dict[str, object], words: str) -> None:
    with pytest.raises(WrongAnswerError, match=words):
        send(StubApi(**answer))


@pytest.mark.parametrize("answer", [{}, {"pr_num": "7", "pr_url": "https://a.org"}, {"pr_num": 7, "pr_url": "a"}])
def test_an_answer_that_is_no_pull_request(answer: dict[str, object]) -> None:
    with pytest.raises(WrongAnswerError, match="the pull request is invalid"):
        send(StubApi(**answer), create_pr=True)


def test_what_a_commit_is() -> None:
    made = send(StubApi(oid="b" * 64, pr_num=7, pr_url="https://a.org/7"))
    assert (made.oid, made.url, made.pull_request, made.pull_request_url) == ("b" * 64, "https://a.org/1", None, None)
    made = send(StubApi(pr_num=7, pr_url="http://a.org/7"), create_pr=True)
    assert (made.pull_request, made.pull_request_url) == (7, "http://a.org/7")


def test_a_file_cannot_be_read_any_more_when_nobody_waits() -> None:
    api = StubApi()
    deadline = Deadline(60)
    with limits(Limits(QUICK, RateLimit(), deadline)):
        send(api)
    content = api.sent[0].path_or_fileobj
    # As in a thread of huggingface_hub's own, which has a context of its own.
    assert copy_context().run(content.read) == b"a"
    deadline.give_up()
    with pytest.raises(OutOfTimeError):
        copy_context().run(content.read)


def rows(between: Any, *commits: dict[str, object]) -> None:
    between.rule = lambda _: between.reply(list(commits))


def look(between: Any, publish_id: str = "p") -> str | None:
    found = find_commit(between.url, REPO, publish_id, False, QUICK, in_pull_requests=False)
    return found and found.oid


def test_a_publish_id_is_a_line_of_its_own(between: Any) -> None:
    rows(
        between,
        {"id": PARENT, "title": "Add", "message": "Publish id: pq\nsee Publish id: p"},
        {"id": NEW, "title": "Add", "message": "text\nPublish id: p\nmore"},
        {"id": OTHER, "title": "Publish id: q", "message": ""},
    )
    assert (look(between), look(between, "q"), look(between, "r")) == (NEW, OTHER, None)
    found = find_commit(between.url, REPO, "p", False, QUICK, in_pull_requests=False)
    assert found is not None
    assert found.url == f"{between.url}/datasets/{REPO}/commit/{NEW}"


@pytest.mark.parametrize("row", [None, {}, {"id": NEW, "title": "a"}, {"id": "b", "title": "a", "message": "b"}])
def test_a_commit_that_cannot_be_read_may_be_the_one(row: Any, between: Any) -> None:
    rows(
        between, {"id": PARENT, "title": "a", "message": ""}, row, {"id": NEW, "title": "Publish id: p", "message": ""}
    )
    with pytest.raises(WrongAnswerError, match="list of commits contains an invalid entry"):
        look(between)


def test_a_repository_without_any_commit_is_none(between: Any) -> None:
    rows(between)
    with pytest.raises(WrongAnswerError, match="list of commits is empty"):
        look(between)
