"""An unfinished publication owned by this process; created by :mod:`huggingnersc_lab.store.claim`."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.durable import Rights, remove_at, storage_errors, sync_folder, write_at
from huggingnersc_lab.store.journal import checked
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.prepare import JOURNAL_FILE
from huggingnersc_lab.store.refusals import taken_over
from huggingnersc_lab.store.staged import Staged, at_work, at_work_lock, is_ours_alone
from huggingnersc_lab.store.swap import FILES, holds, swap_in, swap_out


class Staging(Staged):
    """A claimed name with everything to be published under it.

    Args:
        root: the catalog's root folder.
        name: the dataset's nickname.
        opened: descriptor of its folder.
        rights: returns the permissions of the entry, once it is in place.

    Attributes:
        contents: content of the staged files.
    """

    def __init__(self, root: Path, name: str, opened: int, rights: Callable[[], Rights]) -> None:
        super().__init__(root, name, opened)
        self._rights = rights
        self.contents: dict[str, bytes] = {}

    def load_contents(self) -> None:
        """Read the files that may still need to be sent.

        Raises:
            CatalogError: ``conflict`` if one cannot be read, or others could write to it.
        """
        is_sent = self.fact("commit") is not None
        if is_sent and self.fact("undo") is None:
            return
        with self.reading(f"read the files of '{self.name}'"):
            files = self.read_part(FILES) or {}
            for name, (content, status) in files.items():
                if is_ours_alone(status):
                    self.contents[name] = content
                elif not is_sent:
                    raise tree.UnsafeError(f"others could write to '{name}'")

    def become_owner(self) -> None:
        """Register this process as the owner; raises ``FileExistsError`` if another was faster."""
        Owner.this().write(f"owner-{self._last_owner()[0] + 1}", self._opened)

    def release(self) -> None:
        """Stop working on it; others may take it over, even while this process is running."""
        with at_work_lock:
            at_work.discard(self.key)
        number, owner = self._last_owner()
        if owner == Owner.this():
            with suppress(OSError):  # closed, or a full disk: it is then free when this process ends
                flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
                os.close(os.open(f"idle-{number}", flags, 0o600, dir_fd=self._opened))

    def note(self, step: str, **facts: object) -> None:
        """Add a step to the journal, durably.

        Raises:
            CatalogError: ``conflict`` if somebody else has taken over the seemingly abandoned publication;
            ``upstream`` for values that a journal cannot store, which only a Hub can have sent.
        """
        try:
            known = checked(step, facts)
        except ValueError as err:
            raise CatalogError("upstream", f"The Hub's response cannot be stored: {err}.") from err
        self._append({"step": step, "at": time.time(), **known})
        self.facts[step] = known

    def forget(self, step: str) -> None:
        """Mark a step as not done, since its effect is gone."""
        self._append({"step": step, "at": time.time(), "forgotten": True})
        self.facts.pop(step, None)

    def _append(self, entry: Mapping[str, object]) -> None:
        self.require_held()
        line = json.dumps(entry).encode() + b"\n"
        with storage_errors(f"record a step of publishing '{self.name}'"):
            flags = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            with os.fdopen(os.open(JOURNAL_FILE, flags, dir_fd=self._opened), "ab") as stream:
                # A line cut off by a crash is kept: this one starts on a new line.
                stream.write(b"\n" + line if stream.tell() else line)
                stream.flush()
                os.fsync(stream.fileno())

    def record(self) -> bytes | None:
        """``record.json`` as staged; None once the files are in their final place, if nothing was there before."""
        with self.reading(f"read the record of '{self.name}'"):
            folder = tree.open_folder_at(self._opened, FILES)
            if folder is None:
                return None
            try:
                found = tree.read_at(folder, "record.json")
            finally:
                os.close(folder)
            return None if found is None else found[0]

    def replace_file(self, file_name: str, content: bytes) -> None:
        """Replace a file before they are swapped in."""
        with self.reading(f"write '{file_name}' of '{self.name}'"):
            folder = tree.open_folder_at(self._opened, FILES)
            if folder is None:
                raise tree.UnsafeError("its files are gone")
            try:
                write_at(folder, file_name, content, self._rights().guarded)
            finally:
                os.close(folder)

    def swap_in(self) -> None:
        """Move the files to their final place; the previous ones stay in ``files`` until the staging is closed.

        Running it again after a crash at any point completes it.
        """
        self.require_held()
        with self.reading(f"add '{self.name}' to the catalog"), tree.open_root(str(self.root)) as above:
            if holds(self._opened, FILES, self.publish_id):
                self._open_up(self._rights())
            swap_in(self._opened, above, self.name, self.publish_id)

    def _open_up(self, rights: Rights) -> None:
        """Give the files the catalog's permissions: everything has been sent."""
        folder = tree.open_folder_at(self._opened, FILES)
        if folder is None:
            return
        try:
            for name in tree.names_at(folder):
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
        self.require_held()
        with self.reading(f"remove '{self.name}' from the catalog"), tree.open_root(str(self.root)) as above:
            swap_out(self._opened, above, self.name, self.publish_id)

    def require_held(self) -> None:
        """Check that it still owns the publication: after a long silence, somebody else may have taken it over."""
        with storage_errors(f"check '{self.name}' in the catalog"), tree.open_root(str(self.root)) as above:
            self.require_there(above)
        owner = self.owner()
        if owner != Owner.this():
            raise taken_over(self.name, owner)

    @property
    def is_there(self) -> bool:
        """Whether it has been neither closed nor taken over."""
        try:
            with tree.open_root(str(self.root)) as above:
                return tree.inode_at(above, self.folder.name) == self.key[1]
        except OSError:
            return False

    def close(self) -> None:
        """Remove the staging; the name is free again."""
        with storage_errors(f"clean up after '{self.name}'"), tree.open_root(str(self.root)) as above:
            remove_at(self.root, above, self.folder.name, self.key[1])
            with at_work_lock:
                at_work.discard(self.key)
            sync_folder(above)


def regain(root: Path, name: str, publish_id: object, rights: Callable[[], Rights]) -> Staging | None:
    """The staging that this very process has claimed for a publication; None if it no longer exists."""
    found = Staging.read(root, name, rights)
    is_it = found is not None and found.is_own and found.publish_id == publish_id and found.owner() == Owner.this()
    return found if is_it else None
