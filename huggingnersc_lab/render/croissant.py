"""Croissant 1.0: a dataset as JSON-LD for dataset search engines.

The format is specified at http://mlcommons.org/croissant/1.0. The contents of the data files are not known here, so
there are no record sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain, count
from mimetypes import MimeTypes
from typing import Any
from urllib.parse import urlsplit

from huggingnersc_lab.record.parts import LINK, Distribution, Funding
from huggingnersc_lab.render.citation.bibtex import bibtex
from huggingnersc_lab.render.citation.work import (
    Creator,
    address,
    creators,
    doi_link,
    plain_address,
    published_on,
    publisher,
    title,
)
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.licence import Licence, licence_of

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"

NO_DIGEST = "https://github.com/mlcommons/croissant/issues/80"
"""Placeholder, also used by the Hub, for a required but unknown digest: the URL of the issue about it."""

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(entry: Entry) -> dict[str, Any]:
    """The document as JSON values."""
    record, day = entry.record, published_on(entry)
    document: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": record.name,
        "alternateName": title(entry),
        "description": (record.description or "").strip() or title(entry),
        "creator": [_creator(creator) for creator in creators(entry)],
        "publisher": {"@type": "sc:Organization", "name": publisher(entry)},
        "datePublished": day and day.isoformat(),
        "dateModified": _moment(record.updated_at),
        "license": _license(licence_of(record)),
        "keywords": list(dict.fromkeys(record.tags)),
        "inLanguage": list(dict.fromkeys(record.language)),
        "citeAs": bibtex(entry).strip(),
        "funding": [_grant(award) for award in record.funding],
        "url": address(entry),
        "sameAs": list(dict.fromkeys(filter(None, (doi_link(entry), _plain(record.homepage))))),
    }
    filled = {key: value for key, value in document.items() if value}
    return filled | {"distribution": list(_distribution(entry))}


def _creator(creator: Creator) -> dict[str, Any]:
    name = creator.name
    data: dict[str, Any] = {
        "@type": "sc:Person" if name.is_person else "sc:Organization",
        "name": name.text,
        "givenName": name.given,
        "familyName": name.family,
        "url": creator.orcid and f"https://orcid.org/{creator.orcid}",
    }
    return {key: value for key, value in data.items() if value}


def _grant(award: Funding) -> dict[str, Any]:
    funder = {"@type": "sc:Organization", "name": award.funder}
    number = {"identifier": award.award_number} if award.award_number else {}
    return {"@type": "sc:Grant", **number, "funder": funder}


def _distribution(entry: Entry) -> Iterator[dict[str, str]]:
    """The repository, if it is on a permanent Hub, and the public URLs of the data."""
    record = entry.record
    taken = {"repo", "portal"}
    if entry.hub_link and record.repo_id:
        text = "The repository on the Hub: the card, and the loader."
        yield _file("repo", text, entry.hub_link, "git+https")
    if entry.portal_link:
        yield _data("portal", Distribution(LINK, entry.portal_link))
    for way in record.downloads:
        name = "download" if way.channel == LINK else way.channel
        others = (f"{name}-{number}" for number in count(2))
        identifier = next(it for it in chain([name], others) if it not in taken)
        taken.add(identifier)
        yield _data(identifier, way)


def _data(identifier: str, way: Distribution) -> dict[str, str]:
    """A way to get the data, with its size and digests if known."""
    kind = "application/x-bittorrent" if way.infohash else _kind(way.url)
    what = "A web page with the data" if kind == "text/html" else "The data"
    digests = {name: digest for name, digest in way.checksums.items() if name in ("sha256", "md5")}
    text = f"{what}." if digests else f"{what}. Its digest is not known."
    found = _file(identifier, text, way.url, kind, digests)
    return found if way.bytes is None else {**found, "contentSize": f"{way.bytes} B"}


def _file(identifier: str, text: str, link: str, kind: str, digests: Mapping[str, str] | None = None) -> dict[str, str]:
    return {
        "@type": "cr:FileObject",
        "@id": identifier,
        "name": identifier,
        "description": text,
        "contentUrl": plain_address(link),
        "encodingFormat": kind,
        **(digests or {"sha256": NO_DIGEST}),
    }


def _license(licence: Licence | None) -> str | None:
    if licence is None:
        return None
    return plain_address(licence.address) if licence.address and "://" in licence.address else licence.label


def _moment(text: str | None) -> str | None:
    """``text`` if it is a valid time, as in every record that this program wrote."""
    try:
        datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return text


def _plain(link: str | None) -> str | None:
    return plain_address(link) if link else None


_PACKED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


def _kind(link: str) -> str:
    """Media type of the download, by its extension; a folder on the web is an HTML page."""
    parts = urlsplit(plain_address(link))
    # Not from the machine's own list: the document would differ between machines.
    found, packing = MimeTypes().guess_type(parts.path)
    if packing:
        return _PACKED.get(packing, "application/octet-stream")
    last = parts.path.rpartition("/")[2]
    is_page = parts.scheme in ("http", "https") and "." not in last
    return found or ("text/html" if is_page else "application/octet-stream")
