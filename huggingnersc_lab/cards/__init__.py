"""Renders other people's cards as HTML, in processes that are killed if a card takes too long.

For some texts, the parser's time grows quadratically, or its output does not fit into memory. So it runs outside the
server, with a time limit and without the server's environment.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Sequence
from functools import cache

from huggingnersc_lab.cards.process import CardProcess
from huggingnersc_lab.render.html.safe_html import NOTHING, SafeHtml

SECONDS = 3.0
"""Time limit for the texts of one response; an ordinary card takes a hundredth of that."""

AT_ONCE = 2
"""Number of processes."""


class CardRenderer:
    """Renders texts in separate processes, which start with the first text. Thread-safe.

    Args:
        seconds: time limit of one call, not counting the start of a process.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._idle: list[CardProcess] = []

    def render(self, texts: Sequence[str]) -> list[SafeHtml]:
        """Render Markdown as safe HTML, in the same order. Never fails.

        Texts that take too long, or crash the process, become :data:`NOTHING`, and so do those after them when no time
        is left.
        """
        if not self._free.acquire(timeout=self._seconds):
            return [NOTHING] * len(texts)
        try:
            return self._render(texts)
        finally:
            self._free.release()

    def close(self) -> None:
        """Stop the processes; the next text starts new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.kill()

    def _render(self, texts: Sequence[str]) -> list[SafeHtml]:
        left = self._seconds
        made: list[SafeHtml] = []
        process: CardProcess | None = None
        for text in texts:
            process = process or self._get()
            if process is None or left <= 0:
                made.append(NOTHING)
                continue
            start = time.monotonic()
            found = process.render(text, left)
            left -= time.monotonic() - start
            made.append(found or NOTHING)
            if found is None:
                process.kill()
                process = None
        if process is not None:
            with self._lock:
                self._idle.append(process)
        return made

    def _get(self) -> CardProcess | None:
        """A process that is ready; None if none can be started."""
        while True:
            with self._lock:
                process = self._idle.pop() if self._idle else None
            if process is None:
                return CardProcess.start()
            if process.is_alive:
                return process
            process.kill()


@cache
def renderer() -> CardRenderer:
    """The shared instance of this process."""
    shared = CardRenderer()
    atexit.register(shared.close)
    return shared


def show(texts: Sequence[str]) -> list[SafeHtml]:
    """Render Markdown as safe HTML, always within a few seconds."""
    return renderer().render(texts)


def show_card(card: str) -> SafeHtml:
    """Render a card as safe HTML, without its front matter."""
    from huggingnersc_lab.render.merge.front_matter import split_card

    _, body = split_card(card.removeprefix("\ufeff").replace("\r\n", "\n"))
    return show([body])[0]
