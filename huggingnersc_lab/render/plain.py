"""Converts Markdown to plain text as a reader sees it, on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SIGN = re.compile(r"[\\`*_~\[<&|#]")
_LINE = re.compile(r"\n[ \t]*[-+>=]")
"""Without one of these, a text has no markup; two patterns are faster here than one."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


def plain(text: str) -> str:
    r"""``text`` without markup: links and images become their text, code stays, HTML is removed.

    >>> plain("# Maps of the **sky**\n\nMade with `healpy` at [NERSC](https://www.nersc.gov).")
    'Maps of the sky Made with healpy at NERSC.'
    """
    if _SIGN.search(text) or _LINE.search(f"\n{text}"):
        text = "".join(_words(_parser().parse(text)))
    return " ".join(text.split())


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "fence", "code_block"):
            yield token.content
        elif token.type == "html_block":
            yield _TAG.sub(" ", _COMMENT.sub(" ", token.content))
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and _BREAK.match(token.content)):
            yield " "
        elif token.children:
            yield from _words(token.children)
        if token.block:  # the following text starts a new line
            yield " "
