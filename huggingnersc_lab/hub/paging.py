"""Lists of the Hub, page after page, over the HTTP client that huggingface_hub keeps.

``HfApi`` reads a list to its end, and stops at the first row that it cannot make an object of; here one takes as many
rows as one wants, each as the Hub sent it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from huggingnersc_lab._version import __version__
from huggingnersc_lab.hub.transport import Policy, repeat


def read_rows(address: str, token: str | bool | None, policy: Policy, most: int) -> Iterator[Any]:
    """The rows of a list; raises what huggingface_hub and its HTTP library raise.

    Args:
        address: of the first page.
        token: access token; False for none.
        policy: repeats of each page.
        most: so many rows are read at most.

    Raises:
        ValueError: a page is no list, or the next one is of another host, which the token is not for.
    """
    page: str | None = address
    left = most
    while page is not None and left > 0:
        response = repeat(partial(get, page, token), policy)
        rows = response.json()
        if not isinstance(rows, list):
            raise ValueError("what should be a list is none")  # noqa: TRY004 - of an answer, not of an argument
        yield from rows[:left]
        left -= len(rows)
        page = response.links.get("next", {}).get("url") if rows else None
        if page is not None and urlsplit(page)[:2] != urlsplit(address)[:2]:
            raise ValueError("the next page of the list is on another host")


def get(address: str, token: str | bool | None) -> Any:
    """The response; raises what huggingface_hub and its HTTP library raise."""
    from huggingface_hub import get_session
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]

    headers = build_hf_headers(token=token, library_name="huggingnersc_lab", library_version=__version__)
    response = get_session().get(address, headers=headers)
    hf_raise_for_status(response)
    return response
