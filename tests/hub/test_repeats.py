"""What is sent again, how often, and how long is waited before."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.deadline import Deadline, OutOfTimeError
from huggingnersc_lab.hub.policy import Policy, RateLimit
from huggingnersc_lab.hub.repeats import asked_wait, is_passing, repeat, status_of, was_lost
from huggingnersc_lab.hub.transport import Limits, http, limits

POLICY = Policy(tries=3, base=0, longest=0)


class RefusedError(Exception):
    """An answer with an error's status, as huggingface_hub raises one."""

    def __init__(self, status: int, url: str = "https://hub/api/datasets", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.response = SimpleNamespace(status_code=status, url=url, headers=named)


def sender(*ends: Any) -> Callable[[], Any]:
    """Ends each call as it is told: by an error, or with a value."""
    left = list(ends)

    def send() -> Any:
        end = left.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    return send


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_passes_is_sent_again(status: int) -> None:
    assert repeat(sender(RefusedError(status), RefusedError(status), "done"), POLICY, sleep=lambda _: None) == "done"


@pytest.mark.parametrize(
    "err", [ValueError("no"), *(RefusedError(status) for status in (400, 401, 403, 404, 409, 412, 501))]
)
def test_what_does_not_pass_is_sent_once(err: Exception) -> None:
    with pytest.raises(type(err)):
        repeat(sender(err, "done"), POLICY, sleep=lambda _: None)


def test_it_is_sent_so_often_and_not_more() -> None:
    pauses: list[float] = []
    with pytest.raises(RefusedError) as err:
        repeat(sender(*(RefusedError(503, number=str(number)) for number in range(4))), POLICY, sleep=pauses.append)
    assert err.value.response.headers == {"number": "2"}
    assert len(pauses) == 2


def test_a_lost_answer_may_have_been_a_success() -> None:
    found = iter([None, "found"])
    send = sender(RefusedError(504), RefusedError(504), "sent twice")
    assert repeat(send, POLICY, before_repeat=lambda: next(found), sleep=lambda _: None) == "found"


def test_what_the_hub_asks_for_is_waited_for_instead() -> None:
    pauses: list[float] = []
    send = sender(RefusedError(503, retry_after="7"), RefusedError(429, ratelimit='"api";r=0;t=9'), "done")
    assert repeat(send, POLICY, sleep=pauses.append) == "done"
    assert pauses == [7, 9]


@pytest.mark.parametrize(("asked", "left", "is_waited_for"), [("59", None, True), ("60", None, False), ("9", 5, False)])
def test_a_wait_that_is_too_long_is_not_begun(asked: str, left: float | None, is_waited_for: bool) -> None:
    send = sender(RefusedError(503, retry_after=asked), "done")

    def run() -> Any:
        return repeat(send, POLICY, sleep=lambda _: None)

    if left is not None:
        with limits(Limits(POLICY, RateLimit(), Deadline(left))), pytest.raises(RefusedError):
            run()
    elif is_waited_for:
        assert run() == "done"
    else:
        with pytest.raises(RefusedError):
            run()


def test_errors_of_the_connection() -> None:
    library = http()
    kinds = {
        library.ConnectError: (True, False),
        library.ConnectTimeout: (True, False),
        library.ReadTimeout: (True, True),
        library.RemoteProtocolError: (True, True),
        library.UnsupportedProtocol: (False, False),
    }
    assert {kind: (is_passing(kind("x")), was_lost(kind("x"))) for kind in kinds} == kinds


def test_what_the_library_has_repeated_is_not_repeated_again() -> None:
    assert not is_passing(RefusedError(503, "https://hub/api/datasets/a/b/preupload/main"))


@pytest.mark.parametrize(
    ("err", "is_lost"),
    [
        (OutOfTimeError(), True),
        (WrongAnswerError("odd"), True),
        (RefusedError(408), True),
        (RefusedError(504), True),
        (RefusedError(503), False),
        (RefusedError(409), False),
        (ValueError(), False),
        (KeyboardInterrupt(), False),
    ],
)
def test_what_may_have_been_done_without_an_answer(err: BaseException, is_lost: bool) -> None:
    assert was_lost(err) == is_lost


@pytest.mark.parametrize(
    ("err", "seconds"),
    [
        (RefusedError(503, retry_after="2.5"), 2.5),
        (RefusedError(429, retry_after="3", ratelimit='"api";r=0;t=9'), 3),
        (RefusedError(429, ratelimit='"api";r=0;t=9'), 9),
        (RefusedError(503, ratelimit='"api";r=0;t=9'), None),
        (RefusedError(503, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), None),
        (RefusedError(503, retry_after="-1"), None),
        (RefusedError(503, retry_after="٣"), None),
        (RefusedError(503, retry_after="1" * 10), None),
        (ValueError(), None),
    ],
)
def test_how_long_the_hub_asks_to_wait(err: Exception, seconds: float | None) -> None:
    assert asked_wait(err) == seconds


def test_status() -> None:
    assert status_of(RefusedError(404)) == 404
    assert status_of(ValueError()) is None
    assert status_of(RefusedError("404")) is None  # type: ignore[arg-type]
