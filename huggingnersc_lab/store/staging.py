"""One unfinished publication: a hidden folder beside its final place, with a journal of what was done.

``.NAME.staging/`` holds ``plan.json`` (what is to be done), ``journal.jsonl`` (what was done, one JSON object a line,
each fsynced before the next step), ``owner-N`` (who works on it; N grows with each take-over), ``idle-N`` (that owner
has stopped) and ``files/`` (the entry's folder as it is going to be). It comes into being by one rename, so it is
whole or not there, and since a rename onto a folder that is not empty fails, it is also the claim on the name.

Until the entry is put in its place only its owner may write to it. So what a person finds in a staging of their own is
what they put there. Everybody else's is other people's input: it is shown first, and whoever takes it over goes on
with a copy that is theirs alone.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.durable import (
    PRIVATE,
    Rights,
    discard,
    exchange,
    remove_folder,
    storage_errors,
    sync_folder,
    write_file,
)
from huggingnersc_lab.store.journal import MAX_BYTES, Facts, dump_journal, read_journal, read_plan
from huggingnersc_lab.store.owner import Owner, account_of
from huggingnersc_lab.store.prepare import (
    JOURNAL_FILE,
    PLAN_FILE,
    make_unclaimed,
    unclaimed,
    write_entry,
    write_notes,
)
from huggingnersc_lab.store.refusals import claimed, of_another
from huggingnersc_lab.store.swap import ASIDE, FILES, holds, staging_name, swap_in, swap_out

if TYPE_CHECKING:
    from collections.abc import Iterator

_at_work: set[tuple[int, int]] = set()
"""Stagings, by device and inode, that a thread of this process works on: to the outside all have the same owner."""
_at_work_lock = threading.Lock()


class Staging:
    """A claimed name with everything that is going to be published under it; made by :meth:`claim` and :meth:`read`.

    Attributes:
        root: the catalog's root folder.
        name: the dataset's nickname.
        plan: JSON values that say what is to be done.
        contents: content of the staged files, while this process works on it.
        account: Unix account that the folder belongs to.
        key: device and inode of the folder.
        is_own: whether it is this person's, and nobody else could have written to it.
    """

    def __init__(self, root: Path, name: str, opened: int, rights: Callable[[], Rights]) -> None:
        self.root = root
        self.name = name
        self.folder = root / staging_name(name)
        self.final = root / name
        self.contents: dict[str, bytes] = {}
        self._rights = rights
        self._hold(opened)
        self._load()

    def _hold(self, opened: int) -> None:
        """Keep the folder open: whatever others put in its place, this one is meant."""
        self._opened = opened
        self._closing = weakref.finalize(self, os.close, opened)

    def _load(self) -> None:
        status = os.fstat(self._opened)
        self.key = status.st_dev, status.st_ino
        self._uid = status.st_uid
        self.account = account_of(status.st_uid)
        plan, journal = (tree.read_at(self._opened, file_name, MAX_BYTES) for file_name in (PLAN_FILE, JOURNAL_FILE))
        if plan is None or journal is None:
            raise tree.UnsafeError(f"there is no {PLAN_FILE if plan is None else JOURNAL_FILE}")
        self.plan = read_plan(plan[0])
        self._facts: Facts = read_journal(journal[0])
        self.is_own = all(map(_is_ours_alone, (status, plan[1], journal[1])))

    @property
    def publish_id(self) -> str:
        """Ties the commit on the Hub, the journal and the record together."""
        return str(self.plan["publish_id"])

    @classmethod
    def read(cls, root: Path, name: str, rights: Callable[[], Rights]) -> Staging | None:
        """The unfinished publication of that name; None where there is none.

        Raises:
            CatalogError: ``forbidden`` when it may not be read, ``conflict`` when it is damaged.
        """
        folder = root / staging_name(name)
        try:
            with storage_errors("read an unfinished publication"), tree.open_root(str(root)) as above:
                opened = tree.open_folder_at(above, folder.name)
                return None if opened is None else cls(root, name, opened, rights)
        except CatalogError as err:
            if err.code == "not_found":  # closed just now
                return None
            if err.code != "forbidden":
                raise
            raise of_another(folder, name) from err
        except ValueError as err:
            detail = f"The unfinished publication '{folder}' is damaged: {err}. Its curator can remove that folder."
            raise CatalogError("conflict", detail) from err

    @classmethod
    def claim(
        cls, root: Path, name: str, files: Mapping[str, bytes], plan: Mapping[str, Any], rights: Rights
    ) -> Staging:
        """Write everything beside the entry's final place and claim its name by one rename.

        Args:
            root: the catalog's root folder.
            name: the entry's nickname.
            files: its files.
            plan: JSON values that say what is to be done; ``publish_id`` is among them.
            rights: of the entry, once it is in its place.

        Raises:
            CatalogError: ``conflict`` when somebody else holds the name, ``storage`` or ``forbidden`` when it
                cannot be written.
        """
        folder = root / staging_name(name)
        fresh = unclaimed(root, name)
        try:
            with storage_errors(f"prepare '{name}' in the catalog"):
                make_unclaimed(fresh)
                write_entry(fresh / FILES, files, rights.guarded)
                write_notes(fresh, plan, b"", rights)
                key = _key_of(fresh)
                with _at_work_lock:
                    _at_work.add(key)
                try:
                    fresh.rename(folder)
                except OSError as err:
                    with _at_work_lock:
                        _at_work.discard(key)
                    if err.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                        raise
                    raise _taken(root, name) from err
                sync_folder(root)
        except BaseException:
            remove_folder(fresh)
            raise
        found = cls.read(root, name, lambda: rights)
        if found is None or found.key != key:
            raise CatalogError("conflict", f"'{folder}' was taken away just now. Nothing was sent. Try again.")
        found.contents = dict(files)
        return found

    def take_over(self, *, of_others: bool = False) -> None:
        """Become the owner of what a stopped process left.

        Args:
            of_others: go on with somebody else's as well, with a copy of it that is this person's.

        Raises:
            CatalogError: ``conflict`` when its owner still works, or somebody else took it over first; ``forbidden``
                when it is somebody else's and ``of_others`` does not say so.
        """
        with _at_work_lock, self._reading(f"take over '{self.name}'"):
            if self.worker() is not None:
                raise _taken(self.root, self.name)
            if self.is_own:
                self._take_own()
            elif of_others:
                self._take_copy()
            else:
                raise of_another(self.folder, self.name)
            _at_work.add(self.key)
        with self._reading(f"read '{self.name}'"):
            self._facts = read_journal(self._read_own(JOURNAL_FILE))
            self.contents = self._staged()

    def _take_own(self) -> None:
        try:
            Owner.this().write(f"owner-{self._owner()[0] + 1}", folder=self._opened)
        except FileExistsError as err:
            raise _taken(self.root, self.name) from err

    def _take_copy(self) -> None:
        """Put a copy in its place that is ours; the original goes as far as we may remove it."""
        rights = self._rights()
        fresh = unclaimed(self.root, self.name)
        try:
            make_unclaimed(fresh)
            for part in (FILES, ASIDE):
                if (files := self._all_of(part)) is not None:
                    write_entry(fresh / part, files, rights.guarded)
            write_notes(fresh, self.plan, dump_journal(self._facts), rights)
            with tree.open_root(str(self.root)) as above:
                self._require_there(above)
                if not exchange(above, fresh.name, above, self.folder.name):
                    away = f".{self.folder.name[1:]}.{fresh.name.split('.')[-2]}.gone"
                    os.rename(self.folder.name, away, src_dir_fd=above, dst_dir_fd=above)
                    os.rename(fresh.name, self.folder.name, src_dir_fd=above, dst_dir_fd=above)
                    discard(self.root / away)
                opened = tree.open_folder_at(above, self.folder.name)
                os.fsync(above)
        finally:
            remove_folder(fresh)
        if opened is None:
            raise _taken(self.root, self.name)
        self._closing()
        self._hold(opened)
        self._load()
        if not self.is_own:
            raise CatalogError("conflict", f"'{self.folder}' was exchanged for another one just now. Look at it again.")

    def _all_of(self, part: str) -> dict[str, bytes] | None:
        found = tree.read_folder(str(self.root), (self.folder.name, part))
        if found is None:
            return None
        files, damaged = found
        for reason in damaged.values():
            raise tree.UnsafeError(reason)
        return files

    def _staged(self) -> dict[str, bytes]:
        """The files that may still have to be sent; those of ours that nobody else could write to."""
        folder = tree.open_folder_at(self._opened, FILES)
        if folder is None or self.fact("commit") is not None:
            if folder is not None:
                os.close(folder)
            return {}
        try:
            contents = {}
            for name in tree.describe_at(folder):
                found = tree.read_at(folder, name)
                if found is not None and not _is_ours_alone(found[1]):
                    raise tree.UnsafeError(f"others could write to '{name}'")
                if found is not None:
                    contents[name] = found[0]
            return contents
        finally:
            os.close(folder)

    def _read_own(self, file_name: str) -> bytes:
        found = tree.read_at(self._opened, file_name, MAX_BYTES)
        if found is None:
            raise tree.UnsafeError(f"there is no {file_name}")
        return found[0]

    @contextmanager
    def _reading(self, action: str) -> Iterator[None]:
        try:
            with storage_errors(action):
                yield
        except ValueError as err:
            detail = f"Could not {action}: {err} ('{self.folder}'). Nothing was sent."
            raise CatalogError("conflict", f"{detail} Its curator can remove that folder.") from err

    def release(self) -> None:
        """Stop working on it; whoever wants may take it over, also while this process lives on."""
        with _at_work_lock:
            _at_work.discard(self.key)
        with suppress(OSError):  # closed, or a full disk: then it is free when this process ends
            number, owner = self._owner()
            if owner == Owner.this():
                flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
                os.close(os.open(f"idle-{number}", flags, 0o600, dir_fd=self._opened))

    def owner(self) -> Owner | None:
        """Who works on it, or worked on it last."""
        return self._owner()[1]

    def worker(self) -> Owner | None:
        """Who works on it now; None when it lies idle."""
        try:
            number, owner = self._owner()
            if self.key in _at_work:
                return owner
            is_idle = tree.found_at(self._opened, f"idle-{number}") is not None
            journal = tree.found_at(self._opened, JOURNAL_FILE)
        except OSError:
            return None
        if owner is None or owner == Owner.this() or is_idle or journal is None:
            return None
        return owner if owner.works(time.time() - journal.mtime, self._uid) else None

    def _owner(self) -> tuple[int, Owner | None]:
        names = {int(match[1]): match[0] for name in _names(self._opened) if (match := _OWNER.fullmatch(name))}
        number = max(names, default=0)
        found = tree.found_at(self._opened, names[number]) if names else None
        return number, Owner.parse(found.target) if found else None

    def fact(self, step: str) -> dict[str, Any] | None:
        """What the journal holds of a step; None when it was not reached."""
        return self._facts.get(step)

    def note(self, step: str, **facts: object) -> None:
        """Enter a step into the journal; it is on the disk when this returns.

        Raises:
            CatalogError: ``conflict`` when somebody else has taken over what seemed abandoned.
        """
        self._require_held()
        line = json.dumps({"step": step, "at": time.time(), **facts}).encode() + b"\n"
        with storage_errors(f"note a step of publishing '{self.name}'"):
            flags = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            with os.fdopen(os.open(JOURNAL_FILE, flags, dir_fd=self._opened), "ab") as stream:
                # A line that a crash tore stays alone: this one starts anew.
                stream.write(b"\n" + line if stream.tell() else line)
                stream.flush()
                os.fsync(stream.fileno())
        self._facts[step] = facts

    def record(self) -> bytes | None:
        """``record.json`` as it is staged; None once the files are in their final place, where nothing stood before."""
        with self._reading(f"read the record of '{self.name}'"):
            folder = tree.open_folder_at(self._opened, FILES)
            if folder is None:
                return None
            try:
                found = tree.read_at(folder, "record.json")
            finally:
                os.close(folder)
            return None if found is None else found[0]

    def replace_file(self, file_name: str, content: bytes) -> None:
        """Change one of the files before they are swapped in."""
        with self._reading(f"write '{file_name}' of '{self.name}'"):
            folder = tree.open_folder_at(self._opened, FILES)
            if folder is None:
                raise tree.UnsafeError("its files are gone")
            try:
                write_file(file_name, content, self._rights().guarded, folder=folder)
            finally:
                os.close(folder)

    def swap_in(self) -> None:
        """Put the files in their final place; what was there before stays in ``files`` until the staging is closed.

        Running it again after a crash at any point completes it.
        """
        self._require_held()
        with self._reading(f"put '{self.name}' into the catalog"), tree.open_root(str(self.root)) as above:
            if holds(self._opened, FILES, self.publish_id):
                self._open_up(self._rights())
            swap_in(self._opened, above, self.name, self.publish_id)

    def _open_up(self, rights: Rights) -> None:
        """Give the files the rights that the catalog's have: all that is sent was sent."""
        folder = tree.open_folder_at(self._opened, FILES)
        if folder is None:
            return
        try:
            for name in _names(folder):
                descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
                try:
                    rights.give(descriptor, rights.file_mode)
                finally:
                    os.close(descriptor)
            rights.give(folder, rights.directory_mode)
            sync_folder(folder)
        finally:
            os.close(folder)

    def swap_out(self) -> None:
        """Undo :meth:`swap_in`, from any point of it; running it again after a crash completes it."""
        self._require_held()
        with self._reading(f"take '{self.name}' out of the catalog"), tree.open_root(str(self.root)) as above:
            swap_out(self._opened, above, self.name, self.publish_id)

    def _require_held(self) -> None:
        """A process that was silent for long may find somebody else in its place, and must not go on."""
        with storage_errors(f"look at '{self.name}' in the catalog"), tree.open_root(str(self.root)) as above:
            self._require_there(above)
            owner = self.owner()
        if owner != Owner.this():
            raise self._taken_over(owner)

    def _require_there(self, above: int) -> None:
        """Raise ``conflict`` when another folder, or none, has the staging's name by now."""
        found = tree.found_at(above, self.folder.name)
        if found is None or found.inode != self.key[1]:
            raise self._taken_over(None)

    def _taken_over(self, owner: Owner | None) -> CatalogError:
        detail = f"'{self.name}' was taken over by {owner or 'somebody else'}, who goes on with it."
        return CatalogError("conflict", detail, hints=[Hint("look_again", self.name)])

    @property
    def is_there(self) -> bool:
        """Whether it has not been closed."""
        return os.path.lexists(self.folder)

    def close(self) -> None:
        """Remove the staging; the name is free again."""
        with storage_errors(f"clean up after '{self.name}'"):
            remove_folder(self.folder)
            with _at_work_lock:
                _at_work.discard(self.key)
            sync_folder(self.root)


_OWNER = re.compile(r"owner-([0-9]{1,6})")


def _is_ours_alone(status: os.stat_result) -> bool:
    """Whether a file or folder is this person's, has no second name, and nobody else may write to it."""
    is_single = stat.S_ISDIR(status.st_mode) or status.st_nlink == 1
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022 and is_single


def _key_of(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _taken(root: Path, name: str) -> CatalogError:
    """Why a name cannot be had."""
    try:
        staging = Staging.read(root, name, lambda: PRIVATE)
        worker, last = (staging.worker(), staging.owner()) if staging else (None, None)
    except (CatalogError, OSError):  # not for our eyes
        worker = last = None
    return claimed(name, worker, last)


def _names(folder: int) -> list[str]:
    return list(tree.describe_at(folder))
