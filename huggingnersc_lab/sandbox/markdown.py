"""Renders cards as safe HTML, since they come from other people."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "details": {"open"},
}
_PLAIN = """
    abbr b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li p pre q s samp
    small span strong sub summary sup table tbody tfoot thead tr u ul var
"""


def to_html(text: str, files_url: str) -> str:
    """Renders Markdown with tables as sanitized HTML; relative links point below `files_url`."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    return nh3.clean(
        html,
        tags={*_PLAIN.split(), *_ATTRIBUTES},
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        attribute_filter=_below(files_url),
    )


def _below(files_url: str) -> Callable[[str, str, str], str]:
    def rewrite(_element: str, attribute: str, value: str) -> str:
        is_relative = not value.startswith(("#", "/")) and not urlsplit(value).scheme
        if attribute in ("href", "src") and is_relative:
            return f"{files_url}/{value.removeprefix('./')}"
        return value

    return rewrite
