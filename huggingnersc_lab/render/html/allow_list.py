"""The only module that decides which elements, attributes and URLs a card may contain. Everything else is removed.

``nh3`` parses like a browser and drops what is not allowed; the writer then rewrites the rest, with links instead of
images, limited in size and depth to what browsers render quickly.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from ipaddress import ip_address
from urllib.parse import urlsplit

import nh3

from huggingnersc_lab.render.html.effort import Effort

MAX_ELEMENTS = 10_000
"""Maximum number of elements; more would keep a browser busy for too long."""

MAX_DEPTH = 64
"""Maximum nesting depth of elements."""

_MAX_ADDRESS = 2000

_SHOWN = """
    a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i
    ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul
    var wbr
"""
_IN_LINES = "a abbr b br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup u var wbr"
_LEFT_OUT = """
    applet audio canvas iframe math noembed noframes noscript object script select style svg template textarea title
    video xmp
"""

ELEMENTS = frozenset(_SHOWN.split())
VOID = frozenset({"br", "hr", "wbr"})
"""Void elements, which have no end tag."""

ATTRIBUTES = {
    **dict.fromkeys(("div", "h1", "h2", "h3", "h4", "h5", "h6", "p"), frozenset({"align"})),
    **dict.fromkeys(("td", "th"), frozenset({"align", "colspan", "rowspan"})),
    "a": frozenset({"href"}),
    "ol": frozenset({"start"}),
}
"""Allowed attributes; a link also gets ``target`` and ``rel``."""

_OF_IMAGES = {"img": frozenset({"src", "alt"})}
_WITHOUT_CONTENT = frozenset(_LEFT_OUT.split())
"""Elements whose content is removed, since it is for programs or a fallback."""

_VALUES = {
    "align": re.compile("center|left|right"),
    "colspan": re.compile("[1-9]|[1-4][0-9]"),
    "rowspan": re.compile("[1-9]|[1-4][0-9]"),
    "start": re.compile("[0-9]{1,9}"),
}
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_INLINE = frozenset(_IN_LINES.split())
"""Inline elements."""

_LINK = ' href="{}" target="_blank" rel="noopener noreferrer"'
_SCHEMES = {"http": "//", "https": "//", "mailto": ""}
_BARE = re.compile(r"\bhttps?://[^\s<>\"'`\\]{1,2001}", re.IGNORECASE)
_STOPS = tuple(".,;:!?*_~]}|")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_UNFIT = re.compile(r"[\s\x00-\x20\x7f-\x9f\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Whitespace, control characters, and characters that hide or reverse parts of a URL."""


def clean(html: str) -> tuple[str, bool]:
    """HTML with only allowed content, and whether it was truncated.

    >>> clean('<p onclick="x()">See <img src="https://example.org/plot.png" alt="the plot"></p>')[0]
    '<p>See <a href="https://example.org/plot.png" target="_blank" rel="noopener noreferrer">the plot</a></p>'
    """
    # Dropped elements may have separated others: a browser would parse the rest differently.
    parsed = _parse(_parse(html))
    writer = _Writer()
    try:
        writer.feed(parsed)
        writer.close()
    except _FullError:
        writer.has_all = False
    return writer.html(), writer.has_all


