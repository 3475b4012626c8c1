"""What a card on the Hub says, as members of a record."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt

from huggingnersc_lab.hub import HubRepository
from huggingnersc_lab.render.card import FROM_RECORD
from huggingnersc_lab.render.entry_files import CARD_FILE, RECORD_FILE
from huggingnersc_lab.render.merge.front_matter import split_card

LONGEST_DESCRIPTION = 50_000

_TEXTS = ("pretty_name", "license", "license_name", "license_link")
_DESCRIPTIONS = ("dataset description", "dataset summary", "description", "summary", "abstract", "overview")
_NOTHING = re.compile(r"\[?(?:more information needed|todo|n/?a)\]?\.?", re.IGNORECASE)
_OWN_FILES = frozenset({CARD_FILE, RECORD_FILE, ".gitattributes"})
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def members_of(repository: HubRepository, card: str) -> dict[str, Any]:
    """What a card says, as members of a record; none of it has to be valid.

    Keys of the front matter that a record has no member for go to ``card_data`` as they are.

    Args:
        repository: what the Hub says, which has read the front matter already.
        card: the card.
    """
    dataset = repository.dataset
    values: dict[str, Any] = {"name": dataset.name, "pretty_name": dataset.pretty_name or dataset.name}
    further: dict[str, Any] = {}
    for key, value in repository.card_data.items():
        if key not in FROM_RECORD:
            if _KEY.fullmatch(key):
                further[key] = value
        elif key not in _TEXTS:
            texts = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
            values |= {key: list(dict.fromkeys(texts))} if texts else {}
        elif isinstance(text := next(iter(value), None) if isinstance(value, list) else value, str) and text.strip():
            values[key] = text.strip()
    for member in ("license", "size_categories", "task_categories", "language"):  # what the Hub found out itself
        if member not in values and (known := getattr(dataset, member)):
            values[member] = list(known) if isinstance(known, tuple) else known
    if "viewer" not in further and not _OWN_FILES.issuperset(repository.files):
        further["viewer"] = True  # it has files to show, and our cards turn the viewer off else
    if description := describe(split_card(_plain(card))[1]):
        values["description"] = description
    return values | ({"card_data": further} if further else {})


def describe(body: str) -> str:
    """What a card says the dataset is: the section of that name, else what stands below its title, as Markdown."""
    lines = _plain(body).split("\n")
    sections: list[tuple[str, str]] = []
    title, start = "", 0
    for token, inline in _headings(body):
        sections.append((title, "\n".join(lines[start : token[0]])))
        title, start = inline, token[1]
    sections.append((title, "\n".join(lines[start:])))
    named = [text for wanted in _DESCRIPTIONS for title, text in sections if title.strip(" :.").lower() == wanted]
    for text in (*named, *(text for _, text in sections)):
        if plain := _prose(text):
            return plain[:LONGEST_DESCRIPTION].rstrip()
    return ""


def _headings(body: str) -> list[tuple[tuple[int, int], str]]:
    """First line, line behind, and text of each heading that is no part of a list or quotation."""
    tokens = MarkdownIt("commonmark").parse(_plain(body))
    return [
        ((token.map[0], token.map[1]), " ".join(tokens[place + 1].content.split()))
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level and token.map
    ]


def _prose(text: str) -> str:
    """A text without comments and images; nothing where it says nothing."""
    text = re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL)
    paragraphs = [part.strip("\n") for part in re.split(r"\n\s*\n", text)]
    said = [
        part for part in paragraphs if part.strip() and not _is_picture(part) and not _NOTHING.fullmatch(part.strip())
    ]
    return "\n\n".join(said).strip()


def _is_picture(paragraph: str) -> bool:
    """Whether there is nothing but images, badges or HTML in it, if anything."""
    rest = re.sub(r"\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?", "", paragraph)
    return not re.sub(r"<[^>]*>", "", rest).strip()


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
