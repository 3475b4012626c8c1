"""The large files of a whole repository, in whatever revision, and taking some of them out of its history."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from .git import MAIN, Entry, GitRepository
from .large import Pointer


@dataclass(frozen=True)
class LargeFile:
    """A content that some revision names.

    Attributes:
        oid: its SHA-256.
        size: its length in bytes.
        filename: a path that it has, of maybe several.
        ref: the ref in whose history it was found first; ``main`` is looked at before the others.
        pushed_at: when the oldest commit with it there was made.
    """

    oid: str
    size: int
    filename: str
    ref: str
    pushed_at: datetime


def list_large_files(git: GitRepository) -> list[LargeFile]:
    """Every large file that a branch, tag or pull request has or had, each content once."""
    found: dict[str, LargeFile] = {}
    for ref, head in _heads(git):
        for commit in reversed(list(git.history(head))):
            for path, pointer in _pointers(git, commit.oid):
                if pointer.oid not in found:
                    found[pointer.oid] = LargeFile(pointer.oid, pointer.size, path, ref, commit.date)
    return list(found.values())


def take_out(git: GitRepository, oids: Collection[str]) -> bool:
    """Rewrite every ref so that no commit has these contents any more; returns whether any had."""
    rewritten: dict[str, str] = {}
    for ref, head in _heads(git):
        parents: tuple[str, ...] = ()
        is_changed = False
        for commit in reversed(list(git.history(head))):
            if commit.oid not in rewritten:
                gone = {path for path, pointer in _pointers(git, commit.oid) if pointer.oid in oids}
                files = git.files(commit.oid)
                kept: dict[str, Entry] = {path: entry for path, entry in files.items() if path not in gone}
                is_same = not gone and commit.parents[:1] == parents
                rewritten[commit.oid] = commit.oid if is_same else git.copy_commit(commit.oid, kept, parents)
            is_changed |= rewritten[commit.oid] != commit.oid
            parents = (rewritten[commit.oid],)
        if is_changed:
            git.move_ref(ref, head, rewritten[head])
    return any(old != new for old, new in rewritten.items())


def _heads(git: GitRepository) -> Iterator[tuple[str, str]]:
    """Every ref by its full name with its commit, the main branch first."""
    for prefix in ("refs/heads/", "refs/tags/", "refs/pr/"):
        names = git.refs(prefix)
        for name in sorted(names, key=lambda name: (name != MAIN, name)):
            yield prefix + name, names[name]


def _pointers(git: GitRepository, commit: str) -> Iterator[tuple[str, Pointer]]:
    for path, entry in git.files(commit).items():
        if pointer := Pointer.parse(git.blob(entry.oid)):
            yield path, pointer
