"""A bare git repository: reads revisions and trees, writes commits.

Heads are updated by compare-and-swap under git's own lock file, objects are on disk before a head
refers to them, and nothing is kept in memory: a server killed at any moment leaves a repository
that is valid for git.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from dulwich.index import commit_tree
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tag, Tree
from dulwich.patch import write_tree_diff
from dulwich.refs import Ref
from dulwich.repo import Repo

from huggingnersc_lab.sandbox.refusals import revision_not_found

from .large import Pointer

MAIN = "main"
_FILE_MODE = 0o100644
_FOLDER_MODE = 0o040000
_SHA = re.compile(r"[0-9a-f]{7,40}")
_Kind = TypeVar("_Kind", bound=ShaFile)


@dataclass(frozen=True)
class Entry:
    """A file or a folder of a tree."""

    path: str
    oid: str
    mode: int

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.mode == _FOLDER_MODE


@dataclass(frozen=True)
class CommitInfo:
    """The metadata of a commit."""

    oid: str
    title: str
    message: str
    author: str
    date: datetime
    tree: str
    parents: tuple[str, ...]


class GitRepository:
    """A bare repository below the storage folder."""

    def __init__(self, path: Path) -> None:
        for lock in path.rglob("*.lock"):  # left by a killed server; only one serves a storage
            lock.unlink(missing_ok=True)
        self._repo = Repo(str(path))

    @classmethod
    def create(cls, path: Path) -> GitRepository:
        """Creates an empty bare repository in the existing empty folder `path`."""
        repo = Repo.init_bare(str(path), default_branch=MAIN.encode())
        config = repo.get_config()
        config.set((b"core",), b"fsyncObjectFiles", True)
        config.write_to_path()
        repo.close()
        return cls(path)

    # Reading

    def resolve(self, revision: str) -> str:
        """The commit of a branch, tag, ``refs/…`` name or (abbreviated) commit id; refuses an unknown one."""
        for prefix in ("refs/heads/", "refs/tags/", ""):
            name = prefix + revision
            if name.startswith("refs/") and (oid := self._read_ref(name)) is not None:
                return self._peel(oid)
        if _SHA.fullmatch(revision):
            found = set(self._repo.object_store.iter_prefix(revision.encode()))
            commits = [oid for oid in found if isinstance(self._repo[oid], Commit)]
            if len(commits) == 1:
                return commits[0].decode()
        raise revision_not_found(revision)

    def ref(self, name: str) -> str | None:
        """The commit of a full ref name (``refs/heads/main``), None if there is no such ref."""
        oid = self._read_ref(name)
        return None if oid is None else self._peel(oid)

    def refs(self, prefix: str) -> dict[str, str]:
        """All refs below `prefix` (``refs/heads/``) by their remaining name, with their commits."""
        found = self._repo.refs.as_dict(Ref(prefix.rstrip("/").encode()))
        return {name.decode(): self._peel(oid) for name, oid in sorted(found.items())}

    def commit_info(self, oid: str) -> CommitInfo:
        """The commit with id `oid`."""
        commit = self._read(oid, Commit)
        title, _, message = commit.message.decode("utf-8", "replace").partition("\n")
        return CommitInfo(
            oid=oid,
            title=title,
            message=message.strip(),
            author=commit.author.decode("utf-8", "replace").partition(" <")[0],
            date=datetime.fromtimestamp(commit.author_time, timezone.utc),
            tree=commit.tree.decode(),
            parents=tuple(parent.decode() for parent in commit.parents),
        )

    def history(self, oid: str) -> Iterator[CommitInfo]:
        """The commits from `oid` back to the first one, following first parents."""
        following: str | None = oid
        while following is not None:
            info = self.commit_info(following)
            yield info
            following = info.parents[0] if info.parents else None

    def entries(self, commit: str, folder: str = "", *, recursive: bool = False) -> list[Entry] | None:
        """The content of a folder at a commit, in git's order; None if there is no such folder."""
        root = self.entry(commit, folder)
        if root is None or not root.is_folder:
            return None
        found = []
        pending = [(folder, root.oid)]
        while pending:
            base, oid = pending.pop(0)
            for item in self._read(oid, Tree).items():
                name = item.path.decode("utf-8", "surrogateescape")
                entry = Entry(f"{base}/{name}" if base else name, item.sha.decode(), item.mode)
                found.append(entry)
                if recursive and entry.is_folder:
                    pending.append((entry.path, entry.oid))
        return found

    def files(self, commit: str) -> dict[str, Entry]:
        """All files of a commit by path."""
        entries = self.entries(commit, recursive=True) or []
        return {entry.path: entry for entry in entries if not entry.is_folder}

    def entry(self, commit: str, path: str) -> Entry | None:
        """The file or folder at `path` (``""`` is the root) in a commit, None if there is none."""
        entry = Entry("", self.commit_info(commit).tree, _FOLDER_MODE)
        for part in path.split("/") if path else ():
            if not entry.is_folder:
                return None
            try:
                mode, oid = self._read(entry.oid, Tree)[part.encode("utf-8", "surrogateescape")]
            except KeyError:
                return None
            entry = Entry(f"{entry.path}/{part}" if entry.path else part, oid.decode(), mode)
        return entry

    def blob(self, oid: str) -> bytes:
        """The content of a file as stored by git (for a large file, its pointer)."""
        return self._read(oid, Blob).data

    def pointers(self) -> set[Pointer]:
        """All large files named by any commit."""
        store = self._repo.object_store
        blobs = (found.data for oid in store if isinstance(found := store[oid], Blob))
        return {pointer for content in blobs if (pointer := Pointer.parse(content))}

    def last_commits(self, commit: str, paths: set[str]) -> dict[str, CommitInfo]:
        """The newest commit, starting from `commit`, that changed each of `paths`."""
        wanted = {path: self._oid_at(commit, path) for path in paths}
        found: dict[str, CommitInfo] = {}
        for info in self.history(commit):
            parent = info.parents[0] if info.parents else None
            for path in [path for path in wanted if path not in found]:
                if parent is None or self._oid_at(parent, path) != wanted[path]:
                    found[path] = info
            if len(found) == len(wanted):
                break
        return found

    def diff(self, before: str | None, after: str) -> str:
        """The changes between two commits (None: the empty one), as a git diff."""
        output = BytesIO()
        old = None if before is None else ObjectID(self.commit_info(before).tree.encode())
        new = ObjectID(self.commit_info(after).tree.encode())
        write_tree_diff(output, self._repo.object_store, old, new)
        return output.getvalue().decode("utf-8", "replace")

    # Writing

    def add_blob(self, content: bytes) -> str:
        """Stores a file's content and returns its object id."""
        blob = Blob.from_string(content)
        self._repo.object_store.add_object(blob)
        return blob.id.decode()

    def add_commit(
        self,
        files: Mapping[str, Entry],
        parents: tuple[str, ...],
        author: str,
        title: str,
        message: str,
    ) -> str:
        """Stores a commit that contains exactly `files` and returns its id. No ref moves yet."""
        blobs = [
            (path.encode("utf-8", "surrogateescape"), ObjectID(entry.oid.encode()), entry.mode)
            for path, entry in files.items()
        ]
        commit = Commit()
        commit.tree = commit_tree(self._repo.object_store, blobs)
        commit.parents = [ObjectID(parent.encode()) for parent in parents]
        commit.author = commit.committer = f"{author} <{author}@users.noreply.invalid>".encode()
        commit.author_time = commit.commit_time = int(time.time())
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        commit.message = f"{title}\n\n{message}".strip().encode() + b"\n"
        self._repo.object_store.add_object(commit)
        return commit.id.decode()

    def copy_commit(self, oid: str, files: Mapping[str, Entry], parents: tuple[str, ...]) -> str:
        """Stores a commit like another, of the same author, time and words, with other files and parents."""
        old = self._read(oid, Commit)
        info = self.commit_info(oid)
        copy = self._read(self.add_commit(files, parents, info.author, info.title, info.message), Commit)
        copy.author, copy.committer = old.author, old.committer
        copy.author_time, copy.commit_time = old.author_time, old.commit_time
        self._repo.object_store.add_object(copy)
        return copy.id.decode()

    def move_ref(self, name: str, expected: str | None, oid: str) -> bool:
        """Updates a ref to `oid` if it is still `expected` (None: absent); returns whether it did."""
        ref, target = Ref(name.encode()), ObjectID(oid.encode())
        if expected is None:
            return self._repo.refs.add_if_new(ref, target)
        return self._repo.refs.set_if_equals(ref, ObjectID(expected.encode()), target)

    def delete_ref(self, name: str) -> None:
        """Deletes a branch or tag."""
        self._repo.refs.remove_if_equals(Ref(name.encode()), None)

    def close(self) -> None:
        """Closes the open files."""
        self._repo.close()

    # Inside

    def _read(self, oid: str, kind: type[_Kind]) -> _Kind:
        found = self._repo[ObjectID(oid.encode())]
        if not isinstance(found, kind):
            raise TypeError(f"git object {oid} is not a {kind.__name__}")
        return found

    def _oid_at(self, commit: str, path: str) -> str | None:
        entry = self.entry(commit, path)
        return None if entry is None else entry.oid

    def _read_ref(self, name: str) -> ObjectID | None:
        try:
            return self._repo.refs[Ref(name.encode())]
        except (KeyError, ValueError):  # RefFormatError is a ValueError
            return None

    def _peel(self, oid: ObjectID) -> str:
        found = self._repo[oid]
        while isinstance(found, Tag):
            found = self._repo[found.object[1]]
        return found.id.decode()


def new_file(path: str, oid: str) -> Entry:
    """A regular, non-executable file."""
    return Entry(path, oid, _FILE_MODE)