def _parse(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(ELEMENTS | {"img"}),
        clean_content_tags=set(_WITHOUT_CONTENT),
        attributes={tag: set(names) for tag, names in (ATTRIBUTES | _OF_IMAGES).items()},
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def address(text: str | None) -> str | None:
    """The URL if a link may point to it; otherwise None, including URLs of this server."""
    found = (text or "").strip(" \t\n")
    scheme, _, rest = found.partition(":")
    start = _SCHEMES.get(scheme.lower())
    if start is None or not rest.startswith(start) or len(found) > _MAX_ADDRESS or _UNFIT.search(found):
        return None
    try:
        parts = urlsplit(found)
        is_whole = _is_host(parts.hostname or "") and parts.port != 0
    except ValueError:  # an invalid port, or brackets without an IPv6 address
        return None
    # A user name before the host makes a URL look like another site's.
    is_fit = "@" in rest if parts.scheme == "mailto" else is_whole and "@" not in parts.netloc
    return found if is_fit else None


def _is_host(name: str) -> bool:
    """Whether it is a valid host name, with IDNs in Punycode; raises ValueError for invalid numeric addresses."""
    if ":" in name or name.rpartition(".")[2].isdecimal():
        ip_address(name)
        return True
    return bool(_HOST.fullmatch(name))


class _FullError(Exception):
    """The limit of what a browser renders quickly is reached."""


class _Writer(HTMLParser):
    """Rewrites the well-formed output of ``nh3``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.has_all = True
        self._parts: list[str] = []
        self._open: list[str] = []
        """Names of the open elements, outermost first."""
        self._count = 0
        self._links = 0
        self._codes = 0
        self._begins_pre = False
        self._effort = Effort()

    def html(self) -> str:
        """The output, with open elements closed."""
        return "".join([*self._parts, *(f"</{tag}>" for tag in reversed(self._open))])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._begins_pre = False
        if tag == "img":
            self._write_image(given)
        elif tag in VOID:
            self._write_tag(tag, "")
        else:
            found = address(given.get("href")) if tag == "a" and not self._links else None
            if tag not in ELEMENTS or (tag == "a" and not found):
                tag = "span"  # not dropped, or a browser might parse its content differently
            self._write_tag(tag, _LINK.format(escape(found)) if found else _attributes(tag, given))
            self._enter(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag == "img":
            return
        self._begins_pre = False
        left = self._open.pop()
        self._parts.append(f"</{left}>")
        if left not in _INLINE:
            self._effort.begin_block()
        self._links -= left == "a"
        self._codes -= left in _CODE

    def handle_data(self, data: str) -> None:
        if self._begins_pre:
            data = data.lstrip("\n")  # HTML parsers drop the first newline
        self._begins_pre = False
        self._write_text(data)

    def _enter(self, tag: str) -> None:
        self._open.append(tag)
        self._links += tag == "a"
        self._codes += tag in _CODE
        self._begins_pre = tag == "pre"

    def _write_text(self, text: str) -> None:
        """Write text, turning URLs into links."""
        position = 0
        for match in _BARE.finditer(text) if not (self._links or self._codes) else ():
            bare = _without_stop(match[0])
            if address(bare):
                self._write_plain(text[position : match.start()])
                self._write_link(bare, bare)
                position = match.start() + len(bare)
        self._write_plain(text[position:])

    def _write_plain(self, text: str) -> None:
        shown = self._effort.take(text)
        self._parts.append(escape(shown, quote=False))
        self.has_all = self.has_all and len(shown) == len(text)
        if self._effort.is_spent:
            raise _FullError

    def _write_tag(self, tag: str, attributes: str) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS or len(self._open) >= MAX_DEPTH:
            raise _FullError
        if tag not in _INLINE:
            self._effort.begin_block()
        self._parts.append(f"<{tag}{attributes}>")

    def _write_link(self, target: str, label: str) -> None:
        self._write_tag("a", _LINK.format(escape(target)))
        self._open.append("a")
        self._write_plain(label)
        self._parts.append(f"</{self._open.pop()}>")

    def _write_image(self, given: dict[str, str | None]) -> None:
        """Write a link to the image; inside another link, or without an allowed URL, its alternative text."""
        source = address(given.get("src"))
        label = (given.get("alt") or "").strip() or source or ""
        if source and not self._links:
            self._write_link(source, label)
        else:
            self._write_plain(label)


def _attributes(tag: str, given: dict[str, str | None]) -> str:
    """The allowed attributes of an element as written; for a link, none."""
    names = sorted(ATTRIBUTES.get(tag, ()))
    fit = {name: value for name in names if (value := given.get(name)) and _VALUES[name].fullmatch(value)}
    return "".join(f' {name}="{value}"' for name, value in fit.items())


def _without_stop(bare: str) -> str:
    """A URL in running text without the punctuation that follows it."""
    while bare.endswith(_STOPS) or (bare.endswith(")") and bare.count(")") > bare.count("(")):
        bare = bare[:-1]
    return bare
