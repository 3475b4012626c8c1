"""What there is to know of a dataset at a glance: labelled values in Markdown, for the card and the notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from huggingnersc_lab.record.model import Author, DatasetRecord
from huggingnersc_lab.record.term import Term
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.markdown import code_span, escape, link
from huggingnersc_lab.render.papers import paper_of


@dataclass(frozen=True)
class Licence:
    """A dataset's licence.

    Attributes:
        label: its name for people.
        address: where its text is: an address, or the name of a file in the repository; None where that is not known.
        spdx: its SPDX identifier, where exactly one fits.
    """

    label: str
    address: str | None = None
    spdx: str | None = None


def place_facts(entry: Entry) -> list[tuple[str, str]]:
    """Where the data is and whom to ask: what is known of the path, the addresses and the group."""
    record = entry.record
    facts: list[tuple[str, str]] = []
    if record.data_path:
        facts.append((f"Path at {escape(entry.site.title)}", code_span(record.data_path)))
    if portal := entry.portal_link:
        facts.append(("On the web", link(portal, portal)))
    if record.download_link:
        facts.append(("Download", link(record.download_link, record.download_link)))
    if record.access_group:
        facts.append(("Group that may read it", code_span(record.access_group)))
    if record.data_path and entry.access_help:
        facts.append(("To be let in", escape(entry.access_help)))
    return facts


def dataset_facts(entry: Entry) -> list[tuple[str, str]]:
    """What the data is, and then where it is."""
    record = entry.record
    facts = [
        ("Authors", authors_line(record.authors)),
        ("Size", escape(_labels("size_categories", record.size_categories))),
        ("Tasks", escape(_labels("task_categories", record.task_categories))),
        ("Languages", escape(_labels("languages", record.language))),
        ("Tags", ", ".join(code_span(tag) for tag in record.tags)),
        ("Licence", license_line(record)),
        ("DOI", link(record.doi, f"https://doi.org/{record.doi}") if record.doi else ""),
        ("Home page", link(record.homepage, record.homepage) if record.homepage else ""),
        ("Loader seen to run", escape(record.verified_at or "")),
        ("On the Hub", link(entry.repo_id, entry.hub_link) if entry.hub_link else code_span(entry.repo_id)),
        *place_facts(entry),
    ]
    return [(name, value) for name, value in facts if value]


def authors_line(authors: Iterable[Author]) -> str:
    """Names in their order, each with its affiliation and a link to its ORCID record where they are known."""
    names = []
    for author in authors:
        name = link(author.name, f"https://orcid.org/{author.orcid}") if author.orcid else escape(author.name)
        names.append(f"{name} ({escape(author.affiliation)})" if author.affiliation else name)
    return ", ".join(names)


def licence_of(record: DatasetRecord) -> Licence | None:
    """The licence; None where the record names none."""
    if not record.license:
        return None
    term = _terms("licenses").get(record.license)
    spdx = term.spdx if term else None
    address = record.license_link or (f"https://spdx.org/licenses/{spdx}.html" if spdx else None)
    return Licence(record.license_name or (term.label if term else record.license), address, spdx)


def license_line(record: DatasetRecord) -> str:
    """The licence by its name, with a link to its text where one is known; empty when none was given."""
    licence = licence_of(record)
    if licence is None:
        return ""
    label, address = licence.label, licence.address
    if address is None:
        return escape(label)
    return link(label, address) if "://" in address else f"[{escape(label)}](<{escape(address)}>)"


def size_label(size: str) -> str:
    """A size in words for people."""
    return _labels("size_categories", (size,))


def paper_link(paper: str) -> str:
    """An arXiv id, a DOI or an address as a link that opens the paper."""
    found = paper_of(paper)
    return link(found.label, found.address)


def _labels(terms: str, values: Iterable[str]) -> str:
    known = _terms(terms) if values else {}
    return ", ".join(known[value].label if value in known else value for value in values)


@cache
def _terms(name: str) -> dict[str, Term]:
    # The shipped words only: what a site has refreshed since is shown by its value.
    return {term.id: term for term in load_vocabulary().terms(name)}
