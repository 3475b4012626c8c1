"""Pull requests of a repository, as needed to find and close our own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.repeats import repeat
from huggingnersc_lab.hub.requests import get, read_object

MAX_PAGES = 100
"""Maximum number of pages of discussions to read."""

_STATES = ("open", "closed", "merged", "draft")


def list_pull_requests(repository: str, token: str | bool | None, policy: Policy) -> Iterator[int]:
    """Numbers of the pull requests, newest first.

    Args:
        repository: URL of the repository in the Hub's API.
        token: access token; False for none.
        policy: retries of each page.

    Raises:
        WrongAnswerError: the Hub's response is not a list of discussions.
    """
    for page in range(MAX_PAGES):
        answer = read_object(repeat(partial(get, f"{repository}/discussions?p={page}", token), policy))
        rows, count, start = (answer.get(key) for key in ("discussions", "count", "start"))
        if not isinstance(rows, list) or not isinstance(count, int) or not isinstance(start, int):
            raise WrongAnswerError("the list of discussions is invalid")
        for row in rows:
            number, is_pull_request = (row.get("num"), row.get("isPullRequest")) if isinstance(row, dict) else (0, 0)
            if not isinstance(number, int) or not isinstance(is_pull_request, bool) or number < 1:
                raise WrongAnswerError("the list of discussions contains an invalid entry")
            if is_pull_request:
                yield number
        if not rows or start + len(rows) >= count:
            return


def state_of_pull_request(repository: str, number: int, token: str | bool | None, policy: Policy) -> str:
    """``open``, ``draft``, ``closed`` or ``merged``; raises the errors of :func:`list_pull_requests`."""
    answer = read_object(repeat(partial(get, f"{repository}/discussions/{number}", token), policy))
    status = answer.get("status")
    if status not in _STATES or not isinstance(status, str):
        raise WrongAnswerError("it does not contain the state of the pull request")
    return status
