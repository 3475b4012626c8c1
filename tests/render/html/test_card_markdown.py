"""Markdown of cards as HTML that was not cleaned yet."""

from __future__ import annotations

import pytest

from huggingnersc_lab.render.html.card_markdown import MAX_NESTING, to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~a~~ <b>c</b>", "<p><s>a</s> <b>c</b></p>\n"),
        ("a $x_1$ b", "<p>a <code>$x_1$</code> b</p>\n"),
        ("a $$x*y*z$$ b", "<p>a <code>$$x*y*z$$</code> b</p>\n"),
        (r"$a\$b$", "<p><code>$a\\$b$</code></p>\n"),
        # Prices are none.
        ("from $5 to $6", "<p>from $5 to $6</p>\n"),
        ("$a$5", "<p>$a$5</p>\n"),
        ("$ a$ and $a $", "<p>$ a$ and $a $</p>\n"),
        ("$$ a $$", "<p><code>$$ a $$</code></p>\n"),
        ("$$a$ b", "<p>$<code>$a$</code> b</p>\n"),
        ("$$", "<p>$$</p>\n"),
        ("$a", "<p>$a</p>\n"),
        ("`$a$`", "<p><code>$a$</code></p>\n"),
        ("*$a* b$", "<p>*<code>$a* b$</code></p>\n"),
    ],
)
def test_lines(text: str, html: str) -> None:
    assert to_html(text) == (html, True)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$$\nx_1 < *y*\n\n# z\n$$\na", "<pre><code>$$\nx_1 &lt; *y*\n\n# z\n$$\n</code></pre>\n<p>a</p>\n"),
        ("a\n$$\nb\n$$\n", "<p>a</p>\n<pre><code>$$\nb\n$$\n</code></pre>\n"),
        ("$$  \nb\n  $$\n", "<pre><code>$$  \nb\n  $$\n</code></pre>\n"),
        ("> $$\n> a\n> $$\n\nb", "<blockquote>\n<pre><code>$$\na\n$$\n</code></pre>\n</blockquote>\n<p>b</p>\n"),
        ("- $$\n  a\n  $$\n", "<ul>\n<li>\n<pre><code>$$\na\n$$\n</code></pre>\n</li>\n</ul>\n"),
        # A block that is not closed where it was opened is none.
        ("- $$\n  a\n\nb\n\n$$", "<ul>\n<li>$$\na</li>\n</ul>\n<p>b</p>\n<p>$$</p>\n"),
        ("$$\n\n# a", "<p>$$</p>\n<h1>a</h1>\n"),
        ("    $$\n    a\n    $$", "<pre><code>$$\na\n$$\n</code></pre>\n"),
    ],
)
def test_blocks_of_maths(text: str, html: str) -> None:
    assert to_html(text) == (html, True)


def test_columns_are_aligned_by_an_attribute() -> None:
    html, _ = to_html("| a | b | c |\n|:-:|--:|---|\n| 1 | 2 | 3 |\n")
    assert '<th align="center">a</th>\n<th align="right">b</th>\n<th>c</th>' in html
    assert '<td align="center">1</td>\n<td align="right">2</td>\n<td>3</td>' in html
    assert "style" not in html


def test_what_lies_too_deep_is_told() -> None:
    depth = MAX_NESTING - 3
    html, has_all = to_html("> " * depth + "a")
    assert (html.count("<blockquote>"), has_all, "a</p>" in html) == (depth, True, True)
    assert not to_html("> " * (depth + 1) + "a")[1]
