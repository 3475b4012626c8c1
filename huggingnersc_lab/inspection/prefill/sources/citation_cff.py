"""``CITATION.cff``: https://github.com/citation-file-format/citation-file-format, version 1.2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.inspection.prefill.documents import as_list, paragraphs_of, text_at, words_of, yaml_object
from huggingnersc_lab.inspection.prefill.licenses import license_of
from huggingnersc_lab.inspection.prefill.papers import paper_of
from huggingnersc_lab.inspection.prefill.persons import affiliation_of, author
from huggingnersc_lab.inspection.prefill.suggestion import Source, Suggestion, passage_of, text_of

_NAME_PARTS = ("given-names", "name-particle", "family-names", "name-suffix")


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """What a ``CITATION.cff`` says about the data."""
    del name
    cff = yaml_object(text_of(content))
    if title := text_at(cff, "title"):
        yield Suggestion("pretty_name", title, passage_of(f"title: {title}"))
    if abstract := paragraphs_of(cff.get("abstract")):
        yield Suggestion("description", abstract, passage_of(f"abstract: {abstract}"))
    if authors := [person for one in as_list(cff.get("authors")) if (person := _author(one))]:
        yield Suggestion("authors", authors, passage_of("authors: " + "; ".join(one["name"] for one in authors)))
    licenses = [one for one in as_list(cff.get("license") or cff.get("license-url")) if isinstance(one, str)]
    for given in licenses:
        if found := license_of(given):
            yield Suggestion("license", found, passage_of(f"license: {given}"))
    if doi := _doi(cff):
        yield Suggestion("doi", doi, passage_of(f"doi: {doi}"))
    if words := words_of(cff.get("keywords")):
        yield Suggestion("tags", words, passage_of("keywords: " + ", ".join(words)))
    yield from _links(cff)


def _links(cff: Mapping[str, Any]) -> Iterator[Suggestion]:
    if url := text_at(cff, "url"):
        yield Suggestion("homepage", url, passage_of(f"url: {url}"))
    if code := text_at(cff, "repository-code"):
        yield Suggestion("code", [code], passage_of(f"repository-code: {code}"))
    preferred = cff.get("preferred-citation")
    if isinstance(preferred, Mapping) and text_at(preferred, "type") not in ("dataset", "data", "software"):
        paper = paper_of(_doi(preferred) or text_at(preferred, "url"))
        if paper:
            title = text_at(preferred, "title")
            yield Suggestion("papers", [paper], passage_of(f"preferred-citation: {title} {paper}"))


def _doi(described: Mapping[str, Any]) -> str:
    identifiers = [one for one in as_list(described.get("identifiers")) if text_at(one, "type") == "doi"]
    return text_at(described, "doi") or next((text_at(one, "value") for one in identifiers), "")


def _author(person: object) -> dict[str, str] | None:
    if not isinstance(person, Mapping):
        return None
    name = text_at(person, "name") or " ".join(filter(None, (text_at(person, part) for part in _NAME_PARTS)))
    name = name or text_at(person, "alias")
    return author(name, text_at(person, "orcid"), affiliation_of(person.get("affiliation"))) if name else None


SOURCE = Source(re.compile(r"(?i)citation\.cff"), read)
