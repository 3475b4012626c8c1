"""Highlights: the parts of names and titles that match a query, and an excerpt of the description around such parts.

The library does not report match positions in a form that suits JavaScript. So the texts are searched again here, for
the hits of one page, with the words in the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from huggingnersc_lab.index.grammar import Query, Term
from huggingnersc_lab.index.page import Excerpt, Span
from huggingnersc_lab.index.queries import is_forgiven, words_of
from huggingnersc_lab.index.schema import analyzer, storable

EXCERPT = 160
"""Length of an excerpt in characters."""

_LEAD = 50
"""Maximum number of characters before the first highlight."""

_BEGIN, _END, _GAP = "(?<![0-9a-z])", "(?![0-9a-z])", "[^0-9a-z]+"
"""The start and end of a word, and the separator of words, in an ASCII text."""

_CANDIDATE = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")


_Word = tuple[str, int, int]
"""A word of a text: normalized as in the index, with its start and end in characters."""


class Highlighter:
    """Finds the parts of texts that match the words of a query.

    Args:
        query: the query; terms for one field and excluded terms are not highlighted.
        forgiving: whether one letter of a word may differ.
    """

    def __init__(self, query: Query, *, forgiving: bool = False) -> None:
        wanted = [term for term in query.terms if isinstance(term, Term) and not term.field and not term.is_excluded]
        self._phrases: list[list[str]] = []
        self._words: set[str] = set()
        self._beginnings: set[str] = set()
        for term in wanted:
            words = words_of(term)
            if term.is_phrase:
                self._phrases += [[word for word, _ in words]] if words else []
            else:
                self._words |= {word for word, _ in words}
                self._beginnings |= {word for word, is_prefix in words if is_prefix}
        self._forgiven = [(word, word in self._beginnings) for word in self._words if forgiving and is_forgiven(word)]
        self._starts = tuple(sorted(self._beginnings, key=len, reverse=True))  # the longest prefix is highlighted
        self._firsts = {words[0] for words in self._phrases}
        self._patterns = self._plain_patterns()

    @property
    def has_words(self) -> bool:
        """Whether there is anything to highlight."""
        return bool(self._words or self._phrases)

    def _plain_patterns(self) -> list[re.Pattern[str]]:
        """Patterns that find the same parts in an ASCII text, but much faster."""
        whole = [word + _END for word in self._words if word.isascii()]
        beginnings = [word for word in self._starts if word.isascii()]
        near = [_near(word, is_prefix=is_prefix) for word, is_prefix in self._forgiven if word.isascii()]
        phrases = [f"{_GAP.join(words)}{_END}" for words in self._phrases if all(map(str.isascii, words))]
        ways = [f"({'|'.join([*whole, *beginnings, *near])})"] if whole else []
        return [re.compile(f"{_BEGIN}{way}") for way in (*ways, *(f"(?=({phrase}))" for phrase in phrases))]

    def spans(self, text: str) -> tuple[Span, ...]:
        """The matching parts of ``text`` in order; they neither overlap nor touch."""
        return _utf16(text, _merged(self._met(text)))

    def excerpt(self, text: str) -> Excerpt | None:
        """The part of ``text`` around the first match; None if there is none."""
        text = " ".join(text.split())
        spans = list(_merged(self._met(text)))
        if not spans:
            return None
        first = spans[0]
        start = 0 if first[0] <= _LEAD else min(text.find(" ", first[0] - _LEAD) + 1, first[0])
        end = len(text) if len(text) <= start + EXCERPT else max(text.rfind(" ", 0, start + EXCERPT), first[1])
        before, after = "… " if start else "", " …" if end < len(text) else ""
        shift = len(before) - start
        piece = before + text[start:end] + after
        return Excerpt(piece, _utf16(piece, ((at + shift, to + shift) for at, to in spans if to <= end)))

    def _met(self, text: str) -> Iterator[Span]:
        """The matches in characters; a word and a phrase may overlap."""
        if text.isascii() or not (self._words or self._phrases):
            for pattern in self._patterns:
                yield from (found.span(1) for found in pattern.finditer(text.lower()))
            return
        words = list(_words(text))
        for place, (folded, start, end) in enumerate(words):
            if folded in self._firsts:
                yield from self._phrases_at(words, place)
            if folded in self._words:
                yield start, end
            elif self._starts and folded.startswith(self._starts):
                yield start, start + self._length_of_beginning(folded, end - start)
            elif any(is_near(folded, near, is_prefix=is_prefix) for near, is_prefix in self._forgiven):
                yield start, end

    def _phrases_at(self, words: Sequence[_Word], place: int) -> Iterator[Span]:
        for phrase in self._phrases:
            found = words[place : place + len(phrase)]
            if [folded for folded, _, _ in found] == phrase:
                yield found[0][1], found[-1][2]

    def _length_of_beginning(self, folded: str, length: int) -> int:
        """How many characters to highlight: the whole word if normalization changed its length."""
        beginning = next(start for start in self._starts if folded.startswith(start))
        return len(beginning) if len(folded) == length else length


def is_near(word: str, wanted: str, *, is_prefix: bool) -> bool:
    """Whether the words differ by at most one edit.

    An edit adds, removes or replaces a letter, or swaps two neighbours.

    Args:
        word: a word of a text.
        wanted: the word in the query.
        is_prefix: whether ``word`` may continue after that.
    """
    same = 0
    for ours, theirs in zip(word, wanted, strict=False):
        if ours != theirs:
            break
        same += 1
    rest, missing = word[same:], wanted[same:]
    ways = (
        (rest, missing[1:]),
        (rest[1:], missing),
        (rest[1:], missing[1:]),
        (rest[2:], missing[2:]) if rest[:2] == missing[:2][::-1] else ("", "-"),
    )
    if is_prefix:
        return any(left.startswith(right) for left, right in ways)
    return rest == missing or any(left == right for left, right in ways)


def _near(word: str, *, is_prefix: bool) -> str:
    """A pattern for the words that :func:`is_near` accepts."""
    ways = [f"{word[:place]}[0-9a-z]?{word[place + 1 :]}" for place in range(len(word))]
    ways += [f"{word[:place]}[0-9a-z]{word[place:]}" for place in range(len(word) + 1)]
    ways += [f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}" for place in range(len(word) - 1)]
    return f"(?:{'|'.join(ways)}){'[0-9a-z]*' if is_prefix else ''}{_END}"


def _words(text: str) -> Iterator[_Word]:
    """The words of a text, split like the index's analyzer does."""
    for candidate in _CANDIDATE.finditer(text):
        found, start = candidate.group(), candidate.start()
        if found.isascii():
            yield found.lower(), start, start + len(found)
            continue
        for is_word, letters in groupby(found, _is_word):
            part = "".join(letters)
            if is_word:
                yield _folded(part), start, start + len(part)
            start += len(part)


@lru_cache(maxsize=4096)
def _is_word(letter: str) -> bool:
    return bool(analyzer().analyze(storable(letter)))


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return "".join(analyzer().analyze(storable(word)))  # empty if it is too long


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for start, end in sorted(spans):
        if last is not None and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def _utf16(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Convert spans in characters to UTF-16 code units: a character above U+FFFF counts as two."""
    if text.isascii() or max(text) <= "\uffff":
        return tuple(spans)
    return tuple((_units(text[:start]), _units(text[:end])) for start, end in spans)


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)
