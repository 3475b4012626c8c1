"""What there is to know of a dataset at a glance: labelled values in Markdown, for the card and the notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from huggingnersc_lab.record.model import Author, DatasetRecord
from huggingnersc_lab.record.term import Term
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.markdown import code_span, escape, link

_ARXIV = re.compile(
    r"(?i)(?:arxiv:|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)([a-z-]*(?:\.[a-z]{2})?/?\d[\d.]*(?:v\d+)?)"
)
_ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?")
_DOI = re.compile(r"(?i)(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)")


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


def license_line(record: DatasetRecord) -> str:
    """The licence by its name, with a link to its text where one is known; empty when none was given."""
    if not record.license:
        return ""
    term = _terms("licenses").get(record.license)
    label = record.license_name or (term.label if term else record.license)
    address = record.license_link
    if address is None and term and term.spdx:
        address = f"https://spdx.org/licenses/{term.spdx}.html"
    if address is None:
        return escape(label)
    # A licence link may also be the name of a file in the repository.
    return link(label, address) if "://" in address else f"[{escape(label)}](<{escape(address)}>)"


def paper_link(paper: str) -> str:
    """An arXiv id, a DOI or an address as a link that opens the paper."""
    if match := _ARXIV.match(paper) or _ARXIV_ID.fullmatch(paper):
        identifier = match[match.lastindex or 0].rstrip(".")
        return link(f"arXiv:{identifier}", f"https://arxiv.org/abs/{identifier}")
    if match := _DOI.fullmatch(paper):
        return link(f"doi:{match[1]}", f"https://doi.org/{match[1]}")
    return link(paper, paper)


def _labels(terms: str, values: Iterable[str]) -> str:
    known = _terms(terms) if values else {}
    return ", ".join(known[value].label if value in known else value for value in values)


@cache
def _terms(name: str) -> dict[str, Term]:
    # The shipped words only: what a site has refreshed since is shown by its value.
    return {term.id: term for term in load_vocabulary().terms(name)}
