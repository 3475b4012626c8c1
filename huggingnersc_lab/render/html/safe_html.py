"""Other people's text as safe HTML for the panel: it runs nothing, loads nothing and cannot control JupyterLab.

Some texts keep the parser busy for seconds, so other people's text goes through
:mod:`huggingnersc_lab.cards`, which calls this in a process with a time limit.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_CHARACTERS = 100_000
"""Maximum length of text that is rendered."""


@dataclass(frozen=True)
class SafeHtml:
    """The part of a text that is shown.

    Attributes:
        html: only elements and attributes of the allow-list.
        is_cut: whether it was truncated, since it is too long, too deeply nested, or took too long.
    """

    html: str
    is_cut: bool = False


NOTHING = SafeHtml("", is_cut=True)
"""Result for a text that was not rendered in time."""


def safe_html(markdown: str) -> SafeHtml:
    r"""Render GitHub's Markdown, including HTML, as safe HTML.

    >>> safe_html("*Iris* <button onclick='x()'>press</button>")
    SafeHtml(html='<p><em>Iris</em> press</p>\n', is_cut=False)
    """
    from huggingnersc_lab.render.html.allow_list import clean
    from huggingnersc_lab.render.html.card_markdown import to_html

    # Lone surrogates cannot be encoded.
    text = markdown.encode("utf-8", "replace").decode()
    beginning = text[:MAX_CHARACTERS]
    if len(text) > MAX_CHARACTERS and "\n" in beginning:
        beginning = beginning[: beginning.rindex("\n") + 1]
    html, has_all = to_html(beginning)
    shown, shows_all = clean(html)
    return SafeHtml(shown, is_cut=not (has_all and shows_all and len(beginning) == len(text)))
