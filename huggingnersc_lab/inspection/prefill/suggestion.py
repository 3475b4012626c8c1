"""A suggested value of a field, and where it was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

MAX_PASSAGE = 300
"""Longest passage that is shown, in characters."""

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True)
class Suggestion:
    """A value that a file suggests, before it is validated.

    Attributes:
        member: the record's field.
        value: the value, as JSON.
        passage: the part of the file that says so, on one line.
        is_explicit: whether the passage speaks of the data, where other files may speak of code that comes with it.
    """

    member: str
    value: Any
    passage: str
    is_explicit: bool = False


@dataclass(frozen=True)
class Source:
    """A kind of file that says something about the data around it.

    Attributes:
        file_name: matches the whole name of such a file.
        read: what a file suggests, by its name and its content; raises :class:`UnreadableSourceError`.
    """

    file_name: re.Pattern[str]
    read: Callable[[str, bytes], Iterator[Suggestion]]


class UnreadableSourceError(Exception):
    """A file is not what its name promises; the message says why ("is not YAML")."""


def one_line(text: str) -> str:
    r"""A text on one line, without control characters.

    >>> one_line(" Hourly\n  wind\tspeed ")
    'Hourly wind speed'
    """
    return " ".join(_ODD.sub(" ", text).split())


def passage_of(text: str) -> str:
    """A text on one line, cut to :data:`MAX_PASSAGE`."""
    line = one_line(text[: 4 * MAX_PASSAGE])
    return line if len(line) <= MAX_PASSAGE else f"{line[: MAX_PASSAGE - 1].rstrip()}…"


def text_of(content: bytes) -> str:
    """The text of a file with Unix line endings, as UTF-8, or as Latin-1 if it is not.

    Raises:
        UnreadableSourceError: it is binary.
    """
    if b"\0" in content:
        raise UnreadableSourceError("is not text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")
