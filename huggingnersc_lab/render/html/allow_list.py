"""The one place that decides which elements, attributes and addresses a card may show. Everything else is left out.

``nh3`` parses as browsers do and drops what is not on the list; the writer puts down anew what is left, with links in
the place of images, and no more and no deeper than browsers lay out at once.
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
"""More elements keep a browser busy for longer than people wait."""

MAX_DEPTH = 64
"""So deep elements lie inside each other."""

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
"""Those that have no end."""

ATTRIBUTES = {
    **dict.fromkeys(("div", "h1", "h2", "h3", "h4", "h5", "h6", "p"), frozenset({"align"})),
    **dict.fromkeys(("td", "th"), frozenset({"align", "colspan", "rowspan"})),
    "a": frozenset({"href"}),
    "ol": frozenset({"start"}),
}
"""What they may have; a link gets ``target`` and ``rel`` besides."""

_OF_IMAGES = {"img": frozenset({"src", "alt"})}
_WITHOUT_CONTENT = frozenset(_LEFT_OUT.split())
"""What is inside of these is for programs, or in the place of what is not shown."""

_VALUES = {
    "align": re.compile("center|left|right"),
    "colspan": re.compile("[1-9]|[1-4][0-9]"),
    "rowspan": re.compile("[1-9]|[1-4][0-9]"),
    "start": re.compile("[0-9]{1,9}"),
}
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_INLINE = frozenset(_IN_LINES.split())
"""What stands in the lines of a block, and begins none."""

_LINK = ' href="{}" target="_blank" rel="noopener noreferrer"'
_SCHEMES = {"http": "//", "https": "//", "mailto": ""}
_BARE = re.compile(r"\bhttps?://[^\s<>\"'`\\]{1,2001}", re.IGNORECASE)
_STOPS = tuple(".,;:!?*_~]}|")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?")
_UNFIT = re.compile(r"[\s\x00-\x20\x7f-\x9f\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Blanks, controls, and signs that hide or turn around what an address says."""


def clean(html: str) -> tuple[str, bool]:
    """HTML with nothing in it but what is allowed, and whether that is all of its text that may be shown.

    >>> clean('<p onclick="x()">See <img src="https://example.org/plot.png" alt="the plot"></p>')[0]
    '<p>See <a href="https://example.org/plot.png" target="_blank" rel="noopener noreferrer">the plot</a></p>'
    """
    # Elements that are dropped may have held others apart: a browser would read what is left in another way.
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
    """An address that a link may lead to; None for any other, those of this server included."""
    found = (text or "").strip(" \t\n")
    scheme, _, rest = found.partition(":")
    start = _SCHEMES.get(scheme.lower())
    if start is None or not rest.startswith(start) or len(found) > _MAX_ADDRESS or _UNFIT.search(found):
        return None
    try:
        parts = urlsplit(found)
        is_whole = _is_host(parts.hostname or "") and parts.port != 0
    except ValueError:  # no number as port, or brackets without an IPv6 address
        return None
    # A user's name before the host makes an address look like another's.
    is_fit = "@" in rest if parts.scheme == "mailto" else is_whole and "@" not in parts.netloc
    return found if is_fit else None


def _is_host(name: str) -> bool:
    """Whether it is one, its foreign letters in Punycode; raises ValueError for numbers that are no address."""
    if ":" in name or name.rpartition(".")[2].isdecimal():
        ip_address(name)
        return True
    return bool(_HOST.fullmatch(name))


class _FullError(Exception):
    """There is as much as a browser lays out at once."""


class _Writer(HTMLParser):
    """Writes down what ``nh3`` has left, which is well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.has_all = True
        self._parts: list[str] = []
        self._open: list[str] = []
        """Names of the elements that are open, from the outside in."""
        self._count = 0
        self._links = 0
        self._codes = 0
        self._begins_pre = False
        self._effort = Effort()

    def html(self) -> str:
        """What was written; whatever is open is closed."""
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
                tag = "span"  # rather than nothing, without which a browser may read what is inside in another way
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
            data = data.lstrip("\n")  # of which readers of HTML take away one
        self._begins_pre = False
        self._write_text(data)

    def _enter(self, tag: str) -> None:
        self._open.append(tag)
        self._links += tag == "a"
        self._codes += tag in _CODE
        self._begins_pre = tag == "pre"

    def _write_text(self, text: str) -> None:
        """Text, in which addresses become links."""
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
        """A link to it; inside of another link, and where it has no address that may be shown, what stands for it."""
        source = address(given.get("src"))
        label = (given.get("alt") or "").strip() or source or ""
        if source and not self._links:
            self._write_link(source, label)
        else:
            self._write_plain(label)


def _attributes(tag: str, given: dict[str, str | None]) -> str:
    """An element's attributes, as far as they are allowed, as they are written; a link has none here."""
    names = sorted(ATTRIBUTES.get(tag, ()))
    fit = {name: value for name in names if (value := given.get(name)) and _VALUES[name].fullmatch(value)}
    return "".join(f' {name}="{value}"' for name, value in fit.items())


def _without_stop(bare: str) -> str:
    """An address in running text without the punctuation that ends its sentence or bracket."""
    while bare.endswith(_STOPS) or (bare.endswith(")") and bare.count(")") > bare.count("(")):
        bare = bare[:-1]
    return bare
