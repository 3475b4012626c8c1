"""The current step of a worker: written to a file, so that its parent can tell which mount hangs."""

from __future__ import annotations

import os

NOTE_BYTES = 4096
"""Length of a note, padded with NULs."""

_BEGUN = b"?"

_file: int | None = None


def leave_notes_in(descriptor: int) -> None:
    """Write the notes of this process to an open file; otherwise nothing is noted."""
    global _file  # noqa: PLW0603 - a process has one
    _file = descriptor


def begin() -> None:
    """Note that an operation has started."""
    _write(_BEGUN)


def note(step: str) -> None:
    """Note the next path to access. The file system call may never return."""
    _write(os.fsencode(step))


def _write(note_: bytes) -> None:
    if _file is not None:
        os.pwrite(_file, note_[:NOTE_BYTES].ljust(NOTE_BYTES, b"\0"), 0)


def clear(descriptor: int) -> None:
    """Erase the note in a file: it is from earlier work."""
    os.pwrite(descriptor, b"\0", 0)


def is_begun(descriptor: int) -> bool:
    """Whether an operation has started since :func:`clear`."""
    return os.pread(descriptor, 1, 0) not in (b"", b"\0")


def last_step(descriptor: int) -> str | None:
    """The last noted path; None if there is none since :func:`clear`."""
    noted = os.pread(descriptor, NOTE_BYTES, 0).partition(b"\0")[0]
    return os.fsdecode(noted) if noted.startswith(b"/") else None
