"""The folder of a bundle: written under a hidden name, resumed if its process was killed, shown by one rename."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from huggingnersc_lab.channels.drive.mail import Archive
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors

NOTE = "bundle"
"""The ledger's note: ``{target, folder, inode, archives}``, of a bundle being written or the one written last."""

_HIDDEN = ".partial"
_FORMER = ".former"
_NOTHING_LEFT = "Nothing was kept of it."


class BundleFolder:
    """A bundle being written.

    The ledger holds its hidden name, and each archive that is complete, so that a later run takes them over; and so it
    does with the bundle that was written last, since what is made twice of the same data is the same.

    Args:
        target: where the bundle is going to be.
        ledger: the channel's ledger of the dataset.
    """

    def __init__(self, target: Path, ledger: Ledger) -> None:
        self.target = target
        self._ledger = ledger
        self._note: dict[str, Any] = {}
        self._former: Mapping[str, Any] | None = None
        self.folder = target

    def open(self, *, replace: bool = False) -> None:
        """Go on where a run that was killed has stopped, else begin a new folder.

        Args:
            replace: whether a new one is begun although the last one is in place.

        Raises:
            CatalogError: ``conflict`` for something else in its place, ``not_found`` or ``forbidden`` if the folder for
                bundles is not there or cannot be written.
        """
        noted = self._ledger.get(NOTE)
        if isinstance(noted, dict) and noted.get("inode") is not None:
            hidden = Path(str(noted.get("target"))).with_name(str(noted.get("folder")))
            is_same = noted.get("target") == str(self.target)
            if is_same and noted["inode"] == _inode(hidden):
                self._note, self.folder = noted, hidden
                return
            if is_same and noted["inode"] == _inode(self.target):
                if not replace:
                    self._note = noted
                    return
                self._former = noted
        if isinstance(noted, dict) and self._former is None:
            self._discard(noted)
        if not _is_folder(self.target.parent):
            detail = (
                f"There is no folder '{self.target.parent}' here. Nothing was made. "
                "Run it where that folder is mounted, or choose another folder."
            )
            raise CatalogError("not_found", detail)
        if os.path.lexists(self.target) and not replace:
            raise taken(self.target)
        self.folder = self.target.with_name(f".{self.target.name[:200]}.{secrets.token_hex(4)}{_HIDDEN}")
        self._note = {"target": str(self.target), "folder": self.folder.name, "archives": {}}
        self._ledger.note(**{NOTE: self._note})
        with storage_errors(f"make a folder in '{self.target.parent}'", "Nothing was made."):
            self.folder.mkdir(mode=0o700)
        self._note["inode"] = _inode(self.folder)
        self._ledger.note(**{NOTE: self._note})

    @property
    def is_shown(self) -> bool:
        """Whether it is in its place: an earlier run has completed it."""
        return self.folder == self.target

    def finished(self, file_name: str, digest: str) -> Archive | None:
        """An archive of the same members that an earlier run has completed."""
        noted: Mapping[str, Any] = self._note["archives"].get(file_name, {})
        if noted.get("digest") != digest:
            return None
        try:
            status = (self.folder / file_name).lstat()
        except OSError:
            return None
        is_whole = stat.S_ISREG(status.st_mode) and status.st_size == noted["archive"]["size"]
        return Archive(**noted["archive"]) if is_whole and status.st_uid == os.geteuid() else None

    def note(self, archive: Archive, digest: str) -> None:
        """Write down that an archive is complete."""
        self._note["archives"][archive.file_name] = {"digest": digest, "archive": asdict(archive)}
        self._ledger.note(**{NOTE: self._note})

    def write(self, file_name: str, content: bytes) -> None:
        """Write a small file."""
        path = self.folder / file_name
        with storage_errors(f"write '{path}'", _NOTHING_LEFT):
            path.unlink(missing_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            path.chmod(0o644)

    def keep_only(self, names: set[str]) -> None:
        """Remove what an earlier run has left of another form."""
        with storage_errors(f"tidy up '{self.folder}'"):
            for path in self.folder.iterdir():
                if path.name not in names:
                    path.unlink()

    def show(self, *, replace: bool) -> None:
        """Give it its name, readable for everybody.

        Args:
            replace: whether a bundle that is there is removed.

        Raises:
            CatalogError: ``conflict`` if one is there that may not be replaced.
        """
        if self.is_shown:
            return
        former = None
        with storage_errors(f"write '{self.target}'", _NOTHING_LEFT):
            self.folder.chmod(0o755)
            if os.path.lexists(self.target):
                if not replace:
                    raise taken(self.target)
                former = self.target.with_name(f"{self.folder.name}{_FORMER}")
                self.target.rename(former)
            self.folder.rename(self.target)
            _sync(self.target.parent)
        self.folder = self.target
        if former is not None:
            _remove(former)

    def forget(self) -> None:
        """Remove what is unfinished."""
        if not self.is_shown:
            self._discard(self._note)
            self._ledger.note(**{NOTE: self._former})

    def _discard(self, noted: Mapping[str, Any]) -> None:
        """Remove the hidden folders of a note."""
        hidden = Path(str(noted.get("target"))).with_name(str(noted.get("folder")))
        if hidden.name.endswith(_HIDDEN) and noted.get("inode") in (None, _inode(hidden)):
            _remove(hidden)
        _remove(hidden.with_name(f"{hidden.name}{_FORMER}"))


def taken(target: Path) -> CatalogError:
    """That something is in the place of a bundle."""
    detail = f"'{target}' is there already, and was left as it is. Choose another folder, or to replace it."
    return CatalogError("conflict", detail)


def _inode(path: Path) -> int | None:
    """The number of a folder of one's own; None for anything else."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_ino if stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() else None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _remove(folder: Path) -> None:
    """Remove a folder of one's own."""
    if _inode(folder) is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
