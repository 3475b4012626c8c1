"""One unfinished publication: a hidden folder beside its final place, with a journal of what was done.

``.NAME.staging/`` holds ``plan.json`` (what is to be done), ``journal.jsonl`` (what was done, one JSON object a line,
each fsynced before the next step), ``owner-N`` (who works on it; N grows with each take-over) and ``files/`` (the
entry's folder as it is going to be). It comes into being by one rename, so it is whole or not there, and since a
rename onto a folder that is not empty fails, it is also the claim on the name.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.files import (
    exchange_folders,
    remove_folder,
    storage_errors,
    sync_folder,
    write_file,
)

REMOTE_OWNER_SECONDS = 900
"""An owner on another machine counts as gone when the journal has been silent for so long."""


@dataclass(frozen=True)
class Owner:
    """A process that works on a staging."""

    host: str
    pid: int
    started: str
    user: str

    @classmethod
    def this_process(cls) -> Owner:
        """The process that asks."""
        return cls(socket.gethostname(), os.getpid(), _start_of(os.getpid()), user_name())

    def is_alive(self, silent_seconds: float) -> bool:
        """Whether it still works; of another machine's process only ``silent_seconds`` tells."""
        if self.host != socket.gethostname():
            return silent_seconds < REMOTE_OWNER_SECONDS
        return _start_of(self.pid) == self.started != ""

    def __str__(self) -> str:
        return f"{self.user} on {self.host} (process {self.pid})"


def user_name() -> str:
    """The Unix account of this process."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _start_of(pid: int) -> str:
    """When a process of this machine started, as a word; empty when there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        pass
    else:
        state_on = stat.rpartition(")")[2].split()
        return "" if state_on[0] in "ZX" else state_on[19]
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        pass
    return "unknown"


