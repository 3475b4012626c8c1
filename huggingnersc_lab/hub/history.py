"""The commits of a repository, and the trees of files they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from huggingnersc_lab.hub.answers import WrongAnswerError, moment_of
from huggingnersc_lab.hub.paging import read_rows
from huggingnersc_lab.hub.policy import Policy

MAX_NODES = 2000
"""So many files and folders of a folder are listed."""

LONGEST = 1000
"""So many characters of a title are kept."""

_SHA = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Revision:
    """A commit.

    Attributes:
        sha: its hash.
        title: first line of its message.
        date: when it was made, ISO 8601 in UTC.
        authors: names of those who made it.
    """

    sha: str
    title: str
    date: str
    authors: tuple[str, ...]

    @classmethod
    def from_row(cls, row: object) -> Revision | None:
        """From a row of ``GET /api/datasets/ID/commits/REVISION``; None for what is no commit."""
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
        path: where it is in the repository.
        oid: differs whenever what is in it does.
        is_folder: whether it is a folder.
        size: bytes of a file.
    """

    path: str
    oid: str
    is_folder: bool
    size: int

    @classmethod
    def from_row(cls, row: object) -> Node:
        """From a row of ``GET /api/datasets/ID/tree/REVISION``; raises ``WrongAnswerError`` for what is neither."""
        if isinstance(row, Mapping):
            path, oid, kind, size = (row.get(key) for key in ("path", "oid", "type", "size"))
            if isinstance(path, str) and path and isinstance(oid, str) and oid and isinstance(kind, str):
                return cls(path, oid, kind == "directory", size if isinstance(size, int) else 0)
        raise WrongAnswerError("the list of files has something in it that is no file")


def list_revisions(url: str, repo_id: str, token: str | bool | None, policy: Policy, most: int) -> Iterator[Revision]:
    """The newest commits of ``main``, the newest first; a row that is none is left out.

    Raises:
        WrongAnswerError: none of the rows is a commit, of which every repository has one.
    """
    address = f"{url}/api/datasets/{repo_id}/commits/main?{urlencode({'limit': most})}"
    is_empty = True
    for row in read_rows(address, token, policy, most):
        if (revision := Revision.from_row(row)) is not None:
            is_empty = False
            yield revision
    if is_empty:
        raise WrongAnswerError("there is no commit in the list of commits")


def list_folder(repository: str, revision: str, path: str, token: str | bool | None, policy: Policy) -> Iterator[Node]:
    """What lies in a folder of a commit, the first :data:`MAX_NODES` of it.

    Args:
        repository: address of the repository in the Hub's API.
        revision: the commit.
        path: the folder; empty for the uppermost.
        token: access token; False for none.
        policy: repeats of each page.

    Raises:
        WrongAnswerError: what the Hub answers is no list of files.
    """
    address = f"{repository}/tree/{revision}" + (f"/{quote(path)}" if path else "")
    return map(Node.from_row, read_rows(address, token, policy, MAX_NODES))
