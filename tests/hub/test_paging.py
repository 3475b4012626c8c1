"""Lists of the Hub, page after page."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.paging import read_rows
from tests.hub.conftest import QUICK


def pages(between: Any, *answers: tuple[Any, str | None]) -> None:
    left = list(answers)

    def rule(_: Any) -> Any:
        rows, following = left.pop(0)
        return between.reply(rows, **({"Link": f'<{following}>; rel="next"'} if following else {}))

    between.rule = rule


def read(between: Any, most: int = 100) -> list[Any]:
    return list(read_rows(f"{between.url}/list", False, QUICK, most))


def test_rows_of_all_pages_whatever_they_are(between: Any) -> None:
    pages(between, ([1, None], f"{between.url}/list?p=1"), ([{"a": []}], None))
    assert read(between) == [1, None, {"a": []}]
    assert [seen.path for seen in between.seen] == ["/list", "/list?p=1"]


@pytest.mark.parametrize(("most", "count"), [(0, 0), (1, 1), (2, 1), (3, 2)])
def test_no_more_pages_than_needed_are_asked_for(most: int, count: int, between: Any) -> None:
    pages(between, ([1, 2], f"{between.url}/b"), ([3, 4], f"{between.url}/c"))
    assert read(between, most) == [1, 2, 3, 4][:most]
    assert len(between.seen) == count


def test_a_page_without_rows_is_the_last(between: Any) -> None:
    pages(between, ([], f"{between.url}/b"))
    assert read(between) == []


@pytest.mark.parametrize("answer", [{}, "a", 7, None])
def test_a_page_that_is_no_list(answer: Any, between: Any) -> None:
    pages(between, ([1], f"{between.url}/b"), (answer, None))
    with pytest.raises(WrongAnswerError, match="not a JSON array"):
        read(between)


@pytest.mark.parametrize("following", ["http://127.0.0.2:1/b", "https://{host}/b", "/b", "http://[::1", "http://a:b/"])
def test_the_next_page_is_at_the_same_place(following: str, between: Any) -> None:
    host = between.url.partition("//")[2]
    pages(between, ([1], following.format(host=host)))
    with pytest.raises(WrongAnswerError, match="on another host"):
        read(between)
    assert len(between.seen) == 1


def test_each_page_is_asked_for_again_when_it_fails(between: Any) -> None:
    answers = [(500, {}), (200, [1])]

    def rule(_: Any) -> Any:
        status, rows = answers.pop(0)
        return between.reply(rows, status)

    between.rule = rule
    assert read(between) == [1]
    assert len(between.seen) == 2
