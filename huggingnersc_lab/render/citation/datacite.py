"""DataCite JSON: metadata in the DataCite schema 4.5, as used by its REST interface."""

from __future__ import annotations

import json
from typing import Any

from huggingnersc_lab.record.parts import Contents, Funding
from huggingnersc_lab.render.citation.work import (
    Creator,
    address,
    creators,
    plain_address,
    published_on,
    publisher,
    title,
    year,
)
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.licence import Licence, licence_of
from huggingnersc_lab.render.papers import Paper, paper_of
from huggingnersc_lab.render.words import byte_size, size_label

_KINDS = {"arxiv": "arXiv", "doi": "DOI", "url": "URL"}


def is_possible(entry: Entry) -> bool:
    """Whether everything that DataCite requires is known: it requires a year of publication."""
    return bool(year(entry))


def datacite(entry: Entry) -> str:
    """The metadata as indented JSON with a final newline; see :func:`is_possible`."""
    record, day, licence = entry.record, published_on(entry), licence_of(entry.record)
    data: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "doi": record.public_doi,
        "url": address(entry),
        "types": {"resourceType": "Dataset", "resourceTypeGeneral": "Dataset"},
        "creators": [_creator(creator) for creator in creators(entry)],
        "titles": [{"title": title(entry)}],
        "publisher": {"name": publisher(entry)},
        "publicationYear": year(entry),
        "dates": [{"date": day.isoformat(), "dateType": "Issued"}] if day else None,
        "version": record.revision,
        "subjects": [{"subject": tag} for tag in dict.fromkeys(record.tags)],
        "sizes": [size_label(size) for size in dict.fromkeys(record.size_categories)] + _measured(record.contents),
        "formats": list(record.contents.formats) if record.contents else None,
        "rightsList": [_rights(licence)] if licence else None,
        "descriptions": [{"description": record.description.strip(), "descriptionType": "Abstract"}]
        if record.description and record.description.strip()
        else None,
        "relatedIdentifiers": [
            *(_related(paper_of(paper)) for paper in dict.fromkeys(record.papers)),
            *(_code(address) for address in dict.fromkeys(record.code)),
        ],
        "fundingReferences": [_funding(award) for award in record.funding],
    }
    filled = {key: value for key, value in data.items() if value}
    return json.dumps(filled, indent=2, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"


def _creator(creator: Creator) -> dict[str, Any]:
    name = creator.name
    if not name.is_person:
        return {"name": name.text, "nameType": "Organizational"}
    given = " ".join(filter(None, (name.given, name.suffix)))
    scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
    data: dict[str, Any] = {
        "name": ", ".join(filter(None, (name.family, given))),
        "nameType": "Personal",
        "givenName": given,
        "familyName": name.family,
        "nameIdentifiers": [{"nameIdentifier": f"https://orcid.org/{creator.orcid}", **scheme}]
        if creator.orcid
        else None,
        "affiliation": [{"name": creator.affiliation}] if creator.affiliation else None,
    }
    return {key: value for key, value in data.items() if value}


def _rights(licence: Licence) -> dict[str, str]:
    rights = {"rights": licence.label}
    if licence.address and "://" in licence.address:
        rights["rightsUri"] = plain_address(licence.address)
    if licence.spdx:
        rights |= {"rightsIdentifier": licence.spdx, "rightsIdentifierScheme": "SPDX"}
    return rights


def _measured(contents: Contents | None) -> list[str]:
    if contents is None:
        return []
    files = [] if contents.files is None else [f"{contents.files} file{'s' * (contents.files != 1)}"]
    return files if contents.bytes is None else [*files, byte_size(contents.bytes)]


def _funding(award: Funding) -> dict[str, str]:
    number = {"awardNumber": award.award_number} if award.award_number else {}
    return {"funderName": award.funder, **number}


def _code(address: str) -> dict[str, str]:
    return {
        "relatedIdentifier": plain_address(address),
        "relatedIdentifierType": "URL",
        "relationType": "IsSupplementedBy",
    }


def _related(paper: Paper) -> dict[str, str]:
    identifier = f"arXiv:{paper.identifier}" if paper.kind == "arxiv" else paper.identifier
    return {
        "relatedIdentifier": identifier,
        "relatedIdentifierType": _KINDS[paper.kind],
        "relationType": "IsDescribedBy",
    }
