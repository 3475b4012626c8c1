"""Reads the Hub's lists page by page.

``HfApi`` reads a list to its end, and stops at the first row that it cannot parse; here the number of rows is limited,
and each row is returned as sent by the Hub.
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
    """The rows of a list; raises the errors of huggingface_hub and its HTTP library.

    Args:
        address: URL of the first page.
        token: access token; False for none.
        policy: retries of each page.
        most: maximum number of rows.

    Raises:
        WrongAnswerError: a page is not a list, or the next one is on another host, which must not get the token.
    """
    page: str | None = address
    left = most
    while page is not None and left > 0:
        response = repeat(partial(get, page, token), policy)
        rows = read_json(response)
        if not isinstance(rows, list):
            raise WrongAnswerError("it is not a JSON array")
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
