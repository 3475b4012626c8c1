"""Text of other people as HTML that may be shown in the panel: nothing of it runs, is fetched or commands JupyterLab.

Some texts keep the parser busy for seconds, so whatever other people wrote goes through
:mod:`huggingnersc_lab.cards`, which calls this in a process with a time limit.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_CHARACTERS = 100_000
"""So much of a text is laid out, at most."""


@dataclass(frozen=True)
class SafeHtml:
    """What may be shown of a text.

    Attributes:
        html: elements and attributes of the allow-list only.
        is_cut: whether the text holds more than that shows, since it is too long, too deeply nested, or took too long.
    """

    html: str
    is_cut: bool = False


NOTHING = SafeHtml("", is_cut=True)
"""Stands for a text that was not laid out in time."""


def safe_html(markdown: str) -> SafeHtml:
    r"""GitHub's Markdown, HTML in it included, as HTML that may be shown.

    >>> safe_html("*Iris* <button onclick='x()'>press</button>")
    SafeHtml(html='<p><em>Iris</em> press</p>\n', is_cut=False)
    """
    from huggingnersc_lab.render.html.allow_list import clean
    from huggingnersc_lab.render.html.card_markdown import to_html

    # Half a character (a lone surrogate) is no text that could be encoded.
    text = markdown.encode("utf-8", "replace").decode()
    beginning = text[:MAX_CHARACTERS]
    if len(text) > MAX_CHARACTERS and "\n" in beginning:
        beginning = beginning[: beginning.rindex("\n") + 1]
    html, has_all = to_html(beginning)
    shown, shows_all = clean(html)
    return SafeHtml(shown, is_cut=not (has_all and shows_all and len(beginning) == len(text)))
