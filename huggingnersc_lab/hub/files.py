"""Reads a file from a repository."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import quote

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.repeats import repeat
from huggingnersc_lab.hub.requests import get

MAX_FILE_BYTES = 10 * 1024 * 1024
"""Maximum size of a file, including cards: what we publish has a few KiB, a script at most 1 MiB."""

_COMMIT = "X-Repo-Commit"
_SHA = re.compile(r"[0-9a-f]{40}")


def read_file(
    hub_url: str, repo_id: str, path_in_repo: str, revision: str, token: str | bool | None, policy: Policy
) -> bytes:
    """A file's content at a commit; raises the errors of huggingface_hub and its HTTP library.

    ``hf_hub_download`` sends two requests, has its own retries, and mistakes an unavailable Hub for a missing file.

    Raises:
        WrongAnswerError: the response is not from the repository, such as the login page of a network.
    """
    address = f"{hub_url}/datasets/{repo_id}/resolve/{quote(revision, safe='')}/{quote(path_in_repo)}"
    response = repeat(partial(get, address, token), policy)
    # Large files are on another host, to which the Hub's response redirects.
    commits = [found for part in (*response.history, response) if (found := part.headers.get(_COMMIT))]
    if not commits or (_SHA.fullmatch(revision) and commits[0] != revision):
        raise WrongAnswerError("it does not name the file's commit")
    return bytes(response.content)
