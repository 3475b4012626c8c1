"""The title and the first paragraph of a README in Markdown, reStructuredText or plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from huggingnersc_lab.inspection.prefill.suggestion import one_line
from huggingnersc_lab.render.plain import plain

_MAX_BLOCKS = 2000
_MAX_PARAGRAPH = 4000
_MAX_TITLE = 200
_MIN_PARAGRAPH = 20
_MAX_LINE_OF_TITLE = 100

FENCE = re.compile(r"(?ms)^(?P<fence>```+|~~~+).*?(?:^(?P=fence)[ \t]*$|\Z)")
"""A block of code in Markdown."""

_COMMENT = re.compile(r"(?s)<!--.*?(?:-->|\Z)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>.*?)[ \t#]*")
_UNDERLINE = re.compile(r"([=\-~^\"'#*+`:._])\1{2,}[ \t]*")
_NO_PROSE = re.compile(
    r"[ \t]*(?:[-*+•][ \t]|\d+[.)][ \t]|\||\.\.[ \t]|:[\w-]+:|<(?!https?:)|\[!\[|!\[|={3,}|-{3,}|@\w+\{)|(?:\t| {4})"
)
_LABEL_LINE = re.compile(r"[*_]{0,2}[A-Z][\w ]{1,24}[*_]{0,2}:[*_]{0,2}(?:[ \t]|$)")


@dataclass(frozen=True)
class ReadmeText:
    """What is taken from the text of a README.

    Attributes:
        title: its first heading, as plain text; empty if there is none.
        paragraph: the first paragraph of prose, as plain text; empty if there is none.
        blocks: all blocks between blank lines, as they are written.
    """

    title: str
    paragraph: str
    blocks: Sequence[str]


def parse(text: str, extension: str) -> ReadmeText:
    """Take a README apart.

    Args:
        text: its text, without front matter.
        extension: ``md``, ``rst`` or ``txt``, in lower case; empty for none.
    """
    text = _COMMENT.sub("", FENCE.sub("", text))
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text, maxsplit=_MAX_BLOCKS) if block.strip()]
    title, rest = "", list(blocks)
    for index, block in enumerate(blocks):
        lines = block.split("\n")
        found, used = _title(lines, is_first=index == 0, is_markdown=extension in ("md", "markdown"))
        if found:
            title = found
            rest = ["\n".join(lines[used:]), *blocks[index + 1 :]]
            break
        if _is_prose(block):
            break
    shown = title if len(title) <= _MAX_TITLE else ""
    return ReadmeText(shown, _paragraph(rest, extension), blocks)


def _title(lines: Sequence[str], *, is_first: bool, is_markdown: bool) -> tuple[str, int]:
    """The heading that some lines begin with, and how many lines it takes."""
    if (heading := _HEADING.fullmatch(lines[0])) is not None:
        return _plain_line(heading["title"]), 1
    if len(lines) > 2 and _UNDERLINE.fullmatch(lines[0]) and _UNDERLINE.fullmatch(lines[2]):  # noqa: PLR2004
        return _plain_line(lines[1]), 3
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and not _NO_PROSE.match(lines[0]):
        return _plain_line(lines[0]), 2
    is_line = (
        len(lines) == 1 and len(lines[0]) <= _MAX_LINE_OF_TITLE and not lines[0].rstrip().endswith((".", ":", ","))
    )
    if is_first and is_line and not is_markdown and _is_prose(lines[0]):
        return _plain_line(lines[0]), 1
    return "", 0


def _paragraph(blocks: Sequence[str], extension: str) -> str:
    """The first block of prose; a heading at its beginning is left out."""
    for block in blocks:
        lines = block.split("\n")
        begin = next((at for at, line in enumerate(lines) if not _HEADING.fullmatch(line)), len(lines))
        if len(lines) > begin + 1 and _UNDERLINE.fullmatch(lines[begin + 1]):
            begin += 2
        prose = "\n".join(lines[begin:])[:_MAX_PARAGRAPH]
        if not _is_prose(prose):
            continue
        text = one_line(_without_roles(prose) if extension == "rst" else plain(prose))
        if len(text) >= _MIN_PARAGRAPH:
            return text
    return ""


def _is_prose(block: str) -> bool:
    return bool(block.strip()) and not _NO_PROSE.match(block) and not _LABEL_LINE.match(block)


def _plain_line(text: str) -> str:
    return one_line(plain(text[:_MAX_PARAGRAPH]))


def _without_roles(text: str) -> str:
    """Text without the inline markup of reStructuredText."""
    text = re.sub(r":[\w:-]{1,40}:`([^`<]*?)(?:\s*<[^>`]*>)?`", r"\1", text)
    text = re.sub(r"`([^`<]*?)(?:\s*<[^>`]*>)?`__?", r"\1", text)
    return re.sub(r"(\*\*|\*|``|`)(\S(?:.*?\S)?)\1", r"\2", text)
