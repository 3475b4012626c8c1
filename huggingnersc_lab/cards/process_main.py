"""The process that lays out texts for another one, which must not be kept busy by them.

It reads lines of JSON, a text each, and writes ``[html, is_cut]`` for each; before the first one it writes ``[]``. It
ends when its input does, after a minute without work, and when a text needs too much memory.
"""

from __future__ import annotations

import contextlib
import json
import resource
import select
import sys
from typing import TextIO

from huggingnersc_lab.render.html.safe_html import safe_html

IDLE_SECONDS = 60.0
"""So long it waits for work."""

MEMORY_BYTES = 512 << 20
"""So much memory it may have, several times of what any text of the permitted length needs."""


def serve(orders: TextIO, answers: TextIO) -> None:
    """Lay out one text after the other."""
    safe_html("")  # so that everything is imported and at hand
    print("[]", file=answers, flush=True)
    while select.select([orders], [], [], IDLE_SECONDS)[0] and (line := orders.readline()):
        shown = safe_html(json.loads(line))
        print(json.dumps([shown.html, shown.is_cut]), file=answers, flush=True)


def main() -> None:
    """Serve whoever has started this process."""
    with contextlib.suppress(ValueError, OSError):  # where the system has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin, sys.stdout)
