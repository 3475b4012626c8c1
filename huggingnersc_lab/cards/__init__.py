"""Cards of other people as HTML, made by processes that are ended when a card keeps them busy for too long.

The parser's time grows with the square of some texts, and what it makes of others does not fit into memory. So it runs
beside the server, with a time limit and without anything of the server's in its environment.
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
"""So long the texts of one answer may take; an ordinary card takes a hundredth of that."""

AT_ONCE = 2
"""So many processes there are."""


class CardRenderer:
    """Lays out texts in processes of its own, which start with the first text. May be used from any thread.

    Args:
        seconds: time limit of one call, the start of a process not counted.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._idle: list[CardProcess] = []

    def render(self, texts: Sequence[str]) -> list[SafeHtml]:
        """Markdown as HTML that may be shown, in the same order. Never fails.

        What cannot be laid out in time, or by a process that breaks down over it, is :data:`NOTHING`, and so is what
        comes after it when no time is left.
        """
        if not self._free.acquire(timeout=self._seconds):
            return [NOTHING] * len(texts)
        try:
            return self._render(texts)
        finally:
            self._free.release()

    def close(self) -> None:
        """End the processes; the next text starts others."""
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
        """A process that is ready; None where none can be started."""
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
    """The one of this process."""
    shared = CardRenderer()
    atexit.register(shared.close)
    return shared


def show(texts: Sequence[str]) -> list[SafeHtml]:
    """Markdown as HTML that may be shown, within a few seconds whatever it is."""
    return renderer().render(texts)


def show_card(card: str) -> SafeHtml:
    """A card as HTML that may be shown, without its front matter, which is for machines."""
    from huggingnersc_lab.render.merge.front_matter import split_card

    _, body = split_card(card.removeprefix("\ufeff").replace("\r\n", "\n"))
    return show([body])[0]
