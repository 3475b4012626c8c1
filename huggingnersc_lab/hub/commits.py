"""Sends files in one commit, and finds a commit that was sent."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from huggingnersc_lab.hub.answers import Commit, WrongAnswerError
from huggingnersc_lab.hub.discussions import list_pull_requests
from huggingnersc_lab.hub.failures import of_library
from huggingnersc_lab.hub.paging import read_rows
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.transport import adopt, current

if TYPE_CHECKING:
    from huggingface_hub import HfApi

MAX_COMMITS = 10_000
"""Maximum number of commits to search for one of ours."""

_OID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def send_commit(
    api: HfApi,
    repo_id: str,
    files: Mapping[str, bytes],
    deleted: Collection[str],
    *,
    title: str,
    publish_id: str,
    parent: str,
    create_pr: bool,
) -> Commit:
    """Create a commit; see :meth:`huggingnersc_lab.hub.Hub.commit`. Raises the errors of huggingface_hub.

    Raises:
        WrongAnswerError: the Hub's response is not a commit, or not a new one.
    """
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    operations: list[Any] = [
        *(CommitOperationAdd(path, _Content(content)) for path, content in files.items()),
        *(CommitOperationDelete(path, is_folder=False) for path in deleted),
    ]
    with of_library():
        info = api.create_commit(
            repo_id,
            operations,
            commit_message=title,
            commit_description=_description(publish_id),
            repo_type="dataset",
            parent_commit=parent,
            create_pr=create_pr,
        )
    # Despite huggingface_hub's type hints: it passes them on unchecked.
    oid, url, pull_request, pull_request_url = (
        getattr(info, name, None) for name in ("oid", "commit_url", "pr_num", "pr_url")
    )
    if not isinstance(oid, str) or not _OID.fullmatch(oid) or not _is_address(url):
        raise WrongAnswerError("the commit is invalid")
    if oid == parent:
        raise WrongAnswerError("it created no commit")
    if not create_pr:
        return Commit(oid, str(url))
    if not isinstance(pull_request, int) or not _is_address(pull_request_url):
        raise WrongAnswerError("the pull request is invalid")
    return Commit(oid, str(url), pull_request, str(pull_request_url))


def find_commit(
    hub_url: str, repo_id: str, publish_id: str, token: str | bool | None, policy: Policy, *, in_pull_requests: bool
) -> Commit | None:
    """The commit (or pull request) sent with ``publish_id``; None if none was stored.

    Raises:
        WrongAnswerError: one of the lists to search is invalid.
    """
    repository, page = f"{hub_url}/api/datasets/{repo_id}", f"{hub_url}/datasets/{repo_id}"
    if not in_pull_requests:
        oid = _find(repository, "main", publish_id, token, policy)
        return None if oid is None else Commit(oid, f"{page}/commit/{oid}")
    for number in list_pull_requests(repository, token, policy):
        oid = _find(repository, f"refs/pr/{number}", publish_id, token, policy)
        if oid is not None:
            url = f"{page}/discussions/{number}"
            return Commit(oid, url, number, url)
    return None


def _find(repository: str, revision: str, publish_id: str, token: str | bool | None, policy: Policy) -> str | None:
    wanted = _description(publish_id)
    for oid, message in _messages(repository, revision, token, policy):
        if wanted in message.splitlines():
            return oid
    return None


def _messages(repository: str, revision: str, token: str | bool | None, policy: Policy) -> Iterator[tuple[str, str]]:
    """Hash and message of the commits, newest first. Fails on an unreadable commit, which may be the wanted one."""
    is_empty = True
    for row in read_rows(f"{repository}/commits/{quote(revision, safe='')}", token, policy, MAX_COMMITS):
        is_empty = False
        oid, title, message = (row.get(key) if isinstance(row, dict) else None for key in ("id", "title", "message"))
        if not (isinstance(oid, str) and _OID.fullmatch(oid) and isinstance(title, str) and isinstance(message, str)):
            raise WrongAnswerError("the list of commits contains an invalid entry")
        yield oid, f"{title}\n{message}"
    if is_empty:
        raise WrongAnswerError("the list of commits is empty")


def _description(publish_id: str) -> str:
    return f"Publish id: {publish_id}"


def _is_address(text: object) -> bool:
    return isinstance(text, str) and text.isprintable() and text.startswith(("https://", "http://"))


class _Content(io.BytesIO):
    """A file's content, which cannot be read, and thus sent, once the caller has stopped waiting for the commit."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._limits = current()

    def read(self, size: int | None = -1, /) -> bytes:
        if self._limits is not None:
            adopt(self._limits)  # huggingface_hub sends large files in its own threads
            self._limits.deadline.require()
        return super().read(size)
