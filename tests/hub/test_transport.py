"""Limits of time for requests to the Hub, and where the token goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from huggingface_hub import HfApi, get_session

from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.deadline import Deadline, OutOfTimeError
from huggingnersc_lab.hub.policy import RateLimit
from huggingnersc_lab.hub.transport import CONNECT_SECONDS, Limits, _is_at, adopt, current, http, limits
from tests.hub.calls import ALL, REPO, refused
from tests.hub.conftest import QUICK
from tests.practice_hub import FaultyHub


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("name", ALL)
def test_the_token_follows_no_redirect_to_another_host(
    name: str, status: int, hub_behind: Hub, between: Any, stand_before: Callable[[str], Any], practice_hub: FaultyHub
) -> None:
    with stand_before(practice_hub.url) as elsewhere:
        elsewhere.rule = lambda _: elsewhere.reply({})
        between.rule = lambda seen: between.reply(b"", status, Location=f"{elsewhere.url}{seen.path}")
        if name == "create_repo":
            assert ALL[name](hub_behind) == "unsure"
        else:
            refused(ALL[name], hub_behind)
        assert elsewhere.seen
        token = practice_hub.tokens["admin"]
        assert all(token in str(seen.headers) for seen in between.seen if "tags-by-type" not in seen.path)
        assert not any(token in f"{seen.headers}{seen.path}{seen.body!r}" for seen in elsewhere.seen)


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # huggingface_hub's way to send large files
@pytest.mark.parametrize("count", [1, 3])
def test_the_token_goes_to_no_address_that_an_answer_names(
    count: int, hub_behind: Hub, between: Any, stand_before: Callable[[str], Any], practice_hub: FaultyHub
) -> None:
    """Such as that of the next page, or of the place to put a large file."""
    token = practice_hub.tokens["admin"]
    hub_behind.create_repo(REPO, private=False)
    state = hub_behind.state(REPO)
    assert state is not None
    with stand_before(practice_hub.url) as elsewhere:

        def astray(answer: Any) -> Any:
            if isinstance(answer, dict):
                return {key: astray(value) for key, value in answer.items()}
            if isinstance(answer, list):
                return [astray(value) for value in answer]
            return answer.replace(between.url, elsewhere.url) if isinstance(answer, str) else answer

        between.on("POST", "/info/lfs/objects/batch", between.rewrite(astray))
        elsewhere.on("POST", "", elsewhere.reply({}))
        files = {f"{number}.bin": b"\0\1\2" * number for number in range(1000, 1000 + count)}
        hub_behind.commit(REPO, files, title="Add", publish_id="p", parent=state.sha)
        assert {seen.method for seen in elsewhere.seen} == {"PUT", "POST"}
        assert not any(token in str(seen.headers) for seen in elsewhere.seen)


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


def within(seconds: float = 60, url: str = "", token: str | None = None) -> Limits:
    return Limits(QUICK, RateLimit(), Deadline(seconds), url, token)


def test_limits_hold_within_and_not_after(between: Any) -> None:
    between.rule = lambda _: between.reply({}, 404, ratelimit='"api";r=7;t=12')
    found = within()
    assert current() is None
    with limits(found):
        assert current() is found
        inner = within()
        with limits(inner):
            assert current() is inner
        get_session().get(f"{between.url}/a")
    assert current() is None
    get_session().get(f"{between.url}/b")
    assert (found.answers, found.rate.remaining, inner.answers) == (1, 7, 0)
    assert found.refusal().status_code == 404
    assert within().refusal() is None


def test_an_answer_that_is_none_of_an_error_is_no_refusal(between: Any) -> None:
    between.rule = lambda _: between.reply({})
    found = within()
    with limits(found):
        get_session().get(between.url)
    assert (found.answers, found.refusal()) == (1, None)


def test_nothing_is_sent_after_the_deadline(between: Any) -> None:
    with limits(within(0)), pytest.raises(OutOfTimeError):
        get_session().get(between.url)
    assert between.seen == []


@pytest.mark.parametrize(("left", "connect"), [(60, 2), (1, 1)])
def test_each_request_has_the_time_that_is_left(left: float, connect: float, between: Any) -> None:
    between.rule = lambda _: between.reply({})
    with limits(within(left)):
        answer = get_session().get(between.url)
    timeout = answer.request.extensions["timeout"]
    assert timeout["read"] == timeout["write"] == timeout["pool"] == pytest.approx(connect, abs=0.5)
    assert timeout["connect"] <= CONNECT_SECONDS


def test_a_thread_of_the_library_takes_the_limits_over_and_keeps_its_own() -> None:
    from threading import Thread

    seen: list[object] = []
    first, second = within(), within()

    def work() -> None:
        seen.append(current())
        adopt(first)
        adopt(second)
        seen.append(current())

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [None, first]


@pytest.mark.parametrize(
    ("url", "hub", "is_there"),
    [
        ("https://hub.test/a", "https://hub.test", True),
        ("https://hub.test/a", "http://hub.test", True),
        ("http://hub.test/a", "https://hub.test", False),
        ("https://hub.test:8443/a", "https://hub.test", False),
        ("https://hub.test/a", "http://hub.test:8000", False),
        ("http://hub.test:8000/a", "http://hub.test:8000/x", True),
        ("https://cdn.hub.test/a", "https://hub.test", False),
        ("https://hub.test.evil.test/a", "https://hub.test", False),
    ],
)
def test_which_addresses_are_the_hubs(url: str, hub: str, is_there: bool) -> None:
    assert _is_at(http().URL(url), hub) is is_there
