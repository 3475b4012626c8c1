"""What file names reveal: the suffix, a number in a series, a split of the data."""

from __future__ import annotations

import re
from functools import lru_cache

_TO_ZERO = str.maketrans("123456789", "000000000")
_ZEROS = re.compile("0+")
_WORDS = re.compile(r"[^a-z]+")
_COMPRESSED = ("gz", "bz2", "xz", "zst")
_MAX_SUFFIX = 16
_SPLITS = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "dev"), "validation"),
    **dict.fromkeys(("test", "testing", "eval"), "test"),
}


def suffix_of(name: str) -> str:
    """The lower-case suffix without its dot, together with the one before a compression's; empty if there is none.

    >>> suffix_of("a.CSV"), suffix_of("a.csv.gz"), suffix_of("README"), suffix_of(".hidden"), suffix_of("run.0001")
    ('csv', 'csv.gz', '', '', '')
    """
    stem, _, last = name.lstrip(".").lower().rpartition(".")
    if not stem or not 0 < len(last) <= _MAX_SUFFIX or last.isdigit() or not last.isprintable() or " " in last:
        return ""
    if last in _COMPRESSED:
        inner = suffix_of(stem)
        if inner and "." not in inner:
            return f"{inner}.{last}"
    return last


def pattern_of(name: str) -> tuple[str, str]:
    """A key that names differing only in digits share: the part before the last dot with each digit as 0, and the rest.

    >>> pattern_of("part-0127.h5") == pattern_of("part-0001.h5")
    True
    """
    stem, dot, last = name.rpartition(".")
    if not dot or last.isdigit():
        return name.translate(_TO_ZERO), ""
    return stem.translate(_TO_ZERO), last


def series_of(pattern: tuple[str, str]) -> str | None:
    """How a series of numbered files is written, ``part-*.h5``; None if the pattern has no digits.

    >>> series_of(("part-0000", "h5")), series_of(("readme", "txt"))
    ('part-*.h5', None)
    """
    stem, last = pattern
    starred = _ZEROS.sub("*", stem)
    if starred == stem:
        return None
    return f"{starred}.{last}" if last else starred


@lru_cache(maxsize=4096)
def split_of(name: str) -> str | None:
    """The split that a name of a folder or file means: ``train``, ``validation`` or ``test``.

    >>> split_of("Training"), split_of("iris_test.csv"), split_of("contest")
    ('train', 'test', None)
    """
    words = [word for word in _WORDS.split(name.lower()) if word]
    if not words:
        return None
    for word in (words[0], words[-2] if "." in name and len(words) > 1 else words[-1]):
        if word in _SPLITS:
            return _SPLITS[word]
    return None
