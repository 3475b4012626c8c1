"""The facts shown about a dataset, declared once: :data:`FACTS`.

The card, the loader notebook, the command line and the panel show those that list them, in this order and with these
labels; each formats them in its own way. To add a fact, add an entry here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from huggingnersc_lab.record.codec import unknown_members
from huggingnersc_lab.record.identifiers import doi_address
from huggingnersc_lab.record.model import Contents, DatasetRecord, Distribution, Verification
from huggingnersc_lab.record.parts import LINK, PASSED
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.licence import licence_of
from huggingnersc_lab.render.markdown import code_span, escape, link
from huggingnersc_lab.render.papers import paper_of
from huggingnersc_lab.render.words import byte_size, labels

MAX_ITEMS = 500
"""Maximum number of values shown for a fact, more than any of our records has."""

MAX_SHOWN = 2000
"""Maximum number of characters shown for an unknown field; the record has the full value."""

RESERVED = "reserved, not published yet"
"""What stands beside a DOI that does not resolve."""

Kind = Literal["text", "code", "path", "moment"]
"""How a value is displayed: as text, verbatim, as a path of this centre, or as a time."""

Face = Literal["card", "notebook", "show", "inspect", "panel"]
"""Where facts are shown: ``show`` and ``inspect`` are commands."""


@dataclass(frozen=True)
class Item:
    """A value of a fact.

    Attributes:
        text: the value for display.
        href: link target: a URL, or the name of a file in the repository.
        note: additional text.
    """

    text: str
    href: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Subject:
    """The dataset that the facts describe.

    Attributes:
        entry: its record, at its site.
        repo_url: its page on the Hub, if it has one.
        folder: its folder in the catalog, if known.
    """

    entry: Entry
    repo_url: str | None = None
    folder: str | None = None

    @property
    def record(self) -> DatasetRecord:
        """Its record."""
        return self.entry.record


@dataclass(frozen=True)
class Fact:
    """The declaration of a fact.

    Attributes:
        name: its identifier.
        label: its display name.
        items: returns its values; a fact without values is not shown.
        faces: where it is shown.
        kind: how its values are displayed.
        is_list: whether each value is on its own line, if there is room.
        label_elsewhere: its label on a card or in a notebook, which are read elsewhere: ``{site}`` is the site.
    """

    name: str
    label: str
    items: Callable[[Subject], Iterable[Item]]
    faces: frozenset[Face]
    kind: Kind = "text"
    is_list: bool = False
    label_elsewhere: str | None = None


@dataclass(frozen=True)
class KnownFact:
    """A fact of a dataset: name, label and kind as declared, and its values."""

    name: str
    label: str
    kind: Kind
    is_list: bool
    items: tuple[Item, ...] = field(default=())

    def to_markdown(self) -> str:
        """Its values on one line of Markdown."""
        return ", ".join(_markdown(item, self.kind) for item in self.items)

    def to_text(self) -> str:
        """Its values as plain text."""
        return ("\n" if self.is_list else ", ").join(
            f"{item.text} ({item.note})" if item.note else item.text for item in self.items
        )


def facts_of(subject: Subject, face: Face) -> list[KnownFact]:
    """The facts of a dataset to show on ``face``."""
    is_far = face in ("card", "notebook")
    found = []
    for fact in FACTS:
        if face in fact.faces and (items := tuple(islice(fact.items(subject), MAX_ITEMS))):
            label = fact.label_elsewhere if is_far and fact.label_elsewhere else fact.label
            label = label.replace("{site}", escape(subject.entry.site.title))
            found.append(KnownFact(fact.name, label, fact.kind, fact.is_list, items))
    return found


def markdown_rows(entry: Entry, face: Face) -> list[tuple[str, str]]:
    """The facts of an entry as table rows: label and value, both Markdown."""
    return [(fact.label, fact.to_markdown()) for fact in facts_of(Subject(entry, entry.hub_link), face)]


def authors_line(record: DatasetRecord) -> str:
    """Authors in order, each with affiliation and a link to the ORCID record if known."""
    return ", ".join(_markdown(item, "text") for item in _authors(record))


def license_line(record: DatasetRecord) -> str:
    """The name of the licence, with a link to its text if known; empty if there is none."""
    return ", ".join(_markdown(item, "text") for item in _licence(record))


def paper_link(paper: str) -> str:
    """A link that opens a paper given by arXiv id, DOI or URL."""
    return _markdown(_paper(paper), "text")


def doi_line(record: DatasetRecord) -> str:
    """The DOI with a link; one that does not resolve yet says so instead. Empty without a DOI."""
    return ", ".join(_markdown(item, "text") for item in _doi(record))


def funding_line(record: DatasetRecord) -> str:
    """Funders in order, each with the award number."""
    return ", ".join(_markdown(item, "text") for item in _funding(record))


def _markdown(item: Item, kind: Kind) -> str:
    if item.href is None:
        shown = code_span(item.text) if kind in ("code", "path") else escape(item.text)
    elif "://" in item.href or ":?" in item.href:
        shown = link(item.text, item.href)
    else:
        shown = f"[{escape(item.text)}](<{escape(item.href)}>)"
    return f"{shown} ({escape(item.note)})" if item.note else shown


def _authors(record: DatasetRecord) -> Iterator[Item]:
    for author in record.authors:
        orcid = f"https://orcid.org/{author.orcid}" if author.orcid else None
        yield Item(author.name, orcid, author.affiliation)


def _licence(record: DatasetRecord) -> Iterator[Item]:
    if licence := licence_of(record):
        yield Item(licence.label, licence.address)


def _paper(paper: str) -> Item:
    found = paper_of(paper)
    return Item(found.label, found.address)


def _doi(record: DatasetRecord) -> Iterator[Item]:
    if record.public_doi:
        yield Item(record.public_doi, doi_address(record.public_doi))
    elif record.doi:
        yield Item(record.doi, note=RESERVED)


def _funding(record: DatasetRecord) -> Iterator[Item]:
    return (Item(award.funder, note=award.award_number) for award in record.funding)


def _size(record: DatasetRecord) -> Iterator[Item]:
    contents = record.contents
    if contents and contents.rows is not None:
        yield Item(f"{contents.rows:,} row{'s' * (contents.rows != 1)}")
    else:
        yield from map(Item, labels("size_categories", record.size_categories))


def _contents(contents: Contents | None) -> Iterator[Item]:
    if contents is None:
        return
    if contents.files is not None:
        yield Item(f"{contents.files:,} file{'s' * (contents.files != 1)}")
    if contents.bytes is not None:
        yield Item(byte_size(contents.bytes))
    yield from map(Item, contents.formats)


def _run(verification: Verification | None, *, passed: bool) -> Iterator[Item]:
    if verification and (verification.status == PASSED) is passed:
        yield Item(verification.at, note=verification.kernel_name)


def _distribution(distribution: Distribution) -> Item:
    made_by = None if distribution.channel == LINK else distribution.channel
    size = None if distribution.bytes is None else byte_size(distribution.bytes)
    # A magnet link finds the data by its first parameter alone.
    shown = distribution.url.partition("&")[0] if distribution.url.startswith("magnet:") else distribution.url
    return Item(shown, distribution.url, ", ".join(filter(None, (made_by, size))) or None)


def _hub(of: Subject) -> list[Item]:
    return [Item(of.entry.repo_id, of.repo_url)]


def _unknown(place: str, value: Any) -> Item:
    text = json.dumps(value, ensure_ascii=False)
    return Item(f"{place}: {text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + '…'}")


def _words(*values: str | None) -> list[Item]:
    return [Item(value) for value in values if value]


def _links(*values: str | None) -> list[Item]:
    return [Item(value, value) for value in values if value]


def _on(*faces: Face) -> frozenset[Face]:
    return frozenset(faces)


_EVERYWHERE = _on("card", "notebook", "show", "inspect", "panel")
_BUT_CARD = _EVERYWHERE - {"card"}  # which has separate sections for them
_AT_THE_SITE = _on("show", "inspect", "panel")

FACTS: tuple[Fact, ...] = (
    Fact("authors", "Authors", lambda of: _authors(of.record), _BUT_CARD),
    Fact("size", "Size", lambda of: _size(of.record), _BUT_CARD),
    Fact("contents", "Contents", lambda of: _contents(of.record.contents), _EVERYWHERE),
    Fact("tasks", "Tasks", lambda of: map(Item, labels("task_categories", of.record.task_categories)), _BUT_CARD),
    Fact("subtasks", "Subtasks", lambda of: map(Item, labels("task_ids", of.record.task_ids)), _AT_THE_SITE),
    Fact("languages", "Languages", lambda of: map(Item, labels("languages", of.record.language)), _BUT_CARD),
    Fact("tags", "Tags", lambda of: map(Item, of.record.tags), _BUT_CARD, "code"),
    Fact("licence", "Licence", lambda of: _licence(of.record), _BUT_CARD),
    Fact("papers", "Papers", lambda of: map(_paper, of.record.papers), _AT_THE_SITE, is_list=True),
    Fact(
        "doi",
        "DOI",
        lambda of: _doi(of.record),
        _BUT_CARD,
    ),
    Fact("homepage", "Home page", lambda of: _links(of.record.homepage), _BUT_CARD),
    Fact("code", "Code", lambda of: _links(*of.record.code), _BUT_CARD, is_list=True),
    Fact("funding", "Funding", lambda of: _funding(of.record), _BUT_CARD, is_list=True),
    Fact("loader", "Loader", lambda of: _words(of.record.loader), _on("inspect")),
    Fact("batch_script", "Batch script", lambda of: _words(of.record.batch_script), _on("inspect")),
    Fact("companions", "Companion files", lambda of: map(Item, of.record.companions), _on("inspect"), is_list=True),
    Fact("is_distributed", "Distributed", lambda of: _words("yes" * of.record.is_distributed), _on("inspect")),
    Fact("kernel", "Kernel", lambda of: _words(of.record.kernel_name), _AT_THE_SITE),
    Fact("verified", "Loader seen to run", lambda of: _run(of.record.verification, passed=True), _BUT_CARD, "moment"),
    Fact("failed", "Loader failed", lambda of: _run(of.record.verification, passed=False), _BUT_CARD, "moment"),
    Fact("hub", "On the Hub", _hub, _on("notebook", "panel"), "code"),
    Fact("pull_request", "Pull request", lambda of: _links(of.record.pull_request_url), _on("inspect", "panel")),
    Fact(
        "data_path",
        "Data",
        lambda of: _words(of.record.data_path),
        _EVERYWHERE,
        "path",
        label_elsewhere="Path at {site}",
    ),
    Fact("portal_link", "On the web", lambda of: _links(of.entry.portal_link), _EVERYWHERE - {"panel"}),
    Fact(
        "distributions",
        "Download",
        lambda of: map(_distribution, of.record.downloads),
        _EVERYWHERE - {"panel"},
        is_list=True,
    ),
    Fact(
        "access_group",
        "Group with access",
        lambda of: _words(of.record.access_group),
        _on("card", "notebook"),
        "code",
    ),
    Fact(
        "access_help",
        "To get access",
        lambda of: _words(of.record.data_path and of.entry.access_help),
        _on("card", "notebook"),
    ),
    Fact("folder", "Catalog folder", lambda of: _words(of.folder), _on("inspect", "panel"), "path"),
    Fact("published_by", "Published by", lambda of: _words(of.record.published_by), _on("inspect", "panel")),
    Fact("published_at", "Published", lambda of: _words(of.record.published_at), _on("inspect", "panel"), "moment"),
    Fact("updated_at", "Updated", lambda of: _words(of.record.updated_at), _AT_THE_SITE, "moment"),
    Fact(
        "unknown",
        "Other fields",
        lambda of: (_unknown(place, value) for place, value in unknown_members(of.record)),
        _AT_THE_SITE,
        "code",
        is_list=True,
    ),
)
"""All facts in display order. The panel has its own sections for the ways to get the data."""
