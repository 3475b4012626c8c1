"""Vocabulary of https://schema.org that CodeMeta and Croissant have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.inspection.prefill.documents import as_list, paragraphs_of, text_at, words_of
from huggingnersc_lab.inspection.prefill.licenses import license_of
from huggingnersc_lab.inspection.prefill.papers import paper_of
from huggingnersc_lab.inspection.prefill.persons import from_schema_org
from huggingnersc_lab.inspection.prefill.suggestion import Suggestion, passage_of
from huggingnersc_lab.record.identifiers import checked_doi


def suggestions_of(found: Mapping[str, Any]) -> Iterator[Suggestion]:
    """What an object of schema.org (``Dataset``, ``SoftwareSourceCode``) says about the data."""
    if name := text_at(found, "name"):
        yield Suggestion("pretty_name", name, passage_of(f"name: {name}"))
    if description := paragraphs_of(found.get("description")):
        yield Suggestion("description", description, passage_of(f"description: {description}"))
    if authors := from_schema_org(found.get("creator") or found.get("author")):
        yield Suggestion("authors", authors, passage_of("; ".join(one["name"] for one in authors)))
    for one in as_list(found.get("license")):
        given = one if isinstance(one, str) else text_at(one, "url", "@id", "name")
        if license_id := license_of(given):
            yield Suggestion("license", license_id, passage_of(f"license: {given}"))
    identifiers = [*as_list(found.get("identifier")), *as_list(found.get("@id")), *as_list(found.get("sameAs"))]
    for one in identifiers:
        if doi := checked_doi(one if isinstance(one, str) else text_at(one, "@id", "url", "value")):
            yield Suggestion("doi", doi, passage_of(f"identifier: {doi}"))
            break
    if words := words_of(found.get("keywords")):
        yield Suggestion("tags", words, passage_of("keywords: " + ", ".join(words)))
    yield from _links(found)


def _links(found: Mapping[str, Any]) -> Iterator[Suggestion]:
    if (url := text_at(found, "url")) and checked_doi(url) is None:
        yield Suggestion("homepage", url, passage_of(f"url: {url}"))
    if code := text_at(found, "codeRepository"):
        yield Suggestion("code", [code], passage_of(f"codeRepository: {code}"))
    given = [*as_list(found.get("referencePublication")), *as_list(found.get("citation"))]
    papers = [
        paper
        for one in given
        if (text := one if isinstance(one, str) else text_at(one, "@id", "url", "identifier"))
        and (paper := paper_of(text))
    ]
    if papers:
        yield Suggestion("papers", papers, passage_of(", ".join(papers)))
    if (cite := found.get("citeAs")) and isinstance(cite, str) and cite.lstrip().startswith("@"):
        yield Suggestion("citation", cite.strip(), passage_of(cite))
    languages = [
        one if isinstance(one, str) else text_at(one, "alternateName", "name")
        for one in as_list(found.get("inLanguage"))
    ]
    if languages:
        codes = [one.split("-")[0].lower() for one in languages if one]
        yield Suggestion("language", codes, passage_of("inLanguage: " + ", ".join(languages)))
    funders = [
        name for one in as_list(found.get("funder")) if (name := one if isinstance(one, str) else text_at(one, "name"))
    ]
    if funders:
        award = text_at(found, "funding") if len(funders) == 1 else ""
        funding = [{"funder": one, **({"award_number": award} if award else {})} for one in funders]
        yield Suggestion("funding", funding, passage_of("funder: " + "; ".join(funders)))
