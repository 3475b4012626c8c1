"""Main module of a process that renders texts for the server.

It reads lines of JSON, one text each, and writes ``[html, is_cut]`` for each; before the first one it writes ``[]``. It
exits at the end of its input, after a minute without work, and if a text needs too much memory.
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
"""How long it waits for work, in seconds."""

MEMORY_BYTES = 512 << 20
"""Memory limit, several times what any text of the permitted length needs."""


def serve(orders: TextIO, answers: TextIO) -> None:
    """Render one text after the other."""
    safe_html("")  # so that everything is imported
    print("[]", file=answers, flush=True)
    while select.select([orders], [], [], IDLE_SECONDS)[0] and (line := orders.readline()):
        shown = safe_html(json.loads(line))
        print(json.dumps([shown.html, shown.is_cut]), file=answers, flush=True)


def main() -> None:
    """Serve the parent process."""
    with contextlib.suppress(ValueError, OSError):  # if the system has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin, sys.stdout)
