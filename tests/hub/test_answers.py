"""Answers that no Hub should give, to every request that is made: each ends as ``upstream`` with a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit, Hub
from huggingnersc_lab.hub.policy import Policy
from tests.practice_hub import FaultyHub

QUICK = Policy(timeout=5, tries=2, base=0.01, longest=0.02)
REPO = "NERSC/sky"
CARD = b"---\npretty_name: Sky\n---\n# Sky\n"

CODES = {
    400: "invalid_record",
    403: "forbidden",
    404: "not_found",
    500: "upstream",
}
DEEP = 100_000
BODIES: dict[str, bytes] = {
    "an empty list": b"[]",
    "null": b"null",
    "an empty object": b"{}",
    "a number": b"7",
    "a text": b'"yes"',
    "true": b"true",
    "nothing": b"",
    "a page": b"<html>Please accept our terms of use.</html>",
    "half of an object": b'{"id": "NERSC/sky", "sha": "0123',
    "lists in lists": b"[" * DEEP + b"]" * DEEP,
    "objects in objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a list of nothing": b"[null, null]",
    "a list of lists": b"[[], [[]]]",
    "a list of numbers": b"[1, 2.5, 1e999]",
    "no number": b'{"name": NaN, "files": Infinity}',
    "a number of 5,000 digits": b'{"size": ' + b"9" * 5000 + b"}",
    "no UTF-8": b'{"name": "\xff\xfe"}',
    "half of a character": b'{"name": "\xed\xa0\x80"}',
    "another object": b'{"error": {"message": ["no"]}, "errors": 5, "warnings": 6, "files": 7, "discussions": 8}',
}


def _changed(value: object, leaf: Callable[[object], object]) -> object:
    """The same lists and objects with other values in them."""
    if isinstance(value, dict):
        return {key: _changed(item, leaf) for key, item in value.items()}
    return [_changed(item, leaf) for item in value] if isinstance(value, list) else leaf(value)


CHANGES: dict[str, Callable[[Any], object]] = {
    "only null inside": lambda answer: _changed(answer, lambda _: None),
    "only numbers inside": lambda answer: _changed(answer, lambda _: 5),
    "only objects inside": lambda answer: _changed(answer, lambda _: {"a": []}),
    "only texts inside": lambda answer: _changed(answer, lambda value: value if isinstance(value, str) else "5"),
    "a list of it": lambda answer: [answer],
    "it in an object": lambda answer: {"data": answer},
}


@dataclass(frozen=True)
class Call:
    """A method of the Hub, and one of the requests that it makes.

    Attributes:
        run: calls it.
        method: HTTP method of the request.
        path: what is in the request's path.
        harmless: wrong answers that are right ones here.
    """

    run: Callable[[Hub, str], object]
    method: str
    path: str
    harmless: frozenset[str] = frozenset()


def _commit(hub: Hub, parent: str, *, create_pr: bool = False) -> Commit:
    files = {"README.md": CARD, "a.txt": parent.encode()}
    return hub.commit(REPO, files, title="Add", publish_id=f"p-{parent}", parent=parent, create_pr=create_pr)


CALLS: dict[str, Call] = {
    "account": Call(lambda hub, _: hub.account(), "GET", "/whoami-v2"),
    "create_repo": Call(lambda hub, _: hub.create_repo("NERSC/new", private=False), "POST", "/repos/create"),
    "state": Call(lambda hub, _: hub.state(REPO), "GET", f"/api/datasets/{REPO}$"),
    "repository": Call(lambda hub, _: hub.repository(REPO), "GET", f"/api/datasets/{REPO}$"),
    "list_datasets": Call(lambda hub, _: hub.list_datasets(), "GET", r"/api/datasets\?", frozenset({"an empty list"})),
    "revisions": Call(lambda hub, _: hub.revisions(REPO, 5), "GET", "/commits/main"),
    "folder": Call(lambda hub, sha: hub.folder(REPO, sha), "GET", "/tree/", frozenset({"an empty list"})),
    "read_file": Call(lambda hub, sha: hub.read_file(REPO, "README.md", sha), "GET", "/resolve/"),
    "commit: card": Call(_commit, "POST", "/validate-yaml", frozenset({"an empty object"})),
    "commit: modes": Call(_commit, "POST", "/preupload/"),
    "commit": Call(_commit, "POST", "/commit/"),
    "commit as a pull request": Call(lambda hub, sha: _commit(hub, sha, create_pr=True), "POST", "/commit/"),
    "find_commit": Call(lambda hub, _: hub.find_commit(REPO, "p0"), "GET", "/commits/"),
    "find_commit: pull requests": Call(
        lambda hub, _: hub.find_commit(REPO, "pr0", create_pr=True), "GET", "/discussions"
    ),
    "find_commit: in a pull request": Call(
        lambda hub, _: hub.find_commit(REPO, "pr0", create_pr=True), "GET", "/commits/"
    ),
    "delete_repo": Call(lambda hub, _: hub.delete_repo(REPO), "DELETE", "/repos/delete"),
    "close_pull_request: look": Call(lambda hub, _: hub.close_pull_request(REPO, 1), "GET", "/discussions/1"),
    "close_pull_request": Call(lambda hub, _: hub.close_pull_request(REPO, 1), "POST", "/discussions/1/status"),
    "set_private": Call(lambda hub, _: hub.set_private(REPO, private=True), "PUT", "/settings"),
    "tags_by_type": Call(lambda hub, _: hub.tags_by_type(), "GET", "/datasets-tags-by-type"),
}


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, stand_before: Callable[[str], Any]
) -> Iterator[tuple[FaultyHub, Any]]:
    """A practice Hub for all tests here, and what stands before it."""
    with FaultyHub(tmp_path_factory.mktemp("world") / "hub") as hub, stand_before(hub.url) as between:
        yield hub, between


@pytest.fixture
def practice_hub(world: tuple[FaultyHub, Any]) -> FaultyHub:
    return world[0]


@pytest.fixture
def between(world: tuple[FaultyHub, Any]) -> Iterator[Any]:
    yield world[1]
    world[1].heal()


@pytest.fixture
def hub(between: Any, practice_hub: FaultyHub) -> Hub:
    return Hub(between.url, practice_hub.tokens["admin"], "NERSC", QUICK)


@pytest.fixture
def sha(practice_hub: FaultyHub) -> str:
    """The commit that a repository with a card and an open pull request is at; what a test changed is as before."""
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    api.delete_repo("NERSC/new", repo_type="dataset", missing_ok=True)
    if not api.repo_exists(REPO, repo_type="dataset") or api.dataset_info(REPO).private:
        api.delete_repo(REPO, repo_type="dataset", missing_ok=True)
    if not api.repo_exists(REPO, repo_type="dataset"):
        hub = Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC", QUICK)
        hub.create_repo(REPO, private=False)
        parent = str(api.dataset_info(REPO).sha)
        commit = hub.commit(REPO, {"README.md": CARD}, title="Add", publish_id="p0", parent=parent)
        hub.commit(REPO, {"b.txt": b"b"}, title="Propose", publish_id="pr0", parent=commit.oid, create_pr=True)
    if api.get_discussion_details(REPO, 1, repo_type="dataset").status != "open":
        api.change_discussion_status(REPO, 1, "open", repo_type="dataset")
    return str(api.dataset_info(REPO).sha)


def check_told(call: Callable[[], object]) -> CatalogError:
    """It fails as ``upstream``, in one printable sentence or a few."""
    with pytest.raises(CatalogError) as failed:
        call()
    assert failed.value.code == "upstream", failed.value.detail
    assert failed.value.detail.startswith(("Could not ", "The Hub"))
    assert failed.value.detail.endswith(".")
    assert failed.value.detail.isprintable()
    assert len(failed.value.detail) < 600
    return failed.value


def _is_sent(name: str, hub: Hub, sha: str, answer: Any) -> bool:
    found = hub.find_commit(REPO, f"p-{sha}", create_pr="pull request" in name)
    return found is not None and (found.oid, found.pull_request) == (answer.oid, answer.pull_request)


def is_true(name: str, hub: Hub, sha: str, answer: Any) -> bool:
    """Whether what a call came to is so, by the Hub's own word, now that it answers as it should.

    Of a list, and of what is only shown, what is odd is left out.
    """
    checks: dict[str, Callable[[], object]] = {
        "create_repo": lambda: answer == "unsure" or hub.state("NERSC/new"),
        "delete_repo": lambda: hub.state(REPO) is None,
        "set_private": lambda: hub.state(REPO).private,  # type: ignore[union-attr]
        "close_pull_request": lambda: not hub.is_pull_request_open(REPO, 1),
        "repository": lambda: (answer.dataset.repo_id, answer.files) == (REPO, hub.repository(REPO).files),
        "list_datasets": lambda: [dataset.repo_id for dataset in answer] == [REPO],
        "folder": lambda: [(it.path, it.oid) for it in answer] == [(it.path, it.oid) for it in hub.folder(REPO, sha)],
        **{call: lambda: _is_sent(name, hub, sha, answer) for call in CALLS if call.startswith("commit")},
    }
    return bool(checks.get(name, lambda: answer == CALLS[name].run(hub, sha))())


def check_not_believed(name: str, hub: Hub, sha: str, between: Any) -> None:
    """A call with a wrong answer fails, unless what it comes to is true all the same."""
    call = CALLS[name]
    try:
        answer = call.run(hub, sha)
    except CatalogError:
        check_told(lambda: call.run(hub, sha))
    else:
        between.heal()
        assert is_true(name, hub, sha, answer), answer


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", CALLS)
def test_a_body_that_is_wrong(name: str, body: str, hub: Hub, sha: str, between: Any) -> None:
    call = CALLS[name]
    between.on(call.method, call.path, between.reply(BODIES[body]))
    if body in call.harmless:
        call.run(hub, sha)
    else:
        check_not_believed(name, hub, sha, between)


@pytest.mark.parametrize("name", CALLS)
def test_another_page_that_one_is_sent_to(name: str, hub: Hub, sha: str, between: Any) -> None:
    call = CALLS[name]
    away = between.reply(b"", 302, Location="/sign-in")

    def rule(seen: Any) -> Any:
        if seen.path == "/sign-in":
            return between.reply({})
        return away if seen.method == call.method and re.search(call.path, seen.path) else between.act("pass")

    between.rule = rule
    if "an empty object" in call.harmless:
        call.run(hub, sha)
    else:
        check_not_believed(name, hub, sha, between)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", CALLS)
def test_members_that_are_wrong(name: str, change: str, hub: Hub, sha: str, between: Any) -> None:
    call = CALLS[name]
    if call.path == "/resolve/":
        return  # whatever a file holds is its content
    between.on(call.method, call.path, between.rewrite(CHANGES[change]))
    check_not_believed(name, hub, sha, between)


@pytest.mark.parametrize("status", [400, 403, 404, 500])
@pytest.mark.parametrize("body", ["an empty list", "null", "lists in lists", "another object"])
@pytest.mark.parametrize("name", CALLS)
def test_a_refusal_with_a_body_that_is_wrong(
    name: str, body: str, status: int, hub: Hub, sha: str, between: Any
) -> None:
    call = CALLS[name]
    between.on(call.method, call.path, between.reply(BODIES[body], status))
    failed = None
    try:
        answer = call.run(hub, sha)
    except CatalogError as err:
        failed = err
    if failed is None:
        between.heal()
        assert answer in (None, "exists", "unsure") or is_true(name, hub, sha, answer), answer
    else:
        assert failed.code == CODES[status], failed.detail
        assert failed.detail.isprintable()
        assert len(failed.detail) < 600
