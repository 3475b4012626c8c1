"""Finds the value that the user most likely meant: "Apache 2" is ``apache-2.0``, "english" is ``en``.

A name is split into letters and numbers. Numbers are never guessed: ``cc-by-5.0`` matches
nothing, since another version is another licence. Only a missing version ("CC BY") becomes
the highest one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

MAX_LENGTH = 200
"""Longer texts match nothing."""

_LEAST_RATIO = 0.8
_SHORTEST_TYPO = 4
_MOST_LETTERS_OFF = 2
_TOKEN = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+|\+\+")
_WORD = re.compile(r"[^\W_]+")
_VERSION_MARK = re.compile(r"v(?=\.? ?\d)")
_TRAILING_ZEROS = re.compile(r"(?:\.0+)+$")
_SAYS_NOTHING = re.compile(
    "clause|family|files?|format|generic|gnu|international|languages?|later|licen[cs]ed?|only|or|the|unported|version"
)


class _Key(NamedTuple):
    letters: str
    numbers: tuple[str, ...]


class NearestMatch:
    """An index over the names of many values.

    Args:
        names: pairs of a name and its value. If two values have the same name, the first one
        counts, so the most distinctive names come first.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._versions: dict[str, dict[tuple[str, ...], str]] = {}
        for name, value in names:
            key = _key(name)
            if key.letters:
                self._versions.setdefault(key.letters, {}).setdefault(key.numbers, value)

    def find(self, text: str) -> str | None:
        """The value closest to ``text``, or None if nothing is close enough."""
        key = _key(text[: MAX_LENGTH + 1])
        if not key.letters or len(text) > MAX_LENGTH:
            return None
        if key.letters in self._versions:
            # A known name is not a typo of another one: "LGPL 2" is not the GPL.
            return self._version(key.letters, key.numbers)
        return self._mistyped(key) or self._last_words(text)

    def _last_words(self, text: str) -> str | None:
        """The value named by the last words: "machine translation" is a translation, if nothing is closer."""
        words = _WORD.findall(text.casefold())
        for start in range(1, len(words)):
            key = _key(" ".join(words[start:]))
            if len(key.letters) > _SHORTEST_TYPO and not key.numbers and key.letters in self._versions:
                return self._version(key.letters, key.numbers)
        return None

    def _version(self, letters: str, numbers: tuple[str, ...]) -> str | None:
        versions = self._versions[letters]
        if numbers in versions:
            return versions[numbers]
        longer = [version for version in versions if version[: len(numbers)] == numbers]
        return versions[max(longer, key=_as_version)] if longer else None

    def _mistyped(self, key: _Key) -> str | None:
        if len(key.letters) < _SHORTEST_TYPO:
            return None
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key.letters)
        best, best_ratio = None, _LEAST_RATIO
        for letters in self._versions:
            # A larger difference is a missing word, which could be any.
            if abs(len(letters) - len(key.letters)) > _MOST_LETTERS_OFF:
                continue
            matcher.set_seq1(letters)
            if matcher.quick_ratio() > best_ratio and (ratio := matcher.ratio()) > best_ratio:
                found = self._version(letters, key.numbers)
                if found is not None:
                    best, best_ratio = found, ratio
        return best


def _key(name: str) -> _Key:
    """A name's distinctive parts: without case, accents, punctuation and filler words."""
    plain = name.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    tokens = _TOKEN.findall(_VERSION_MARK.sub(" ", plain))
    words = [one for one in tokens if not one[0].isdigit() and not _SAYS_NOTHING.fullmatch(one)]
    numbers = [_TRAILING_ZEROS.sub("", one) for one in tokens if one[0].isdigit()]
    letters = "".join(words)
    if len(letters) < _SHORTEST_TYPO:
        # "time series" is "timeseries", but "n/a" is not "na" (Nauru).
        letters = " ".join(words)
    return _Key(letters, tuple(numbers))


def _as_version(numbers: tuple[str, ...]) -> list[list[int]]:
    return [[int(part) for part in number.split(".")] for number in numbers]
