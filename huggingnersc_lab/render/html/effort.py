"""How hard text is for a browser to lay out, apart from its elements.

Latin text is easy. Paragraphs of all other scripts and signs are shaped in time that grows with the square of their
length, and a letter with thousands of marks on it in worse: a hundred thousand such characters stop a page for minutes.
"""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 16
"""So many marks, joiners and other signs without a width may follow each other: no script needs as many."""

MOST_EFFORT = 100_000_000
"""For each block of text, its hard characters times all its characters; a browser does that in half a second."""

MOST_HARD = 50_000
"""So many characters other than Latin ones may be shown."""

_STEP = 500
_HARD = re.compile("[\u0250-\U0010ffff]")
_WIDTHLESS = frozenset({"Mn", "Me", "Mc", "Cf"})


class Effort:
    """Adds up how hard the text is that was shown so far.

    Attributes:
        is_spent: whether nothing more may be shown.
    """

    def __init__(self) -> None:
        self.is_spent = False
        self._before = 0
        self._all_hard = 0
        self._length = 0
        self._hard = 0
        self._marks = 0

    def begin_block(self) -> None:
        """What comes now is laid out apart from what was before."""
        self._before += self._length * self._hard
        self._length = self._hard = self._marks = 0

    def take(self, text: str) -> str:
        """What of the text that comes next may be shown: without heaps of marks, and not more than is left to do.

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
