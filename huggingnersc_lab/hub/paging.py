"""Lists of the Hub, page after page.

``HfApi`` reads a list to its end, and stops at the first row that it cannot make an object of; here one takes as many
rows as one wants, each as the Hub sent it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.repeats import repeat
from huggingnersc_lab.hub.requests import get, read_json
from huggingnersc_lab.hub.transport import http


def read_rows(address: str, token: str | bool | None, policy: Policy, most: int) -> Iterator[Any]:
    """The rows of a list; raises what huggingface_hub and its HTTP library raise.

    Args:
        address: of the first page.
        token: access token; False for none.
        policy: repeats of each page.
        most: so many rows are read at most.

    Raises:
        WrongAnswerError: a page is no list, or the next one is of another host, which the token is not for.
    """
    page: str | None = address
    left = most
    while page is not None and left > 0:
        response = repeat(partial(get, page, token), policy)
        rows = read_json(response)
        if not isinstance(rows, list):
            raise WrongAnswerError("what should be a list is none")
        yield from rows[:left]
        left -= len(rows)
        page = response.links.get("next", {}).get("url") if rows else None
        if page is not None and not _is_same_place(page, address):
            raise WrongAnswerError("the next page of the list is on another host")


def _is_same_place(page: str, address: str) -> bool:
    try:
        http().URL(page)
        return urlsplit(page)[:2] == urlsplit(address)[:2]
    except (ValueError, http().InvalidURL):
        return False
