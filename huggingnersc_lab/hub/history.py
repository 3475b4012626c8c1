"""The commits of a repository, and their file trees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from huggingnersc_lab.hub.answers import WrongAnswerError, moment_of
from huggingnersc_lab.hub.paging import read_rows
from huggingnersc_lab.hub.policy import Policy

MAX_NODES = 2000
"""Maximum number of entries listed for a folder."""

LONGEST = 1000
"""Maximum length of a title, in characters."""

_SHA = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Revision:
    """A commit.

    Attributes:
        sha: its hash.
        title: first line of its message.
        date: commit date, ISO 8601 in UTC.
        authors: names of its authors.
    """

    sha: str
    title: str
    date: str
    authors: tuple[str, ...]

    @classmethod
    def from_row(cls, row: object) -> Revision | None:
        """Parse a row of ``GET /api/datasets/ID/commits/REVISION``; None if it is invalid."""
        if not isinstance(row, Mapping):
            return None
        sha, title, date, authors = (row.get(key) for key in ("id", "title", "date", "authors"))
        moment = _in_utc(date)
        if not isinstance(sha, str) or not _SHA.fullmatch(sha) or moment is None:
            return None
        names = (item.get("user") for item in authors if isinstance(item, Mapping)) if isinstance(authors, list) else ()
        return cls(
            sha=sha,
            title=" ".join(title[:LONGEST].split()) if isinstance(title, str) else "",
            date=moment,
            authors=tuple(name for name in names if isinstance(name, str) and name),
        )


def _in_utc(date: object) -> str | None:
    moment = moment_of(date) if isinstance(date, str) else None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None


@dataclass(frozen=True)
class Node:
    """A file or folder at a commit.

    Attributes:
        path: its path in the repository.
        oid: changes whenever its content changes.
        is_folder: whether it is a folder.
        size: size of a file in bytes.
    """

    path: str
    oid: str
    is_folder: bool
    size: int

    @classmethod
    def from_row(cls, row: object) -> Node:
        """Parse a row of ``GET /api/datasets/ID/tree/REVISION``; raises ``WrongAnswerError`` if it is invalid."""
        if isinstance(row, Mapping):
            path, oid, kind, size = (row.get(key) for key in ("path", "oid", "type", "size"))
            if isinstance(path, str) and path and isinstance(oid, str) and oid and isinstance(kind, str):
                return cls(path, oid, kind == "directory", size if isinstance(size, int) else 0)
        raise WrongAnswerError("the list of files contains an invalid entry")


def list_revisions(url: str, repo_id: str, token: str | bool | None, policy: Policy, most: int) -> Iterator[Revision]:
    """The newest commits of ``main``, newest first; invalid rows are omitted.

    Raises:
        WrongAnswerError: no row is valid, although every repository has a commit.
    """
    address = f"{url}/api/datasets/{repo_id}/commits/main?{urlencode({'limit': most})}"
    is_empty = True
    for row in read_rows(address, token, policy, most):
        if (revision := Revision.from_row(row)) is not None:
            is_empty = False
            yield revision
    if is_empty:
        raise WrongAnswerError("the list of commits contains no commit")


def list_folder(repository: str, revision: str, path: str, token: str | bool | None, policy: Policy) -> Iterator[Node]:
    """The content of a folder at a commit, up to :data:`MAX_NODES` entries.

    Args:
        repository: URL of the repository in the Hub's API.
        revision: the commit.
        path: the folder; empty for the root.
        token: access token; False for none.
        policy: retries of each page.

    Raises:
        WrongAnswerError: the Hub's response is not a list of files.
    """
    address = f"{repository}/tree/{revision}" + (f"/{quote(path)}" if path else "")
    return map(Node.from_row, read_rows(address, token, policy, MAX_NODES))
