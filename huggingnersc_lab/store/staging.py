"""One unfinished publication: a hidden folder beside its final place, with a journal of what was done.

``.NAME.staging/`` holds ``plan.json`` (what is to be done), ``journal.jsonl`` (what was done, one JSON object a line,
each fsynced before the next step), ``owner-N`` (who works on it; N grows with each take-over), ``idle-N`` (that owner
has stopped) and ``files/`` (the entry's folder as it is going to be). It comes into being by one rename, so it is
whole or not there, and since a rename onto a folder that is not empty fails, it is also the claim on the name.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.files import (
    PRIVATE,
    Rights,
    remove_folder,
    storage_errors,
    sync_folder,
    write_file,
)
from huggingnersc_lab.store.owner import REMOTE_OWNER_SECONDS, Owner
from huggingnersc_lab.store.swapping import swap_in, swap_out

_at_work: set[Path] = set()
"""Stagings that a thread of this process works on: to the outside they all have the same owner."""
_at_work_lock = threading.Lock()


class Staging:
    """A claimed name with everything that is going to be published under it.

    Raises:
        CatalogError: ``not_found`` when it is gone, ``forbidden`` when it may not be read, ``conflict`` when it is
            damaged.
    """

    def __init__(self, folder: Path, final: Path) -> None:
        self.folder = folder
        self.final = final
        self.files = folder / "files"
        try:
            with storage_errors("read an unfinished publication"):
                self.plan: dict[str, Any] = json.loads((folder / "plan.json").read_bytes())
                self._facts = _read_journal(folder / "journal.jsonl")
        except CatalogError as err:
            if err.code != "forbidden":
                raise
            raise _of_another(folder, final.name) from err
        except ValueError as err:
            detail = f"The unfinished publication '{folder}' is damaged: {err}. Its curator can remove that folder."
            raise CatalogError("conflict", detail) from err

    @property
    def name(self) -> str:
        """The dataset's nickname."""
        return self.final.name

    @property
    def publish_id(self) -> str:
        """Ties the commit on the Hub, the journal and the record together."""
        return str(self.plan["publish_id"])

    @classmethod
    def claim(cls, final: Path, files: Mapping[str, bytes], plan: Mapping[str, Any], rights: Rights) -> Staging:
        """Write everything beside ``final`` and claim its name by one rename.

        Args:
            final: the entry's folder in the catalog.
            files: its files.
            plan: JSON values that say what is to be done; ``publish_id`` is among them.
            rights: of all that is written. Who may change the entry may also finish or undo this.

        Raises:
            CatalogError: ``conflict`` when somebody else holds the name, ``storage`` or ``forbidden`` when it
                cannot be written.
        """
        folder = final.with_name(f".{final.name}.staging")
        fresh = unclaimed(final)
        try:
            with storage_errors(f"prepare '{final.name}' in the catalog"):
                make_unclaimed(fresh)
                write_entry(fresh / "files", files, rights)
                write_file(fresh / "plan.json", json.dumps(plan, indent=1).encode(), rights)
                write_file(fresh / "journal.jsonl", b"", rights)
                rights.give(fresh, rights.directory_mode)
                sync_folder(fresh)
                try:
                    fresh.rename(folder)
                except OSError as err:
                    if err.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                        raise
                    raise _claimed(final) from err
                with _at_work_lock:
                    _at_work.add(folder.resolve())
                sync_folder(final.parent)
        except BaseException:
            remove_folder(fresh)
            raise
        return cls(folder, final)

    def take_over(self) -> None:
        """Become the owner of what a stopped process left.

        Raises:
            CatalogError: ``conflict`` when its owner still works, or somebody else took it over first; ``forbidden``
                when it is somebody else's alone.
        """
        with _at_work_lock, storage_errors(f"take over '{self.name}'"):
            if self.worker() is not None:
                raise _claimed(self.final)
            try:
                Owner.this().write(self.folder / f"owner-{self._owner()[0] + 1}")
            except FileExistsError as err:
                raise _claimed(self.final) from err
            except PermissionError as err:
                raise _of_another(self.folder, self.name) from err
            _at_work.add(self.folder.resolve())
        self._facts = _read_journal(self.folder / "journal.jsonl")

    def release(self) -> None:
        """Stop working on it; whoever wants may take it over, also while this process lives on."""
        with _at_work_lock:
            _at_work.discard(self.folder.resolve())
        try:
            number, owner = self._owner()
            if owner == Owner.this():
                (self.folder / f"idle-{number}").touch()
        except OSError:  # closed, or a full disk: then it is free when this process ends
            pass

    def owner(self) -> Owner | None:
        """Who works on it, or worked on it last."""
        return self._owner()[1]

    def worker(self) -> Owner | None:
        """Who works on it now; None when it lies idle."""
        number, owner = self._owner()
        if self.folder.resolve() in _at_work:
            return owner
        if owner is None or owner == Owner.this() or (self.folder / f"idle-{number}").exists():
            return None
        return owner if owner.is_alive(_silence(self.folder / "journal.jsonl"), REMOTE_OWNER_SECONDS) else None

    def _owner(self) -> tuple[int, Owner | None]:
        number = max((int(path.name.rpartition("-")[2]) for path in self.folder.glob("owner-*")), default=0)
        return number, Owner.read(self.folder / f"owner-{number}")

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
        with (
            storage_errors(f"note a step of publishing '{self.name}'"),
            (self.folder / "journal.jsonl").open("ab") as stream,
        ):
            # A line that a crash tore stays alone: this one starts anew.
            stream.write(b"\n" + line if stream.tell() else line)
            stream.flush()
            os.fsync(stream.fileno())
        self._facts[step] = facts

    def replace_file(self, file_name: str, content: bytes) -> None:
        """Change one of the files before they are swapped in."""
        path = self.files / file_name
        with storage_errors(f"write '{file_name}' of '{self.name}'"):
            former = path.stat()
            mode = stat.S_IMODE(former.st_mode)
            write_file(path, content, Rights(mode, mode, former.st_gid))

    def swap_in(self) -> None:
        """Put the files in their final place; what was there before stays in ``files`` until the staging is closed.

        Running it again after a crash at any point completes it.
        """
        self._require_held()
        with storage_errors(f"put '{self.name}' into the catalog"):
            swap_in(self.folder, self.final, self.publish_id)

    def swap_out(self) -> None:
        """Undo :meth:`swap_in`, from any point of it; running it again after a crash completes it."""
        self._require_held()
        with storage_errors(f"take '{self.name}' out of the catalog"):
            swap_out(self.folder, self.final, self.publish_id)

    def _require_held(self) -> None:
        """A process that was silent for long may find somebody else in its place, and must not go on."""
        owner = self.owner()
        if owner != Owner.this():
            detail = f"'{self.name}' was taken over by {owner or 'somebody else'}, who goes on with it."
            raise CatalogError(
                "conflict", f"{detail} See 'huggingnersc inspect-dataset {self.name}' for what came of it."
            )

    def close(self) -> None:
        """Remove the staging; the name is free again."""
        resolved = self.folder.resolve()
        with storage_errors(f"clean up after '{self.name}'"):
            remove_folder(self.folder)
            with _at_work_lock:
                _at_work.discard(resolved)
            sync_folder(self.final.parent)


