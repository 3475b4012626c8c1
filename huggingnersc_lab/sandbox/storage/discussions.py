"""Discussions and pull requests: one JSON file each, next to the git repository."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from huggingnersc_lab.private_files import write_private
from huggingnersc_lab.sandbox.refusals import not_found

from .repositories import Repository, now

Discussion = dict[str, Any]
"""As stored: num, title, status, author, createdAt, isPullRequest, events; for a pull request also
base, baseCommit and, once merged, mergeCommit."""


def pr_ref(num: int) -> str:
    """The git ref of a pull request."""
    return f"refs/pr/{num}"


def next_num(repository: Repository) -> int:
    """The number of the next discussion; refs count too, in case a crash has left one without a discussion."""
    numbers = [int(path.stem) for path in _folder(repository).glob("*.json")]
    numbers += [int(name) for name in repository.git.refs("refs/pr/")]
    return max(numbers, default=0) + 1


def create(
    repository: Repository,
    num: int,
    *,
    author: str,
    title: str,
    description: str,
    base: tuple[str, str] | None,
    status: str,
) -> Discussion:
    """Opens a discussion; with `base` (branch and commit), a pull request."""
    discussion: Discussion = {
        "num": num,
        "title": title,
        "status": status,
        "author": author,
        "createdAt": now(),
        "isPullRequest": base is not None,
        "events": [],
    }
    if base is not None:
        discussion["base"], discussion["baseCommit"] = base
    add_event(discussion, "comment", author, comment_data(description))
    save(repository, discussion)
    return discussion


def load(repository: Repository, num: int) -> Discussion:
    """The discussion with this number; refuses with 404 if there is none."""
    try:
        content: Discussion = json.loads((_folder(repository) / f"{num}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise not_found(f"There is no discussion #{num} in {repository.id}") from None
    return content


def load_all(repository: Repository) -> list[Discussion]:
    """All discussions, newest first."""
    numbers = sorted((int(path.stem) for path in _folder(repository).glob("*.json")), reverse=True)
    return [load(repository, num) for num in numbers]


def save(repository: Repository, discussion: Discussion) -> None:
    """Stores a discussion durably."""
    path = _folder(repository) / f"{discussion['num']}.json"
    write_private(path, json.dumps(discussion, indent=1).encode())


def add_event(discussion: Discussion, kind: str, author: str, data: dict[str, Any]) -> dict[str, Any]:
    """Appends an event to a discussion; kinds: comment, status-change, commit, title-change."""
    event = {
        "id": uuid.uuid4().hex[:24],
        "type": kind,
        "createdAt": now(),
        "author": {"name": author},
        "data": data,
    }
    discussion["events"].append(event)
    return event


def comment_data(text: str) -> dict[str, Any]:
    """The data of a comment event, in the Hub's format."""
    latest = {"raw": text, "html": "", "updatedAt": now(), "author": {"name": ""}}
    return {"edited": False, "hidden": False, "latest": latest, "history": [], "numEdits": 0}


def _folder(repository: Repository) -> Path:
    return repository.folder / "discussions"
