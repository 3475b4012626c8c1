from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from huggingnersc_lab.render.markdown import code_block, code_span, embed, escape, link, table

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# Texts that are more often markup than not.
WORDS = r"""
<script> </b> <!-- --> < > ` `` ``` ~~~ --- === | | |---| \ * _ [ ]( ) <http://a.b> &lt; a é [x]: <? ![ $ {{
""".split()  # noqa: SIM905
SPACES = [" ", "\n", "\n\n", "\t", "    ", "# ", "## ", "- ", "> ", "1. ", "| a |", "\r", "\x00"]
NASTY = st.lists(st.sampled_from(WORDS + SPACES), max_size=25).map("".join)


def _tokens(markdown: str) -> list[Token]:
    return [one for token in READER.parse(markdown) for one in (token, *(token.children or ()))]


def _text(markdown: str) -> str:
    inline = READER.parseInline(markdown)[0].children or []
    assert {token.type for token in inline} <= {"text", "text_special"}, inline
    return "".join(token.content for token in inline)


@given(st.text() | NASTY)
def test_escaped_text_reads_as_itself_and_nothing_else(text: str) -> None:
    line = " ".join("".join(" " if ord(char) < 32 or ord(char) == 127 else char for char in text).split())
    assert " ".join(_text(escape(text)).split()) == line


@given(NASTY)
def test_a_heading_of_escaped_text_is_one_heading(text: str) -> None:
    tokens = READER.parse(f"# {escape(text)}\n\nafter\n")
    assert [token.type for token in tokens if token.level == 0] == [
        "heading_open",
        "inline",
        "heading_close",
        "paragraph_open",
        "inline",
        "paragraph_close",
    ] or [token.type for token in tokens if token.type.endswith("_open")] == ["heading_open", "paragraph_open"]


@given(NASTY)
def test_code_shows_the_text(text: str) -> None:
    children = READER.parseInline(code_span(text))[0].children or []
    if "".join(text.split()):
        assert [token.type for token in children] == ["code_inline"]
        assert children[0].content.split() == "".join(c if ord(c) > 31 else " " for c in text).split()


@given(NASTY)
def test_a_block_of_code_holds_all_of_the_text(text: str) -> None:
    tokens = READER.parse(code_block(text, "python") + "\n\nafter\n")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    shown = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    assert tokens[0].content == shown + ("" if shown.endswith("\n") else "\n")


@given(NASTY)
def test_embedded_text_holds_no_html_and_no_high_heading_and_stays_in_its_place(text: str) -> None:
    embedded = embed(text)
    tokens = _tokens(f"{embedded}\n\n## After\n\nlast\n")
    assert not [token for token in tokens if token.type in ("html_block", "html_inline")]
    headings = [token for token in tokens if token.type == "heading_open"]
    assert [token.tag for token in headings if token.tag in ("h1", "h2")] == ["h2"]
    assert headings[-1].level == 0
    assert tokens[-2].content == "last"


@given(NASTY)
def test_embedding_twice_changes_nothing_more(text: str) -> None:
    assert embed(embed(text)) == embed(text)


def test_headings_keep_their_order_of_rank() -> None:
    assert embed("# A\n\n## B\n\nC\n---\n\n###### D") == "### A\n\n#### B\n\n#### C\n\n\n###### D"
    assert embed("#### A", top_level=2) == "#### A"


def test_code_in_embedded_text_keeps_its_brackets() -> None:
    text = "`<b>` and ``a`<c>`` and\n\n```html\n<d>\n## e\n```\n\n    <f>"
    assert embed(text) == text


def test_a_fence_left_open_is_closed() -> None:
    assert embed("~~~~\n## inside") == "~~~~\n## inside\n~~~~"


def test_links_in_angle_brackets_stay() -> None:
    assert embed("<https://example.org/> <b>") == "<https://example.org/> &lt;b>"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.org/b", "[x](https://a.org/b)"),
        ("https://a.org/b(c)", "[x](<https://a.org/b(c)>)"),
        ("https://a.org/b c<d>", "[x](https://a.org/b%20c%3Cd%3E)"),
        ("https://a.org/%20é", "[x](https://a.org/%20%C3%A9)"),
        ("javascript:alert(1)", "`javascript:alert(1)`"),
        ("s3://bucket/key", "`s3://bucket/key`"),
    ],
)
def test_only_addresses_that_browsers_open_become_links(address: str, expected: str) -> None:
    assert link("x", address) == expected


def test_bars_do_not_split_cells() -> None:
    tokens = READER.parse(table(("a", "b"), [("c|d", code_span("e|f")), ("g", escape("h|i"))]))
    cells = [token.content for token in tokens if token.type == "inline"]
    assert cells == ["a", "b", "c|d", "`e|f`", "g", "h|i"]
