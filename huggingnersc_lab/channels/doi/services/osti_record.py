"""A dataset as OSTI's E-Link 2 describes it; the words are those of ``elinkapi.Record``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from huggingnersc_lab.channels.doi.choice import Choice
from huggingnersc_lab.channels.doi.description import Description, lacking, without_address, without_authors
from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.parts import Funding
from huggingnersc_lab.render.citation.work import Creator
from huggingnersc_lab.render.papers import Paper

TITLE = "OSTI"
PRODUCT_TYPE = "DA"
"""A dataset."""

POINTERS: Mapping[str, str] = {
    "title": "/pretty_name",
    "description": "/description",
    "persons": "/authors",
    "organizations": "/funding",
    "identifiers": "/funding",
    "keywords": "/tags",
    "related_identifiers": "/papers",
    "site_url": "/portal_link",
    "site_ownership_code": "/options/site_code",
    "publication_date": "/published_at",
}
"""E-Link's names of fields → where the person gives them."""

_DOE = re.compile(r"(?i)\bDOE\b|department of energy|office of science|nnsa")
_DOE_NUMBER = re.compile(
    r"(?i)(?:DE-?)?((?:AC|AI|AR|AM|CF|EE|EM|FC|FE|FG|FOA|GO|IA|LM|NA|NE|NT|OE|SC|TE)[0-9-][A-Z0-9-]+)"
)
_KINDS = {"arxiv": "arXiv", "doi": "DOI", "url": "URL"}


def missing(of: Description, choice: Choice, *, is_final: bool) -> Iterator[FieldError]:
    """What OSTI wants to know, to reserve a DOI or to publish it."""
    if find_spec("elinkapi") is None:
        install = "pip install 'huggingnersc_lab[osti]'"
        yield FieldError("/options/service", "not_installed", f"{TITLE} needs the package elinkapi: {install}.")
    if not choice.site_code:
        code = "its code of the laboratory that owns the record, such as LBNL"
        yield lacking("/options/site_code", f"{TITLE} wants {code}: --site-code, or site_code in the site file.")
    if is_final:
        yield from without_authors(of, TITLE)
        yield from without_address(of, TITLE)
        if not of.paragraphs:
            yield lacking("/description", f"{TITLE} wants a description of the data.")
        if not any(one.award_number for one in of.funding):
            number = "the number of the award or contract that paid for the data"
            yield lacking("/funding", f"{TITLE} wants {number}, such as DE-AC02-05CH11231.")


def record_of(of: Description, choice: Choice, marker: str | None) -> dict[str, Any]:
    """The members of an ``elinkapi.Record``.

    Args:
        of: what is known of the dataset.
        choice: what was chosen.
        marker: what the record can be found by when an answer is lost.
    """
    said: dict[str, Any] = {
        "title": of.title,
        "product_type": PRODUCT_TYPE,
        "site_ownership_code": choice.site_code,
        "site_unique_id": marker,
        "description": of.text,
        "publication_date": of.day.isoformat(),
        "access_limitations": ["UNL"],
        "site_url": of.address,
        "keywords": list(of.keywords),
        "persons": [*map(_author, _people(of)), *_release(choice)],
        "organizations": [*_groups(of), *_organizations(of, choice)],
        "identifiers": list(_numbers(of.funding)),
        "related_identifiers": [_related(paper) for paper in of.papers],
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _people(of: Description) -> Iterator[Creator]:
    return (creator for creator in of.creators if creator.name.is_person)


def _author(creator: Creator) -> dict[str, Any]:
    name = creator.name
    first, _, middle = name.given.partition(" ")
    parts: dict[str, Any] = {
        "type": "AUTHOR",
        "first_name": first,
        "middle_name": middle,
        "last_name": " ".join(filter(None, (name.family, name.suffix))),
        "orcid": (creator.orcid or "").replace("-", ""),
        "affiliations": [{"name": creator.affiliation}] if creator.affiliation else None,
    }
    return {part: value for part, value in parts.items() if value}


def _release(choice: Choice) -> Iterator[dict[str, Any]]:
    """The releasing official, whom the site file names."""
    if choice.release:
        official = {"type": "RELEASE", **choice.release}
        yield official | ({"email": [choice.release["email"]]} if "email" in choice.release else {})


def _groups(of: Description) -> Iterator[dict[str, str]]:
    return ({"type": "AUTHOR", "name": one.name.text} for one in of.creators if not one.name.is_person)


def _organizations(of: Description, choice: Choice) -> Iterator[dict[str, Any]]:
    yield {"type": "RESEARCHING", "name": choice.research_organization or of.publisher}
    if not of.funding and choice.sponsor:
        yield {"type": "SPONSOR", "name": choice.sponsor}
    for name in dict.fromkeys(one.funder for one in of.funding):
        numbers = list(_numbers(one for one in of.funding if one.funder == name))
        sponsor = choice.sponsor if choice.sponsor and _DOE.search(name) else name
        yield {"type": "SPONSOR", "name": sponsor} | ({"identifiers": numbers} if numbers else {})


def _numbers(funding: Any) -> Iterator[dict[str, str]]:
    """Award numbers: those of the Department of Energy without their ``DE-``, as OSTI writes them."""
    for one in funding:
        number = (one.award_number or "").strip()
        if number:
            yield dict(zip(("type", "value"), _number(one, number), strict=True))


def _number(one: Funding, number: str) -> tuple[str, str]:
    of_doe = _DOE_NUMBER.fullmatch(number)
    if of_doe and (_DOE.search(one.funder) or number.upper().startswith("DE")):
        return "CN_DOE", of_doe[1]
    return ("CN_DOE" if _DOE.search(one.funder) else "CN_NONDOE"), number


def _related(paper: Paper) -> dict[str, str]:
    return {"type": _KINDS[paper.kind], "relation": "IsDescribedBy", "value": paper.identifier}
