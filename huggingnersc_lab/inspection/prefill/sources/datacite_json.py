"""``datacite.json``: https://schema.datacite.org/meta/kernel-4.6/, or what the REST interface of DataCite returns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.inspection.prefill.documents import as_list, json_object, paragraphs_of, text_at, words_of
from huggingnersc_lab.inspection.prefill.licenses import license_of
from huggingnersc_lab.inspection.prefill.papers import paper_of
from huggingnersc_lab.inspection.prefill.persons import affiliation_of, author, given_first
from huggingnersc_lab.inspection.prefill.suggestion import Source, Suggestion, passage_of

_PAPERS = {"IsSupplementTo", "IsDescribedBy", "IsDocumentedBy", "IsCitedBy", "IsReferencedBy"}
"""Relations of a dataset to the papers about it."""


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """What DataCite's metadata says about the data."""
    del name
    found = _attributes(json_object(content))
    for title in as_list(found.get("titles")):
        if isinstance(title, Mapping) and not title.get("titleType") and (text := text_at(title, "title")):
            yield Suggestion("pretty_name", text, passage_of(text))
            break
    descriptions = [one for one in as_list(found.get("descriptions")) if isinstance(one, Mapping)]
    descriptions.sort(key=lambda one: one.get("descriptionType") != "Abstract")
    if descriptions and (text := paragraphs_of(descriptions[0].get("description"))):
        yield Suggestion("description", text, passage_of(text))
    if authors := [person for one in as_list(found.get("creators")) if (person := _author(one))]:
        yield Suggestion("authors", authors, passage_of("; ".join(person["name"] for person in authors)))
    for rights in as_list(found.get("rightsList")):
        names = [text_at(rights, key) for key in ("rightsIdentifier", "rightsUri", "rightsURI", "rights")]
        license_id = next((one for text in names if text and (one := license_of(text))), None)
        if license_id:
            yield Suggestion("license", license_id, passage_of(" ".join(filter(None, names))))
    if doi := text_at(found, "doi"):
        yield Suggestion("doi", doi, passage_of(doi))
    if words := words_of(as_list(found.get("subjects"))):
        yield Suggestion("tags", words, passage_of(", ".join(words)))
    yield from _related(found)


def _related(found: Mapping[str, Any]) -> Iterator[Suggestion]:
    related = [one for one in as_list(found.get("relatedIdentifiers")) if text_at(one, "relationType") in _PAPERS]
    if papers := [paper for one in related if (paper := paper_of(text_at(one, "relatedIdentifier")))]:
        yield Suggestion("papers", papers, passage_of(", ".join(papers)))
    funding = []
    for one in as_list(found.get("fundingReferences")):
        if funder := text_at(one, "funderName"):
            award = text_at(one, "awardNumber")
            funding.append({"funder": funder, **({"award_number": award} if award else {})})
    if funding:
        yield Suggestion("funding", funding, passage_of("; ".join(one["funder"] for one in funding)))


def _attributes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    data = document.get("data")
    inner = data.get("attributes") if isinstance(data, Mapping) else document.get("attributes")
    return inner if isinstance(inner, Mapping) else document


def _author(creator: object) -> dict[str, str] | None:
    if not isinstance(creator, Mapping):
        return None
    parts = [text_at(creator, "givenName"), text_at(creator, "familyName")]
    name = " ".join(parts) if all(parts) else text_at(creator, "name", "creatorName")
    if creator.get("nameType") != "Organizational":
        name = given_first(name)
    identifiers = [one for one in as_list(creator.get("nameIdentifiers")) if isinstance(one, Mapping)]
    orcids = [one for one in identifiers if str(one.get("nameIdentifierScheme")).upper() == "ORCID"]
    orcid = text_at(orcids[0], "nameIdentifier") if orcids else ""
    return author(name, orcid, affiliation_of(creator.get("affiliation"))) if name else None


SOURCE = Source(re.compile(r"(?i)datacite(?:[-_.]metadata)?\.json"), read)
