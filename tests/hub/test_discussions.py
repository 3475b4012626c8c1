"""Pull requests of a repository."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.discussions import MAX_PAGES, list_pull_requests, state_of_pull_request
from tests.hub.conftest import QUICK

PULL, TALK = ({"num": 3, "isPullRequest": True}, {"num": 2, "isPullRequest": False})


def numbers(between: Any) -> list[int]:
    return list(list_pull_requests(f"{between.url}/api/datasets/NERSC/sky", False, QUICK))


def pages(between: Any, *answers: Any) -> None:
    left = list(answers)
    between.rule = lambda _: between.reply(left.pop(0))


def test_pull_requests_of_all_pages(between: Any) -> None:
    pages(
        between,
        {"discussions": [{"num": 4, "isPullRequest": True}, PULL], "count": 4, "start": 0},
        {"discussions": [TALK, {"num": 1, "isPullRequest": True}], "count": 4, "start": 2},
    )
    assert numbers(between) == [4, 3, 1]
    assert [seen.path.rpartition("/")[2] for seen in between.seen] == ["discussions?p=0", "discussions?p=1"]


def test_a_page_without_any_is_the_last(between: Any) -> None:
    pages(between, {"discussions": [], "count": 7, "start": 0})
    assert numbers(between) == []


def test_a_list_without_an_end_has_one_here(between: Any) -> None:
    between.rule = lambda _: between.reply({"discussions": [PULL], "count": 10**9, "start": 0})
    assert len(numbers(between)) == MAX_PAGES == len(between.seen)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"discussions": {}, "count": 1, "start": 0},
        {"discussions": [], "count": "1", "start": 0},
        {"discussions": [], "count": 1},
    ],
)
def test_no_list_of_discussions(answer: Any, between: Any) -> None:
    pages(between, answer)
    with pytest.raises(WrongAnswerError, match="the list of discussions is invalid"):
        numbers(between)


@pytest.mark.parametrize(
    "row",
    [None, {}, {"num": "1", "isPullRequest": True}, {"num": 1, "isPullRequest": 1}, {"num": 0, "isPullRequest": True}],
)
def test_something_that_is_no_discussion(row: Any, between: Any) -> None:
    pages(between, {"discussions": [PULL, row], "count": 2, "start": 0})
    with pytest.raises(WrongAnswerError, match="list of discussions contains an invalid entry"):
        numbers(between)


@pytest.mark.parametrize("status", ["open", "closed", "merged", "draft"])
def test_how_a_pull_request_stands(status: str, between: Any) -> None:
    pages(between, {"status": status})
    assert state_of_pull_request(f"{between.url}/api/datasets/NERSC/sky", 7, False, QUICK) == status
    assert between.seen[0].path.endswith("/discussions/7")


@pytest.mark.parametrize("answer", [{}, {"status": "unheard of"}, {"status": ["open"]}, {"status": None}])
def test_it_does_not_say_how_it_stands(answer: Any, between: Any) -> None:
    pages(between, answer)
    with pytest.raises(WrongAnswerError, match="the state of the pull request"):
        state_of_pull_request(between.url, 7, False, QUICK)
