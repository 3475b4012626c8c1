"""Escapes other people's text in Markdown, so that nothing in it becomes markup unintentionally.

The Hub displays cards and JupyterLab displays notebooks; both use GitHub's flavour of CommonMark.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SPECIAL = re.compile(r"[\\`*\[\]~$#|]|(?<![^\W_])_|_(?![^\W_])")
_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]+")
_WEB = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]|"
# In order of precedence: a backslash escape, code ticks, an autolink, a link's URL, a bracket.
_INLINE = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<(?:https?|ftp|mailto):[^\s<>]*>|\]\(<[^<>\n]*>|<")
_EVERY_BRACKET = re.compile("<")
_CONTAINER = re.compile(r"(?:\s*(?:>|[*+-](?=\s)|\d{1,9}[.)](?=\s)))*\s*")
# Without one of these, a text contains no HTML, heading or fence.
_MARKUP = re.compile(r"[<#`~]|^[ >]*[=-]+\s*$", re.MULTILINE)


def escape(text: str) -> str:
    r"""``text`` as one line of Markdown without markup.

    >>> escape("a_b *c* <script>")
    'a_b \\*c\\* &lt;script&gt;'
    """
    line = _CONTROL.sub(" ", text).strip()
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(lambda match: "\\" + match[0], line)


def code_span(text: str) -> str:
    """``text`` as inline code, even if it contains backticks."""
    line = _CONTROL.sub(" ", text)
    ticks = "`" * (_longest_run(line) + 1)
    # Readers strip one space at each end; it separates the text's backticks from those of the code span.
    pad = " " if line.startswith(("`", " ")) or line.endswith(("`", " ")) else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def code_block(text: str, language: str = "") -> str:
    """``text`` in a fence longer than any run of backticks in it."""
    fence = "`" * max(3, _longest_run(text) + 1)
    newline = "" if text.endswith("\n") else "\n"
    return f"{fence}{language}\n{text}{newline}{fence}"


def link(label: str, address: str) -> str:
    """A link with a plain text label; code if ``address`` is not a URL that a browser opens."""
    if not _WEB.match(address):
        return code_span(address)
    quoted = quote(address, safe=_IN_ADDRESSES)
    if label == quoted:
        return f"<{quoted}>"
    return f"[{escape(label)}](<{quoted}>)" if set("()") & set(quoted) else f"[{escape(label)}]({quoted})"


def table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    """A table with two columns; the cells are already Markdown."""
    lines = [f"| {head[0]} | {head[1]} |", "| --- | --- |"]
    lines += [f"| {_cell(name)} | {_cell(value)} |" for name, value in rows]
    return "\n".join(lines)


def _cell(markdown: str) -> str:
    # A bar ends a cell even inside code; escaped ones are kept.
    return re.sub(r"(?<!\\)\|", r"\\|", markdown)


def embed(markdown: str, *, top_level: int = 3) -> str:
    """Embed a person's Markdown in a larger text.

    HTML is displayed verbatim, the topmost heading gets the level ``top_level``, and open fences are closed,
    so that the following text is not affected.
    """
    text = re.sub(r"\r\n?", "\n", markdown).replace("\0", "\ufffd").strip("\n").rstrip()
    if not _MARKUP.search(text):
        return text
    # With HTML disabled, an HTML block is parsed as the text that it will be once its `<` are escaped.
    tokens = _parser(html=False).parse(text)
    lines = _demote_headings(text.split("\n"), tokens, top_level)
    safe = _escape_html(lines, tokens, _INLINE)
    if "<" in safe and _holds_html(safe):
        # Parsing the same backticks differently (a code span across table cells) would let it through.
        safe = _escape_html(lines, tokens, _EVERY_BRACKET)
    return _close_fence(safe.rstrip("\n"), tokens)


@cache
def _parser(*, html: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"] if html else [])


def _holds_html(text: str) -> bool:
    inside = (child for token in _parser(html=True).parse(text) for child in (token, *(token.children or ())))
    return any(token.type in ("html_block", "html_inline") for token in inside)


def _demote_headings(lines: list[str], tokens: list[Token], top_level: int) -> list[str]:
    """The same number of lines, with every heading on one line and none above ``top_level``."""
    lines = list(lines)
    headings = [(token, tokens[i + 1].content) for i, token in enumerate(tokens) if token.type == "heading_open"]
    shift = max(0, top_level - min((int(token.tag[1]) for token, _ in headings), default=top_level))
    for token, content in headings:
        if token.map is None:
            continue
        start, end = token.map
        match = _CONTAINER.match(lines[start])
        prefix = match[0] if match else ""
        marks = "#" * min(6, int(token.tag[1]) + shift)
        if token.markup.startswith("#"):
            lines[start] = prefix + marks + lines[start].removeprefix(prefix).lstrip("#")
            continue
        # An underlined heading has two or more lines; the rest become empty so that line numbers do not change.
        title = re.sub(r"#+$", lambda closing: "\\" + closing[0], " ".join(content.split()))
        lines[start] = f"{prefix}{marks} {title}"
        lines[start + 1 : end] = [""] * (end - start - 1)
    return lines


def _escape_html(lines: list[str], tokens: list[Token], pattern: re.Pattern[str]) -> str:
    lines = list(lines)
    for token in tokens:
        if token.type == "inline" and token.map:
            start, end = token.map
            lines[start:end] = _escape_brackets("\n".join(lines[start:end]), pattern).split("\n")
    return "\n".join(lines)


def _escape_brackets(text: str, pattern: re.Pattern[str]) -> str:
    parts = []
    position = 0
    while match := pattern.search(text, position):
        parts.append(text[position : match.start()])
        end = match.end()
        if match[0] == "<":
            parts.append("&lt;")
        elif match[0].startswith("`"):
            close = re.compile(rf"(?<!`){match[0]}(?!`)").search(text, end)
            end = close.end() if close else end
            parts.append(text[match.start() : end])
        else:
            parts.append(match[0])
        position = end
    return "".join(parts) + text[position:]


def _close_fence(text: str, tokens: list[Token]) -> str:
    last = tokens[-1] if tokens else None
    if last is None or last.type != "fence":
        return text
    closed = _parser(html=False).parse(f"{text}\n\n# end\n")[-1].type == "heading_close"
    return text if closed else f"{text}\n{last.markup}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
