"""Text layout: facts, tables and sentences that fit a terminal, without control characters."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

_LEAST_WIDTH = 20
# Control characters and those that change the text direction; the texts come from other people's records.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Remove from ``text`` what a terminal would interpret instead of display."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text).encode("utf-8", "backslashreplace").decode()


def terminal_width(stream: TextIO) -> int | None:
    """Columns of the terminal behind ``stream``; None for a pipe or a file, where lines are not wrapped."""
    return max(_LEAST_WIDTH, shutil.get_terminal_size().columns) if stream.isatty() else None


def fill(text: str, width: int | None, *, first: str = "", indent: str = "") -> str:
    """Wrap ``text`` after ``first`` at word boundaries; continuation lines are indented. Paths are never broken."""
    lines: list[str] = []
    for line in text.split("\n"):
        start = indent if lines else first
        if width is None or len(start) + display_width(line) <= width:
            lines.append((start + line).rstrip())
            continue
        lines += textwrap.wrap(
            line,
            width,
            initial_indent=start,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def facts(pairs: Iterable[tuple[str, str | None]]) -> str:
    """One fact per line; unknown ones are left out."""
    known = [(label, printable(value)) for label, value in pairs if value]
    column = max((len(label) for label, _ in known), default=0) + 2
    width = terminal_width(sys.stdout)
    return "\n".join(fill(value, width, first=label.ljust(column), indent=" " * column) for label, value in known)


def table(rows: Sequence[Sequence[str]], headings: Sequence[str], *, shorten: str | None = None) -> str:
    """Columns as wide as their content; if the terminal is too narrow, the one named ``shorten`` is truncated."""
    cells = [headings, *([printable(cell).replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(headings))]
    terminal = terminal_width(sys.stdout)
    if terminal is not None and shorten is not None:
        column = headings.index(shorten)
        over = sum(widths) + 2 * (len(widths) - 1) - terminal
        widths[column] = max(len(shorten), _LEAST_WIDTH, widths[column] - over) if over > 0 else widths[column]
    return "\n".join(
        "  ".join(_cell(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def display_width(text: str) -> int:
    """Columns that ``text`` takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def cut(text: str, width: int) -> str:
    """``text``, truncated to ``width`` columns."""
    if display_width(text) > width:
        while display_width(text) >= width:
            text = text[:-1]
        text = text.rstrip() + "…"
    return text


def _cell(text: str, width: int) -> str:
    text = cut(text, width)
    return text + " " * (width - display_width(text))
