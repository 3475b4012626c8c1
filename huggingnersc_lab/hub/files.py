"""Reading a file of a repository."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import quote

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.repeats import repeat
from huggingnersc_lab.hub.requests import get

MAX_FILE_BYTES = 10 * 1024 * 1024
"""A larger file, be it a card, is not read: what is published here has a few KiB, a script 1 MiB at most."""

_COMMIT = "X-Repo-Commit"
_SHA = re.compile(r"[0-9a-f]{40}")


def read_file(
    hub_url: str, repo_id: str, path_in_repo: str, revision: str, token: str | bool | None, policy: Policy
) -> bytes:
    """A file's content at a commit; raises what huggingface_hub and its HTTP library raise.

    ``hf_hub_download`` asks twice, repeats by rules of its own, and takes a Hub that is down for a missing file.

    Raises:
        WrongAnswerError: what comes is not of the repository, as a page to sign in to a network is not.
    """
    address = f"{hub_url}/datasets/{repo_id}/resolve/{quote(revision, safe='')}/{quote(path_in_repo)}"
    response = repeat(partial(get, address, token), policy)
    # A large file comes from elsewhere, to which the Hub's own answer leads.
    commits = [found for part in (*response.history, response) if (found := part.headers.get(_COMMIT))]
    if not commits or (_SHA.fullmatch(revision) and commits[0] != revision):
        raise WrongAnswerError("it does not say of which commit the file is")
    return bytes(response.content)
