"""Elements, attributes and addresses that are shown, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from huggingnersc_lab.render.html.allow_list import MAX_DEPTH, MAX_ELEMENTS, address, clean
from tests.render.html.reader import HOSTILE, JUMBLE, read

LINK = 'target="_blank" rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p onclick="x()" style="color:red" class="a" id="b">a</p>', "<p>a</p>"),
        ('<p align="center">a</p><p align="justify">b</p>', '<p align="center">a</p><p>b</p>'),
        (
            '<ol start="7"><li>a</li></ol><ol start="-1"><li>b</li></ol>',
            '<ol start="7"><li>a</li></ol><ol><li>b</li></ol>',
        ),
        ("a<script>b</script><style>c</style><!-- d -->e", "ae"),
        ("<marquee>a</marquee>", "a"),
        ('<a href="https://a.org/?b=1&amp;c=2">x</a>', f'<a href="https://a.org/?b=1&amp;c=2" {LINK}>x</a>'),
        ('<a href="javascript:x()">x</a>', "<span>x</span>"),
        ('<img src="https://a.org/b.png">', f'<a href="https://a.org/b.png" {LINK}>https://a.org/b.png</a>'),
        ('<img src="data:image/png;base64,x" alt=" a plot ">', "a plot"),
        (
            '<a href="https://a.org"><img src="https://b.org/c.png" alt="d"></a>',
            f'<a href="https://a.org" {LINK}>d</a>',
        ),
        ("see https://a.org/b).", f'see <a href="https://a.org/b" {LINK}>https://a.org/b</a>).'),
        ("https://a.org/b_(c)", f'<a href="https://a.org/b_(c)" {LINK}>https://a.org/b_(c)</a>'),
        ("<code>https://a.org</code>", "<code>https://a.org</code>"),
        (
            "<code>a</code> https://a.org",
            f'<code>a</code> <a href="https://a.org" {LINK}>https://a.org</a>',
        ),
        ("<pre>\n\na</pre>", "<pre>a</pre>"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("<b>a", "<b>a</b>"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("a<br>b<hr>", "a<br>b<hr>"),
    ],
)
def test_what_is_shown_of_html(html: str, shown: str) -> None:
    assert clean(html) == (shown, True)


@pytest.mark.parametrize("name", ["colspan", "rowspan"])
def test_a_cell_spans_49_at_most(name: str) -> None:
    def row(value: str) -> str:
        return clean(f'<table><tbody><tr><td {name}="{value}">a</td></tr></tbody></table>')[0]

    assert f'{name}="49"' in row("49")
    assert not [value for value in ("0", "50", "100", "1x", "") if name in row(value)]


def test_no_more_and_no_deeper_than_browsers_lay_out() -> None:
    assert clean("<br>" * MAX_ELEMENTS) == ("<br>" * MAX_ELEMENTS, True)
    assert clean("<br>" * (MAX_ELEMENTS + 1)) == ("<br>" * MAX_ELEMENTS, False)
    whole = "<b>" * MAX_DEPTH + "a" + "</b>" * MAX_DEPTH
    assert clean(whole) == (whole, True)
    assert clean(f"<b>{whole}</b>") == (whole.replace("a", ""), False)


@pytest.mark.parametrize("payload", HOSTILE, ids=lambda payload: payload["id"])
def test_nothing_but_the_list_is_left_of_it_as_html(payload: dict[str, Any]) -> None:
    shown, _ = clean(payload["text"])
    read(shown)
    assert clean(shown) == (shown, True)


@settings(max_examples=300)
@given(JUMBLE)
def test_nothing_but_the_list_is_left_of_any_html(text: str) -> None:
    shown, _ = clean(text)
    read(shown)
    assert clean(shown)[0] == shown


@pytest.mark.parametrize(
    "text",
    [
        "javascript:x()",
        "JAVASCRIPT:x()",
        "java\tscript:x()",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "/lab",
        "lab",
        "#a",
        "?a",
        "",
        " ",
        "https:example.org",
        "https:/example.org",
        "https:///example.org",
        "https://",
        "https://[::1",
        "https://[x]",
        "https://%",
        "https://a..b",
        "https://1.2.3",
        "https://1.2.3.256",
        "https://éa.org",
        "https://example.org:x",
        "https://user@example.org",
        "https://a b.org",
        "https://example.org/\u202egnp.exe",
        "https:\\\\example.org",
        "https://example.org\\@example.com",
        "mailto:",
        "mailto:javascript:x()",
        "blob:https://example.org/x",
        "view-source:https://example.org",
        "https://example.org/" + "a" * 2000,
        None,
    ],
)
def test_no_link_leads_there(text: str | None) -> None:
    assert address(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "https://a.org",
        "HTTP://a.org/b?c=d#e",
        "https://[::1]:8080/",
        "https://xn--a-9fa.org/ü",
        "mailto:a@example.org",
    ],
)
def test_a_link_may_lead_there(text: str) -> None:
    assert address(f" {text}\n") == text
