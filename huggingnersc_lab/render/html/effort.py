"""How expensive text is for a browser to lay out, apart from its elements.

Latin text is cheap. For all other scripts and symbols, layout time grows quadratically with the length of a paragraph,
and faster for a letter with thousands of combining marks: a hundred thousand such characters freeze a page for minutes.
"""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 16
"""Maximum number of consecutive marks, joiners and other zero-width characters; no script needs more."""

MOST_EFFORT = 100_000_000
"""Limit for the sum, over all blocks of text, of expensive characters times all characters: about half a second."""

MOST_HARD = 50_000
"""Maximum number of non-Latin characters shown."""

_STEP = 500
_HARD = re.compile("[\u0250-\U0010ffff]")
_WIDTHLESS = frozenset({"Mn", "Me", "Mc", "Cf"})


class Effort:
    """Tracks how expensive the text shown so far is.

    Attributes:
        is_spent: whether the limit is reached, so that nothing more is shown.
    """

    def __init__(self) -> None:
        self.is_spent = False
        self._before = 0
        self._all_hard = 0
        self._length = 0
        self._hard = 0
        self._marks = 0

    def begin_block(self) -> None:
        """The following text is laid out separately from the previous text."""
        self._before += self._length * self._hard
        self._length = self._hard = self._marks = 0

    def take(self, text: str) -> str:
        """The part of the following text that may be shown: without stacked marks, and within the limit.

        >>> len(Effort().take("a" + 100 * chr(0x301)))
        17
        """
        text = self._without_heaps(text)
        for start in range(0, len(text), _STEP):
            step = text[start : start + _STEP]
            hard = len(_HARD.findall(step))
            self._length += len(step)
            self._hard += hard
            self._all_hard += hard
            if self._before + self._length * self._hard > MOST_EFFORT or self._all_hard > MOST_HARD:
                self.is_spent = True
                return text[:start]
        return text

    def _without_heaps(self, text: str) -> str:
        if not _HARD.search(text):
            self._marks = 0 if text else self._marks
            return text
        kept: list[str] = []
        for character in text:
            self._marks = self._marks + 1 if unicodedata.category(character) in _WIDTHLESS else 0
            if self._marks <= MOST_MARKS:
                kept.append(character)
        return "".join(kept)
