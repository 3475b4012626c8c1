"""Authors in other people's files → authors of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huggingnersc_lab.inspection.prefill.documents import as_list, text_at
from huggingnersc_lab.inspection.prefill.suggestion import one_line
from huggingnersc_lab.record.identifiers import plain_orcid


def author(name: str, orcid: str = "", affiliation: str = "") -> dict[str, str]:
    """An author, without what is not known."""
    plain = plain_orcid(orcid) if orcid else ""
    is_orcid = len(plain) == len("0000-0000-0000-0000") and plain.count("-") == 3  # noqa: PLR2004
    return {
        "name": name,
        **({"orcid": plain} if is_orcid else {}),
        **({"affiliation": affiliation} if affiliation else {}),
    }


def given_first(name: str) -> str:
    """A person's name with the given name first.

    >>> given_first("Lovelace, Ada"), given_first("Ada Lovelace")
    ('Ada Lovelace', 'Ada Lovelace')
    """
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and "," not in given else name


def from_schema_org(value: object) -> list[dict[str, str]]:
    """Authors written as schema.org's ``Person`` or ``Organization``, or as plain names."""
    return [found for one in as_list(value) if (found := _from_schema_org(one))]


def _from_schema_org(person: object) -> dict[str, str] | None:
    if isinstance(person, str):
        return author(given_first(one_line(person))) if one_line(person) else None
    if not isinstance(person, Mapping):
        return None
    parts = [text_at(person, "givenName"), text_at(person, "familyName")]
    name = " ".join(filter(None, parts)) or given_first(text_at(person, "name"))
    orcid = next((one for one in _identifiers(person) if "orcid.org/" in one.lower()), "")
    return author(name, orcid, affiliation_of(person.get("affiliation"))) if name else None


def affiliation_of(value: object) -> str:
    """The names of affiliations: texts, or objects with a name."""
    names = (one_line(one) if isinstance(one, str) else text_at(one, "name") for one in as_list(value))
    return "; ".join(filter(None, names))


def _identifiers(person: Mapping[str, Any]) -> list[str]:
    return [
        text
        for key in ("@id", "id", "identifier", "sameAs", "url")
        for one in as_list(person.get(key))
        if (text := one if isinstance(one, str) else text_at(one, "@id", "value"))
    ]