def unclaimed(final: Path) -> Path:
    """A new name for a folder that is prepared beside ``final``."""
    return final.with_name(f".{final.name}.{uuid.uuid4().hex[:8]}.new")


def make_unclaimed(folder: Path) -> None:
    """Make a folder that says whose it is, so that :func:`is_abandoned` can tell; raises ``OSError``."""
    folder.mkdir(PRIVATE.directory_mode)
    Owner.this().write(folder / "owner-1")


def write_entry(folder: Path, files: Mapping[str, bytes], rights: Rights) -> None:
    """Make the folder of an entry; raises ``OSError``."""
    folder.mkdir(PRIVATE.directory_mode)
    for file_name, content in files.items():
        write_file(folder / file_name, content, rights)
    rights.give(folder, rights.directory_mode)
    sync_folder(folder)


def is_abandoned(folder: Path) -> bool:
    """Whether the process that was preparing ``folder``, not yet claimed, is gone."""
    owner = Owner.read(folder / "owner-1")
    silent = _silence(folder)
    return silent > REMOTE_OWNER_SECONDS if owner is None else not owner.is_alive(silent, REMOTE_OWNER_SECONDS)


def _silence(path: Path) -> float:
    """Seconds since a file or folder was changed."""
    return time.time() - path.stat().st_mtime


def _claimed(final: Path) -> CatalogError:
    """Why a name cannot be had: somebody works on it, or left it unfinished."""
    name = final.name
    ways = f"'huggingnersc resume {name}' finishes it, 'huggingnersc undo {name}' removes it."
    try:
        staging = Staging(final.with_name(f".{name}.staging"), final)
        worker, last = staging.worker(), staging.owner()
    except (CatalogError, OSError):  # closed just now, or not for our eyes
        worker = last = None
    if worker is None and last is not None:
        return CatalogError(
            "conflict",
            f"'{name}' was begun by {last} and not finished, and nobody is at it now. Nothing was changed. {ways}",
        )
    by = f", by {worker}" if worker else ""
    more = ""
    if worker and not worker.is_here:
        minutes = REMOTE_OWNER_SECONDS // 60
        more = f" If that process is gone, wait until it has been silent for {minutes} minutes; then {ways}"
    return CatalogError(
        "conflict",
        f"'{name}' is being published already{by}. Nothing was changed. Wait until it is done, then look at it.{more}",
    )


def _of_another(folder: Path, name: str) -> CatalogError:
    try:
        owner = folder.owner()
    except (OSError, KeyError):
        owner = "somebody else"
    return CatalogError(
        "forbidden",
        f"The unfinished publication of '{name}' is of {owner}, and not yours to go on with. Nothing was changed. Ask "
        f"them to run 'huggingnersc resume {name}' or 'huggingnersc undo {name}', or ask the curator of the catalog.",
    )


def _read_journal(path: Path) -> dict[str, dict[str, Any]]:
    facts: dict[str, dict[str, Any]] = {}
    for line in path.read_bytes().splitlines():
        try:
            entry = json.loads(line)
        except ValueError:  # the line a crash tore
            continue
        facts[entry.pop("step")] = entry
    return facts
