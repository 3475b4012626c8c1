"""The process that looks at paths for another one, which must not wait for a file system that hangs.

It reads a line of JSON, a list of paths, and writes a line for each path as soon as it has looked; before that, an
empty list says that it is there. The step that it is at stands at the beginning of its error output, a file, for
whoever has waited too long. Texts that stand for bytes are written as those bytes: see :func:`to_wire`.

It needs Python's own library only, ends when its input does, and after a minute without work.
"""

from __future__ import annotations

import json
import os
import select
import sys
from typing import TextIO

from huggingnersc_lab.access.access import Access, Walk

IDLE_SECONDS = 60.0
"""So long it waits for work."""

NOTE_BYTES = 4096
"""Length of the note on the step it is at, filled up with NULs."""

_NOTES = 2


def to_wire(path: str) -> str:
    """A path as characters of one byte each, so that the two processes need not agree on an encoding."""
    return os.fsencode(path).decode("latin-1")


def from_wire(text: str) -> str:
    """What :func:`to_wire` was given."""
    return os.fsdecode(text.encode("latin-1"))


def note(step: str) -> None:
    """Leave word of the step that is taken next."""
    os.pwrite(_NOTES, os.fsencode(step)[:NOTE_BYTES].ljust(NOTE_BYTES, b"\0"), 0)


def answer(path: str, walk: Walk) -> dict[str, str | float]:
    """What was found, ready to be written."""
    found: Access = walk.look(from_wire(path))
    said = {key: value for key, value in vars(found).items() if value is not None}
    return said | ({"blocked_at": to_wire(found.blocked_at)} if found.blocked_at is not None else {})


def serve(orders: TextIO, answers: TextIO) -> None:
    """Carry out one order after the other."""
    print("[]", file=answers, flush=True)
    while select.select([orders], [], [], IDLE_SECONDS)[0] and (line := orders.readline()):
        walk = Walk(note)
        for path in json.loads(line):
            print(json.dumps(answer(path, walk)), file=answers, flush=True)


def main() -> None:
    """Serve whoever has started this process."""
    serve(sys.stdin, sys.stdout)