class Staging:
    """A claimed name with everything that is going to be published under it."""

    def __init__(self, folder: Path, final: Path) -> None:
        self.folder = folder
        self.final = final
        self.files = folder / "files"
        with storage_errors("read an unfinished publication"):
            self.plan: dict[str, Any] = json.loads((folder / "plan.json").read_bytes())
            self._facts = _read_journal(folder / "journal.jsonl")

    @property
    def name(self) -> str:
        """The dataset's nickname."""
        return self.final.name

    @property
    def publish_id(self) -> str:
        """Ties the commit on the Hub, the journal and the record together."""
        return str(self.plan["publish_id"])

    @classmethod
    def claim(cls, final: Path, files: Mapping[str, bytes], plan: Mapping[str, Any], modes: tuple[int, int]) -> Staging:
        """Write everything beside ``final`` and claim its name by one rename.

        Args:
            final: the entry's folder in the catalog.
            files: its files.
            plan: JSON values that say what is to be done; ``publish_id`` is among them.
            modes: permission bits of folders and of files.

        Raises:
            CatalogError: ``conflict`` when somebody else holds the name, ``storage`` or ``forbidden`` when it
                cannot be written.
        """
        folder = final.with_name(f".{final.name}.staging")
        fresh = final.with_name(f".{final.name}.{uuid.uuid4().hex[:8]}.new")
        try:
            with storage_errors(f"prepare '{final.name}' in the catalog"):
                fresh.mkdir(0o700)
                write_file(fresh / "owner-1", json.dumps(vars(Owner.this_process())).encode(), 0o600)
                (fresh / "files").mkdir()
                for file_name, content in files.items():
                    write_file(fresh / "files" / file_name, content, modes[1])
                (fresh / "files").chmod(modes[0])
                write_file(fresh / "plan.json", json.dumps(plan, indent=1).encode(), 0o600)
                write_file(fresh / "journal.jsonl", b"", 0o600)
                sync_folder(fresh / "files")
                sync_folder(fresh)
                try:
                    fresh.rename(folder)
                except OSError as err:
                    if err.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                        raise
                    raise _claimed(final) from err
                sync_folder(final.parent)
        except BaseException:
            remove_folder(fresh)
            raise
        return cls(folder, final)

    def take_over(self) -> None:
        """Become the owner of what a dead process left.

        Raises:
            CatalogError: ``conflict`` when its owner still works, or somebody else took it over first.
        """
        with storage_errors(f"take over '{self.name}'"):
            number, owner = self._owner()
            if owner is not None and owner != Owner.this_process():
                silent = time.time() - (self.folder / "journal.jsonl").stat().st_mtime
                if owner.is_alive(silent):
                    raise _claimed(self.final)
            path = self.folder / f"owner-{number + 1}"
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError as err:
                raise _claimed(self.final) from err
            with os.fdopen(descriptor, "w") as stream:
                json.dump(vars(Owner.this_process()), stream)
        self._facts = _read_journal(self.folder / "journal.jsonl")

    def _owner(self) -> tuple[int, Owner | None]:
        numbers = sorted(int(path.name.rpartition("-")[2]) for path in self.folder.glob("owner-*"))
        if not numbers:
            return 0, None
        try:
            return numbers[-1], Owner(**json.loads((self.folder / f"owner-{numbers[-1]}").read_bytes()))
        except ValueError:  # killed while it was writing its name
            return numbers[-1], None

    def owner(self) -> Owner | None:
        """Who works on it, or worked on it last."""
        return self._owner()[1]

    def fact(self, step: str) -> dict[str, Any] | None:
        """What the journal holds of a step; None when it was not reached."""
        return self._facts.get(step)

    def note(self, step: str, **facts: object) -> None:
        """Enter a step into the journal; it is on the disk when this returns."""
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

    def replace_file(self, file_name: str, content: bytes, mode: int) -> None:
        """Change one of the files before they are swapped in."""
        with storage_errors(f"write '{file_name}' of '{self.name}'"):
            write_file(self.files / file_name, content, mode)

    def swap_in(self) -> None:
        """Put the files in their final place; what was there before stays in ``files`` until the staging is closed.

        Where folders cannot be exchanged in one step it takes three renames, which leave for a moment nothing in
        the final place. Running it again after a crash at any point completes it.
        """
        with storage_errors(f"put '{self.name}' into the catalog"):
            if not self._is_ours(self.final):
                if self.final.exists() and not exchange_folders(self.files, self.final):
                    self.final.rename(self._aside)
                if not self._is_ours(self.final):
                    self.files.rename(self.final)
            if self._aside.exists():
                self._aside.rename(self.files)
            sync_folder(self.final.parent)

    def swap_out(self) -> None:
        """Undo :meth:`swap_in`, from any point of it; running it again after a crash completes it."""
        with storage_errors(f"take '{self.name}' out of the catalog"):
            if self._aside.exists() and not self._is_ours(self._aside):  # a crash within swap_in
                self._aside.rename(self.files if self._is_ours(self.final) else self.final)
            if self._is_ours(self.final) and not (self.files.exists() and exchange_folders(self.files, self.final)):
                self.final.rename(self._aside)
            if self._aside.exists():
                if self.files.exists():
                    self.files.rename(self.final)
                self._aside.rename(self.files)
            sync_folder(self.final.parent)

    @property
    def _aside(self) -> Path:
        return self.folder / "aside"

    def _is_ours(self, folder: Path) -> bool:
        """Whether ``folder`` holds what is being published, not what was there before."""
        try:
            return bool(json.loads((folder / "record.json").read_bytes())["publish_id"] == self.publish_id)
        except (OSError, ValueError, LookupError, TypeError):
            return False

    def close(self) -> None:
        """Remove the staging; the name is free again."""
        with storage_errors(f"clean up after '{self.name}'"):
            remove_folder(self.folder)
            sync_folder(self.final.parent)


def is_abandoned(folder: Path) -> bool:
    """Whether the process that was preparing ``folder``, not yet claimed, is gone."""
    try:
        owner = Owner(**json.loads((folder / "owner-1").read_bytes()))
    except (OSError, ValueError, TypeError):
        owner = None
    silent = time.time() - folder.stat().st_mtime
    return silent > REMOTE_OWNER_SECONDS if owner is None else not owner.is_alive(silent)


def _claimed(final: Path) -> CatalogError:
    name = final.name
    try:
        owner = Staging(final.with_name(f".{name}.staging"), final).owner()
    except CatalogError:  # closed just now
        owner = None
    return CatalogError(
        "conflict",
        f"'{name}' is being published already, by {owner or 'somebody else'}. Nothing was changed. Wait until it is "
        f"done; if that process is gone, 'huggingnersc resume {name}' finishes its work and "
        f"'huggingnersc undo {name}' removes it.",
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
