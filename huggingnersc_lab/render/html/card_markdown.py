"""The Markdown of cards: GitHub's, including HTML, with maths as code, since no typesetter may process it."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

MAX_NESTING = 32
"""Maximum nesting depth of blocks; the parser ignores deeper ones."""

_DOLLARS = "$$"


def to_html(text: str) -> tuple[str, bool]:
    """Unsanitized HTML, and whether it contains the whole text."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        # The alignment of a table column, which is rendered as a style.
        if token.tag in ("td", "th") and (style := token.attrs.pop("style", None)):
            token.attrs["align"] = str(style).removeprefix("text-align:")
    html: str = parser.renderer.render(tokens, parser.options, {})
    return html, all(token.level < MAX_NESTING - 1 for token in tokens)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "maths", _display_maths, {"alt": ends})
    parser.inline.ruler.before("escape", "maths", _inline_maths)
    return parser


def _display_maths(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The lines between two lines that contain only ``$$``."""
    if state.is_code_block(start) or _line(state, start) != _DOLLARS:
        return False
    close = start + 1
    while close < end and _line(state, close) != _DOLLARS and not _leaves(state, close):
        close += 1
    if close == end or _line(state, close) != _DOLLARS:
        return False
    if silent:
        return True
    state.line = close + 1
    token = state.push("fence", "code", 0)
    token.markup = _DOLLARS
    token.content = state.getLines(start, state.line, state.blkIndent, keepLastLF=True)
    token.map = [start, state.line]
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _leaves(state: StateBlock, line: int) -> bool:
    """Whether a line is outside the list or quote that contains the block."""
    return not state.isEmpty(line) and state.sCount[line] < state.blkIndent


def _inline_maths(state: StateInline, silent: bool) -> bool:
    """``$a$`` and ``$$a$$`` as code; like GitHub, prices in dollars are recognized by the adjacent spaces."""
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    sign = _DOLLARS if source.startswith(_DOLLARS, start) else "$"
    begin = start + len(sign)
    close = source.find("$", begin, state.posMax)
    while close > 0 and source[close - 1] == "\\":
        close = source.find("$", close + 1, state.posMax)
    end = close + len(sign)
    if close <= begin or end > state.posMax or not source.startswith(sign, close):
        return False
    if sign == "$" and (source[begin].isspace() or source[close - 1].isspace() or source[end : end + 1].isdigit()):
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = source[start:end]
    state.pos = end
    return True
