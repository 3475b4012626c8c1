# ruff: noqa: PTH115, PTH116, PTH120 - the path is checked one system call at a time
"""Who can read a path: checks every step from the root, as the kernel would.

This module calls the file system directly and waits as long as it takes; :mod:`huggingnersc_lab.access.prober` runs it
in a worker, where a hanging mount does no harm.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from huggingnersc_lab.access.rights import Remedy, group_of, this_person, who_may
from huggingnersc_lab.regular import kind_of
from huggingnersc_lab.workers.steps import note

Status = Literal["readable", "unreadable", "missing", "unknown"]

SAMPLE = 4
"""How many of a folder's entries are tried."""

_MOST_LINKS = 40
"""Maximum number of links followed in a path, as in the kernel."""

_LONGEST = 4096
"""Maximum length of a path in bytes, as in the kernel."""

_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL)

_REFUSED = (errno.EACCES, errno.EPERM)


@dataclass(frozen=True)
class Access:
    """Whether this user can read a path.

    Attributes:
        status: ``readable``, ``unreadable``, ``missing``, or ``unknown`` if the file system did not respond.
        blocked_at: what cannot be entered or read, or does not exist; in a readable folder, the unreadable entry.
        group: Unix group whose members have access; None if no group has.
        owner: owner of ``blocked_at``, if no group has access.
        remedy: what would help.
        detail: more about ``blocked_at``, such as "a named pipe", "Stale file handle".
        owning_group: Unix group whose members can read the data; the group it belongs to if no named group can. None if
        it could not be determined.
        checked_at: time of the check, in seconds since 1970.
    """

    status: Status
    blocked_at: str | None = None
    group: str | None = None
    owner: str | None = None
    remedy: Remedy | None = None
    detail: str | None = None
    owning_group: str | None = None
    checked_at: float = field(default_factory=lambda: round(time.time(), 3), compare=False)


class _StoppedError(Exception):
    """The path cannot be followed any further."""

    def __init__(self, access: Access) -> None:
        self.access = access


class Walk:
    """Checks many paths, and shared parent folders only once.

    Args:
        note: called with each step before it is taken, since the file system call may never return.
    """

    def __init__(self, note: Callable[[str], object] = lambda _step: None) -> None:
        self._note = note
        self._known: dict[str, os.stat_result | str | _StoppedError] = {}  # for a link, its target
        self._closed: dict[str, Access] = {}

    def look(self, path: str) -> Access:
        """Walk from the root to ``path`` and report where access is denied. Never fails."""
        try:
            if not path.startswith("/"):
                return Access("missing", path, detail="not an absolute path")
            if len(os.fsencode(path)) >= _LONGEST:
                return Access("missing", path, detail="longer than a path can be")
            given = path.rstrip("/") or "/"
            return self._target(given, self._resolve(given))
        except _StoppedError as stop:
            return stop.access
        except ValueError:  # a NUL, or a lone surrogate
            return Access("missing", path, detail="not a valid file name")

    def _resolve(self, path: str) -> str:
        """The path with every link followed; the result exists."""
        here, links = "/", 0
        pending = path.split("/")[::-1]
        while pending:
            name = pending.pop()
            if name in ("", "."):
                continue
            step = f"{here.rstrip('/')}/{name}"
            target = self._link_at(step, here)
            if name == "..":
                here = os.path.dirname(here)
            elif target is None:
                here = step
            else:
                links += 1
                if links > _MOST_LINKS:
                    raise _StoppedError(Access("missing", step, detail="a circular link"))
                here = "/" if target.startswith("/") else here
                pending.extend(target.split("/")[::-1])
        return here

    def _link_at(self, step: str, folder: str) -> str | None:
        """The target of the link ``step``; None if it is not a link."""
        if step not in self._known:
            self._note(step)
            try:
                status = os.lstat(step)
                self._known[step] = os.readlink(step) if stat.S_ISLNK(status.st_mode) else status
            except OSError as err:
                self._known[step] = _StoppedError(self._stopped(step, folder, err))
        known = self._known[step]
        if isinstance(known, _StoppedError):
            raise known
        return known if isinstance(known, str) else None

    def _stopped(self, step: str, folder: str, err: OSError) -> Access:
        """Why the walk could not get from ``folder`` to ``step``."""
        if err.errno in _REFUSED:
            if folder not in self._closed:
                self._closed[folder] = self._refused(folder, 1)
            return self._closed[folder]
        if err.errno in _NOT_THERE:
            return Access("missing", step)
        return Access("unknown", step, detail=err.strerror)

    def _target(self, path: str, real: str) -> Access:
        """Whether the existing ``real`` can be read."""
        self._note(real)
        status = self._known.get(real)
        if not isinstance(status, os.stat_result):  # only the root has not been checked yet
            status = os.stat(real)
        kind = stat.S_IFMT(status.st_mode)
        if kind not in (stat.S_IFDIR, stat.S_IFREG):
            return Access("missing", real, detail=kind_of(kind))
        bits = os.R_OK | os.X_OK if kind == stat.S_IFDIR else os.R_OK
        owning = group_of(real, status, bits)
        if not _may(real, bits):
            return self._refused(real, bits, owning)
        if path != real and not _may(path, bits):  # the kernel does not follow all readable links
            return Access("unreadable", path, remedy="owner", detail="a link that is not followed", owning_group=owning)
        return self._sampled(real, owning) if kind == stat.S_IFDIR else Access("readable", owning_group=owning)

    def _sampled(self, folder: str, owning: str) -> Access:
        """Check a few entries of a readable folder: a folder with unreadable files is of no use."""
        try:
            with os.scandir(folder) as entries:
                seen = list(islice((entry.path for entry in entries if not entry.name.startswith(".")), SAMPLE))
        except OSError as err:
            return Access("unknown", folder, detail=err.strerror, owning_group=owning)
        closed = [path for path in seen if self._is_closed(path)]
        if not closed:
            return Access("readable", owning_group=owning)
        status: Status = "unreadable" if len(closed) == len(seen) else "readable"
        return self._refused(closed[0], os.R_OK, owning, status)

    def _is_closed(self, path: str) -> bool:
        """Whether a file exists but cannot be read; for a folder, being able to list it is enough."""
        if _may(path, os.R_OK):
            return False
        self._note(path)
        try:
            os.stat(path)
        except OSError as err:
            return err.errno in _REFUSED
        return True

    def _refused(self, path: str, bits: int, owning: str | None = None, status: Status = "unreadable") -> Access:
        """What was refused, and whom to ask."""
        try:
            remedy, name = who_may(path, os.stat(path), bits, this_person())
        except OSError as err:
            return Access("unknown", path, detail=err.strerror, owning_group=owning)
        by_group = remedy in ("join", "log_in_again")
        return Access(status, path, name if by_group else None, None if by_group else name, remedy, None, owning)


def look_at_all(paths: Sequence[str]) -> Iterator[dict[str, str | float]]:
    """Run :meth:`Walk.look` on each path, as a worker operation: the fields of :class:`Access` that are not None."""
    walk = Walk(note)
    for path in paths:
        yield {member: value for member, value in vars(walk.look(path)).items() if value is not None}


_EFFECTIVE = os.access in os.supports_effective_ids


def _may(path: str, bits: int) -> bool:
    """Ask the kernel, for the effective user."""
    return os.access(path, bits, effective_ids=_EFFECTIVE)
