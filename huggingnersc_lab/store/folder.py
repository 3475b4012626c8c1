"""Reads and writes the catalog's root folder."""

from __future__ import annotations

import grp
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.claim import NOT_FREE, claim, take_over
from huggingnersc_lab.store.durable import Rights, discard, remove_at, storage_errors, sync_folder
from huggingnersc_lab.store.prepare import is_abandoned, is_mine, prepared
from huggingnersc_lab.store.records import Reader, Records
from huggingnersc_lab.store.staged import Staged
from huggingnersc_lab.store.staging import Staging, regain


class Store(Records):
    """The catalog's root folder.

    Args:
        root: the folder; must exist for writing.
        directory_mode: permission bits of an entry's folder.
        file_mode: permission bits of its files.
        group: Unix group for them; the root's own if None, provided you are a member.
        reader: accesses the file system.
    """

    def __init__(
        self, root: Path, directory_mode: int, file_mode: int, group: str | None = None, reader: Reader = tree
    ) -> None:
        super().__init__(root, reader)
        self._modes = (directory_mode, file_mode)
        self._group = group

    @property
    def is_writable(self) -> bool:
        """Whether the user can write to the catalog."""
        return os.access(self.root, os.W_OK | os.X_OK)

    def check_writable(self) -> None:
        """Raise ``not_found`` or ``forbidden`` if the catalog is not writable."""
        self.check_root()
        if not self.is_writable:
            raise CatalogError(
                "forbidden",
                f"You do not have write permission for the catalog '{self.root}'. Nothing was created.",
                hints=[Hint("ask_curator")],
            )

    def stage(self, name: str, files: Mapping[str, bytes], plan: Mapping[str, Any]) -> Staging:
        """Claim ``name`` with its files and the plan; see :meth:`Staging.claim`."""
        self.check_writable()
        self.sweep(name)
        return claim(self.root, name, files, plan, self._rights())

    def take_over(self, staged: Staged, *, seen: str | None = None) -> Staging:
        """Continue what a stopped process left; see :func:`huggingnersc_lab.store.claim.take_over`."""
        return take_over(staged, self._rights, seen=seen)

    def regain(self, name: str, publish_id: str) -> Staging | None:
        """The staging that this process has claimed for a publication; None if it no longer exists."""
        return regain(self.root, name, publish_id, self._rights)

    def add(self, name: str, files: Mapping[str, bytes]) -> None:
        """Add an entry that involves nothing outside the catalog, with one rename.

        Raises:
            CatalogError: ``conflict`` if the name is taken.
        """
        self.check_writable()
        self.sweep(name)
        taken = f"'{name}' is already in the catalog, or is being published. Nothing was changed."
        if self.has_staging(name):
            raise CatalogError("conflict", taken)
        with storage_errors(f"add '{name}' to the catalog"), prepared(self.root, name) as fresh:
            fresh.write_entry("files", files, self._rights())
            try:
                fresh.move(name, part="files")
            except OSError as err:
                if err.errno not in NOT_FREE:
                    raise
                raise CatalogError("conflict", taken) from err
            sync_folder(fresh.above)

    def _rights(self) -> Rights:
        if self._group is None:
            group = self.root.stat().st_gid
            mine = os.geteuid() == 0 or group in (os.getegid(), *os.getgroups())
            return Rights(*self._modes, group if mine else None)
        try:
            group = grp.getgrnam(self._group).gr_gid
        except KeyError as err:
            detail = f"The catalog's files should belong to the group '{self._group}', which does not exist here."
            raise CatalogError("forbidden", f"{detail} Nothing was created. Tell the curator.") from err
        if os.geteuid() != 0 and group not in (os.getegid(), *os.getgroups()):
            detail = f"The catalog's files should belong to the group '{self._group}', which you are not in."
            raise CatalogError("forbidden", f"{detail} Nothing was created. Ask the curator to add you.")
        return Rights(*self._modes, group)

    def remove(self, name: str) -> None:
        """Remove an entry atomically."""
        with storage_errors(f"remove '{name}' from the catalog"), tree.open_root(str(self.root)) as above:
            remove_at(self.root, above, name)

    def sweep(self, name: str) -> None:
        """Remove what this user's killed processes left before claiming ``name`` or after closing it."""
        gone = re.compile(rf"\.{re.escape(name)}(\.[^/]*)?\.[0-9a-f]{{8}}\.gone")
        new = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]{{8}}\.new")
        for each in self._list()[0]:
            if not each.startswith(f".{name}."):
                continue
            is_left = gone.fullmatch(each) or (new.fullmatch(each) and is_abandoned(self.root, each))
            if is_left and is_mine(self.root, each):
                discard(self.root / each)
