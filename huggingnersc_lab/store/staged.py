"""An unfinished publication in the catalog: a hidden folder next to its final place, created by any user.

``.NAME.staging/`` contains ``plan.json`` (the steps to do), ``journal.jsonl`` (the steps done, one JSON object per
line, each fsynced before the next step), ``owner-N`` (who works on it; N grows with each take-over), ``idle-N`` (that
owner has stopped) and ``files/`` (the entry's new folder). It is created with one rename, so it is complete or does not
exist, and since renaming onto a non-empty folder fails, it also claims the name.

Until the entry is in place, only its owner can write to it. So a user's own staging contains only what they put there.
Everybody else's is untrusted input.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.durable import storage_errors
from huggingnersc_lab.store.entry import RECORD_FILE
from huggingnersc_lab.store.journal import MAX_BYTES, Facts, read_journal, read_plan
from huggingnersc_lab.store.owner import Owner, account_of
from huggingnersc_lab.store.prepare import JOURNAL_FILE, PLAN_FILE
from huggingnersc_lab.store.refusals import of_another, taken_over
from huggingnersc_lab.store.swap import is_of, staging_name

if TYPE_CHECKING:
    from typing_extensions import Self

at_work: set[tuple[int, int]] = set()
"""Stagings, by device and inode, owned by a thread of this process: from outside, all have the same owner."""

at_work_lock = threading.Lock()

_OWNER = re.compile(r"owner-([1-9][0-9]{0,5})")
_MOST_NAMES = 10_000


class Staged:
    """An unfinished publication, kept open: if somebody replaces it, this one is still used.

    Args:
        root: the catalog's root folder.
        name: the dataset's nickname.
        opened: descriptor of its folder; closed with this object.

    Attributes:
        root: the catalog's root folder.
        name: the dataset's nickname.
        folder: its path.
        final: the future path of its entry.
        plan: JSON values that describe the steps.
        facts: the entries of its journal.
        account: Unix account that owns the folder.
        key: device and inode of the folder.
        is_own: whether it belongs to the user, and nobody else could have written to it.
        etag: changes whenever its owner, its plan or its journal changes.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged.
    """

    def __init__(self, root: Path, name: str, opened: int) -> None:
        self.root = root
        self.name = name
        self.folder = root / staging_name(name)
        self.final = root / name
        self._opened = opened
        weakref.finalize(self, os.close, opened)
        status = os.fstat(opened)
        self.key = status.st_dev, status.st_ino
        self._uid = status.st_uid
        self.account = account_of(status.st_uid)
        (plan, of_plan), (journal, of_journal) = map(self._read, (PLAN_FILE, JOURNAL_FILE))
        self.plan = read_plan(plan)
        self.facts: Facts = read_journal(journal)
        self.is_own = all(map(is_ours_alone, (status, of_plan, of_journal)))
        self.etag = hashlib.sha256(b"%d\n%b\n%b" % (status.st_uid, plan, journal)).hexdigest()[:32]

    def _read(self, file_name: str) -> tuple[bytes, os.stat_result]:
        found = tree.read_at(self._opened, file_name, MAX_BYTES)
        if found is None:
            raise tree.UnsafeError(f"there is no {file_name}")
        return found

    @classmethod
    def read(cls, root: Path, name: str, *more: Any) -> Self | None:
        """The unfinished publication of that name; None if there is none.

        Args:
            root: the catalog's root folder.
            name: the dataset's nickname.
            more: additional arguments of a subclass.

        Raises:
            CatalogError: ``forbidden`` if it is not readable, ``conflict`` if it is damaged.
        """
        folder = root / staging_name(name)
        try:
            with storage_errors("read an unfinished publication"), tree.open_root(str(root)) as above:
                opened = tree.open_folder_at(above, folder.name)
                return None if opened is None else cls(root, name, opened, *more)
        except CatalogError as err:
            if err.code == "not_found":  # just closed
                return None
            if err.code != "forbidden":
                raise
            raise of_another(folder, name) from err
        except ValueError as err:
            detail = f"The unfinished publication '{folder}' is damaged: {err}. The curator can remove that folder."
            raise CatalogError("conflict", detail) from err

    @property
    def publish_id(self) -> str:
        """Links the commit on the Hub, the journal and the record."""
        return str(self.plan["publish_id"])

    def fact(self, step: str) -> dict[str, Any] | None:
        """The journal entry of a step; None if it was not reached."""
        return self.facts.get(step)

    def owner(self) -> Owner | None:
        """Who is working on it, or last worked on it."""
        return self._last_owner()[1]

    def worker(self) -> Owner | None:
        """Who is working on it now; None if nobody is."""
        number, owner = self._last_owner()
        if self.key in at_work:
            return owner
        try:
            is_idle = tree.status_at(self._opened, f"idle-{number}") is not None
            journal = tree.status_at(self._opened, JOURNAL_FILE)
        except OSError:
            return None
        if owner is None or owner == Owner.this() or is_idle or journal is None:
            return None
        return owner if owner.works(time.time() - journal.st_mtime, self._uid) else None

    def _last_owner(self) -> tuple[int, Owner | None]:
        try:
            names = tree.names_at(self._opened, _MOST_NAMES)
            number = max((int(match[1]) for name in names if (match := _OWNER.fullmatch(name))), default=0)
            link = tree.link_at(self._opened, f"owner-{number}") if number else None
            return number, Owner.parse(link)
        except (OSError, tree.UnsafeError):
            return 0, None

    def read_again(self) -> None:
        """Read the journal again."""
        self.facts = read_journal(self._read(JOURNAL_FILE)[0])

    def duplicate(self) -> int:
        """Another descriptor of its folder."""
        return os.dup(self._opened)

    def read_part(self, part: str) -> dict[str, tuple[bytes, os.stat_result]] | None:
        """All files of a folder in it with their stat results; None if the folder does not exist.

        In an old entry, folders and links are ignored; in the publication itself they are not allowed.

        Raises:
            OSError: one cannot be read.
            ValueError: one is not a regular file, or too large.
        """
        folder = tree.open_folder_at(self._opened, part)
        if folder is None:
            return None
        try:
            files, damaged = tree.read_all_at(folder)
            is_former = RECORD_FILE in files and not is_of(files[RECORD_FILE][0], self.publish_id)
            for name, reason in damaged.items():
                status = tree.status_at(folder, name)
                if not is_former or (status is not None and stat.S_ISREG(status.st_mode)):
                    raise tree.UnsafeError(reason)
            return files
        finally:
            os.close(folder)

    def require_there(self, above: int) -> None:
        """Raise ``conflict`` if another folder, or none, has its name in the open root by now."""
        if tree.inode_at(above, self.folder.name) != self.key[1]:
            raise taken_over(self.name, None)

    @contextmanager
    def reading(self, action: str) -> Iterator[None]:
        """Convert errors raised within."""
        try:
            with storage_errors(action):
                yield
        except ValueError as err:
            detail = f"Could not {action}: {err} ('{self.folder}'). Nothing was sent."
            raise CatalogError("conflict", f"{detail} The curator can remove that folder.") from err


def is_ours_alone(status: os.stat_result) -> bool:
    """Whether a file or folder belongs to the user, has no second link, and nobody else can write to it."""
    is_single = stat.S_ISDIR(status.st_mode) or status.st_nlink == 1
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022 and is_single
