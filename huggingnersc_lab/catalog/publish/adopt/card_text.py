"""Extracts title, description, citation and links from the body of a card, for the usual shapes of cards.

Most follow the Hub's template (https://github.com/huggingface/huggingface_hub, ``templates/datasetcard_template.md``)
or that of ``datasets``, whose *Dataset Description* is a list of links with a *Dataset Summary* below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from markdown_it import MarkdownIt

from huggingnersc_lab.render.merge.front_matter import split_card
from huggingnersc_lab.render.merge.line_ends import LineEnds
from huggingnersc_lab.render.merge.sections import headings

LONGEST_DESCRIPTION = 50_000
LONGEST_CITATION = 50_000
MAX_ENTRIES = 20
"""So many BibTeX entries of a card are looked at."""

_DESCRIPTIONS = ("dataset summary", "summary", "abstract", "description", "overview", "about", "introduction")
_LINKS = "dataset description"
_NO_DESCRIPTIONS = frozenset(
    [
        "table of contents",
        "supported tasks",
        "supported tasks and leaderboards",
        "languages",
        "dataset structure",
        "data instances",
        "data fields",
        "data splits",
        "dataset creation",
        "curation rationale",
        "source data",
        "annotations",
        "bias risks and limitations",
        "personal and sensitive information",
        "considerations for using the data",
        "social impact of dataset",
        "discussion of biases",
        "other known limitations",
        "recommendations",
        "additional information",
        "dataset curators",
        "licensing",
        "licensing information",
        "license",
        "licence",
        "citation",
        "citation information",
        "contributions",
        "contact",
        "contacts",
        "acknowledgements",
        "acknowledgments",
        "changelog",
        "glossary",
        "more information",
        "dataset card authors",
        "dataset card contact",
        "files",
        "installation",
        "requirements",
        "references",
    ]
)
"""Sections, those of the templates among them, whose text tells of something else than what the dataset is."""
_OF_TITLE = re.compile(r"^(?:data(?:set)? ?card for|dataset card:)\s*(?:the\s+)?", re.IGNORECASE)
_NOTHING = re.compile(
    r"[-*_ ]{3,}|\[?(?:more information needed|needs more information|todo|tbd|none|n/?a)\]?\.?", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*[-*+]\s+\[?\*\*\s*(?P<label>[^*\]]+?):?\s*\*\*\s*:?\s*\]?:?(?P<rest>.*)$")
_LABELS = frozenset(
    [
        "homepage",
        "repository",
        "paper",
        "leaderboard",
        "point of contact",
        "size of downloaded dataset files",
        "size of the generated dataset",
        "total amount of disk used",
    ]
)
"""Labels of the list below *Dataset Description* in the template of ``datasets``."""
_DEEPEST = 7
"""Below every heading."""
_CONTENTS = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+\[[^\]]*\]\(#[^)]*\)\s*$")
_LINK = re.compile(r"\]\(|https?:|@")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+")
_BIBTEX = re.compile(r"^[ \t]*@[A-Za-z]+\s*\{", re.MULTILINE)


class Card:
    """A card that other people wrote.

    Args:
        text: the card, with front matter or without.
    """

    def __init__(self, text: str) -> None:
        self._body = split_card(LineEnds.of(text).plain)[1]

    @cached_property
    def title(self) -> str:
        """The title, without the usual words at the start of cards; empty if there is none."""
        first = next((found.title for found in headings(self._body) if found.level == 1), "")
        title = _OF_TITLE.sub("", _plain(first)).strip(" :.-")
        return "" if _NOTHING.fullmatch(title) or title.lower() in ("dataset name", "dataset card") else title[:200]

    @cached_property
    def description(self) -> str:
        """The description as Markdown: the section of that name, or the text below the title."""
        named = [text for wanted in _DESCRIPTIONS for title, text in self._sections if _name(title) == wanted]
        links = [text for title, text in self._sections if _name(title) == _LINKS]
        for text in (*named, *links, *self._others):
            if prose := _prose(text):
                return prose[:LONGEST_DESCRIPTION].rstrip()
        return ""

    @cached_property
    def citation(self) -> str:
        """The first BibTeX entries on the card; empty if there are none."""
        for token in MarkdownIt("commonmark").parse(self._body):
            is_code = token.type in ("fence", "code_block")
            if is_code and _BIBTEX.search(token.content) and len(token.content) <= LONGEST_CITATION:
                return token.content.strip()
        return self._bare_citation

    @cached_property
    def homepage(self) -> str:
        """The URL labelled home page in the list of links."""
        return next((address for label, address in self._links if label in ("homepage", "home page", "website")), "")

    @cached_property
    def papers(self) -> list[str]:
        """The URLs labelled papers in the list of links."""
        return list(dict.fromkeys(address for label, address in self._links if label in ("paper", "papers")))

    @cached_property
    def _sections(self) -> list[tuple[str, str]]:
        """Title and text of each section."""
        lines = self._body.split("\n")
        found = list(headings(self._body))
        begins = [0, *(heading.line for heading in found)]
        ends = [*begins[1:], len(lines)]
        titles = ["", *(heading.title for heading in found)]
        spans = zip(titles, begins, ends, strict=True)
        return [(title, _below_heading(lines[begin:end], has_heading=bool(title))) for title, begin, end in spans]

    @cached_property
    def _others(self) -> list[str]:
        """The texts that may tell what the dataset is: of all parts but those that tell of something else."""
        found = [self._sections[0][1]]
        within = _DEEPEST  # the level of the part that tells of something else
        for heading, (title, text) in zip(headings(self._body), self._sections[1:], strict=True):
            if heading.level <= within:
                within = heading.level if _name(title) in _NO_DESCRIPTIONS else _DEEPEST
                if within == _DEEPEST:
                    found.append(text)
        return found

    @cached_property
    def _links(self) -> list[tuple[str, str]]:
        return list(_labelled(self._body))

    @cached_property
    def _bare_citation(self) -> str:
        """BibTeX outside of code blocks, up to its closing brace."""
        starts = list(_BIBTEX.finditer(self._body))[:MAX_ENTRIES]
        ends = [start.start() for start in starts[1:]] + [len(self._body)]
        for start, end in zip(starts, ends, strict=False):
            depth = 0
            for place in range(start.end() - 1, min(end, start.start() + LONGEST_CITATION)):
                depth += {"{": 1, "}": -1}.get(self._body[place], 0)
                if not depth:
                    return self._body[start.start() : place + 1].strip()
        return ""


def _labelled(body: str) -> Iterator[tuple[str, str]]:
    """Label and URL of each line like ``- **Homepage:** https://…``."""
    for line in body.split("\n"):
        if (found := _BULLET.match(line[:2000])) and (address := _ADDRESS.search(found["rest"])):
            yield _name(found["label"]), address[0].rstrip(".,;")


