"""The Hub adapter against the practice Hub: every failure in our words, repeats, time limits, tokens."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.policy import Policy
from tests.hub.conftest import QUICK, REPO
from tests.practice_hub import FaultyHub


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
