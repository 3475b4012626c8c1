"""The Hub adapter against the practice Hub: every failure in our words, repeats, time limits, tokens."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from huggingface_hub import HfApi, get_session

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.deadline import Deadline
from huggingnersc_lab.hub.policy import Policy, RateLimit
from huggingnersc_lab.hub.transport import Limits, limits
from tests.practice_hub import FaultyHub

QUICK = Policy(timeout=2, tries=3, base=0.01, longest=0.02)
REPO = "NERSC/sky"


@pytest.fixture
def hub_of(practice_hub: FaultyHub) -> Callable[..., Hub]:
    def make(role: str | None = "admin", policy: Policy = QUICK) -> Hub:
        return Hub(practice_hub.url, practice_hub.tokens[role] if role else None, "NERSC", policy)

    return make


@pytest.fixture
def hub(hub_of: Callable[..., Hub]) -> Hub:
    return hub_of()


def commit(hub: Hub, publish_id: str = "p1", **options: Any) -> Any:
    state = hub.state(REPO)
    assert state is not None
    options.setdefault("parent", state.sha)
    return hub.commit(REPO, {"a.txt": publish_id.encode()}, title="Add", publish_id=publish_id, **options)


def test_a_repository_is_made_once(hub: Hub) -> None:
    assert hub.create_repo(REPO, private=False) == "made"
    assert hub.create_repo(REPO, private=False) == "exists"
    state = hub.state(REPO)
    assert state is not None
    assert state.is_empty
    assert state.was_made_about(time.time())
    assert not state.was_made_about(time.time() + 10_000)
    assert not state.was_made_about(time.time() - 10_000)


def test_what_is_not_there(hub: Hub) -> None:
    assert hub.state("NERSC/none") is None
    hub.create_repo(REPO, private=False)
    assert hub.read_file(REPO, "none.md", "main") is None
    hub.delete_repo("NERSC/none")


def test_a_private_repository_is_hidden(hub: Hub, hub_of: Callable[..., Hub]) -> None:
    hub.create_repo(REPO, private=True)
    assert hub_of(None).state(REPO) is None
    hub.set_private(REPO, private=False)
    found = hub_of(None).state(REPO)
    assert found is not None
    assert not found.private


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


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("read_scope", "can only read NERSC"),
        ("read", "--create-pr"),
        ("outsider", "--create-pr"),
    ],
)
def test_a_refusal_says_what_one_may_do(role: str, words: str, hub_of: Callable[..., Hub]) -> None:
    with pytest.raises(CatalogError) as err:
        hub_of(role).create_repo(REPO, private=False)
    assert err.value.code == "forbidden"
    assert words in str(err.value)


def test_a_token_that_is_wrong(practice_hub: FaultyHub) -> None:
    hub = Hub(practice_hub.url, "hf_practice_wrong", "NERSC", QUICK)
    with pytest.raises(CatalogError) as err:
        hub.account()
    assert err.value.code == "forbidden"
    assert "does not accept your token" in err.value.detail
    assert "hf_practice_wrong" not in err.value.detail


def test_without_a_token_nothing_is_sent(practice_hub: FaultyHub, hub_of: Callable[..., Hub]) -> None:
    practice_hub.clear_requests()
    with pytest.raises(CatalogError) as err:
        hub_of(None).create_repo(REPO, private=False)
    assert err.value.code == "forbidden"
    assert not practice_hub.requests


def test_retry_after_is_honoured(hub: Hub, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("too_many_requests", path="*/repos/create", retry_after=1)
    start = time.monotonic()
    assert hub.create_repo(REPO, private=False) == "made"
    assert time.monotonic() - start >= 1


def test_a_wait_that_is_too_long_is_told_instead(hub: Hub, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("too_many_requests", count=None, retry_after=600)
    with pytest.raises(CatalogError) as err:
        hub.state(REPO)
    assert err.value.code == "upstream"
    assert "600 seconds" in err.value.detail
    assert len(practice_hub.requests) == 1


def test_a_hub_that_always_fails(hub: Hub, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", count=None)
    with pytest.raises(CatalogError) as err:
        hub.create_repo(REPO, private=False)
    assert err.value.code == "upstream"
    assert "status 500" in err.value.detail
    assert len(practice_hub.requests) == QUICK.tries


def test_a_hub_that_is_too_slow(practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("slow", count=None, seconds=3)
    hub = Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC", Policy(timeout=0.3, tries=2, base=0.01))
    start = time.monotonic()
    with pytest.raises(CatalogError) as err:
        hub.state(REPO)
    assert err.value.code == "upstream"
    assert "did not respond in time" in err.value.detail
    assert time.monotonic() - start < 2.5


def test_a_hub_that_is_not_there() -> None:
    with pytest.raises(CatalogError) as err:
        Hub("http://127.0.0.1:9", "hf_x", "NERSC", QUICK).create_repo(REPO, private=False)
    assert err.value.code == "upstream"
    assert "no connection to http://127.0.0.1:9" in err.value.detail


def test_an_answer_that_was_lost_makes_it_unsure(hub: Hub, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("drop_after", path="*/repos/create")
    assert hub.create_repo(REPO, private=False) == "unsure"


def test_a_commit_whose_answer_was_lost_is_not_sent_twice(hub: Hub, practice_hub: FaultyHub) -> None:
    hub.create_repo(REPO, private=False)
    practice_hub.faults.add("drop_after", path="*/commit/*", method="POST")
    made = commit(hub)
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    commits = api.list_repo_commits(REPO, repo_type="dataset")
    assert len(commits) == 2
    assert commits[0].commit_id == made.oid


def test_others_in_the_process_keep_their_own_time_limits(hub: Hub, practice_hub: FaultyHub) -> None:
    seen: list[Any] = []
    session = get_session()
    with limits(Limits(QUICK, RateLimit(), Deadline(1))):
        pass
    session.event_hooks = {
        "request": [*session.event_hooks["request"], lambda request: seen.append(request.extensions["timeout"])],
        "response": session.event_hooks["response"],
    }
    hub.state(REPO)
    HfApi(endpoint=practice_hub.url).get_dataset_tags()
    assert seen[0]["read"] == QUICK.timeout
    assert seen[-1]["read"] is None