def _below_heading(lines: list[str], *, has_heading: bool) -> str:
    if not has_heading:
        return "\n".join(lines)
    tokens = MarkdownIt("commonmark").parse("\n".join(lines))
    end = tokens[0].map[1] if tokens and tokens[0].map else 1
    return "\n".join(lines[end:])


def _name(title: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", title).split()).lower()


def _plain(title: str) -> str:
    """The text of a heading without emphasis, links and images."""
    title = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", title)
    title = re.sub(r"\[([^\]]*)\](?:\([^)]*\))?", r"\1", title)
    return " ".join(re.sub(r"<[^>]*>|[*`]", "", title).split())


def _prose(text: str) -> str:
    """A text without comments, images and lists of links; empty if it has no content."""
    text = re.sub(r"<!--.*?(?:-->|\Z)", "", text, flags=re.DOTALL)
    paragraphs = (part.strip("\n") for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part for part in paragraphs if not _says_nothing(part)).strip()


def _says_nothing(paragraph: str) -> bool:
    """Whether it contains only images, badges, HTML or labelled links, or nothing."""
    rest = re.sub(r"\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?", "", paragraph)
    rest = re.sub(r"<[^>]*>", "", rest).strip()
    return not rest or bool(_NOTHING.fullmatch(rest)) or all(map(_leads_elsewhere, rest.split("\n")))


def _leads_elsewhere(line: str) -> bool:
    """Whether a line belongs to a list of contents or links, or to one whose links are missing."""
    if _CONTENTS.match(line):
        return True
    found = _BULLET.match(line)
    said = found["rest"].strip() if found else line
    if found is None:
        return False
    return _name(found["label"]) in _LABELS or not said or bool(_LINK.search(said) or _NOTHING.fullmatch(said))
