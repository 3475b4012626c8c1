"""The repository whose history is told, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Callable

from huggingnersc_lab.catalog.history.versions import Version
from huggingnersc_lab.sandbox.storage.git import new_file
from huggingnersc_lab.sandbox.storage.repositories import Repositories
from tests.practice_hub import FaultyHub

REPO = "NERSC/sky"
Commit = Callable[..., str]
Look = Callable[..., tuple[Version, ...]]


def card(**members: object) -> str:
    lines = [f"{key}: {json.dumps(value)}" for key, value in members.items()]
    return "\n".join(["---", *lines, "---", "# Sky", ""])


def files(version: Version) -> list[tuple[str, str]]:
    return [(item.path, item.change) for item in version.files or ()]


def push(practice_hub: FaultyHub, text: str) -> None:
    """Commit a card that nobody has looked at before, as one may with git."""
    repositories = Repositories(practice_hub.storage)
    git = repositories.find(REPO).git
    head = git.resolve("main")
    pushed = git.add_commit(
        {"README.md": new_file("README.md", git.add_blob(text.encode()))}, (head,), "me", "Push", ""
    )
    assert git.move_ref("refs/heads/main", head, pushed)
    repositories.close()
