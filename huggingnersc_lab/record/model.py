"""The record: one dataset's entry, as Python sees it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any

from huggingnersc_lab.record.portable import why_no_json

SCHEMA_VERSION = 1
"""Version of ``record.schema.json`` that this code writes."""

CATALOG_ONLY = ("revision", "pull_request_url")
"""Members that the catalog's copy has and the Hub's has not: a commit cannot name itself."""

PUBLICATION = (
    "repo_id",
    "private",
    "published_at",
    "published_by",
    "updated_at",
    "publish_id",
    *CATALOG_ONLY,
)
"""Members that publishing fills in; a person does not write them."""


@dataclass(frozen=True)
class Author:
    """A person who made the dataset."""

    name: str
    orcid: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True)
class DatasetRecord:
    """Everything known of one dataset; its members are those of ``record.schema.json``.

    A member that is not known is ``None``, or empty where it is a list. Building one checks nothing: see
    :func:`huggingnersc_lab.record.validation.validate`, whose errors name every fault at once.

    >>> record = DatasetRecord(name="iris", pretty_name="Iris", size_categories=("n<1K",))
    >>> record.to_dict()
    {'schema_version': 1, 'name': 'iris', 'pretty_name': 'Iris', 'size_categories': ['n<1K']}
    """

    name: str
    pretty_name: str
    size_categories: tuple[str, ...] = ()
    description: str | None = None
    authors: tuple[Author, ...] = ()
    license: str | None = None
    license_name: str | None = None
    license_link: str | None = None
    task_categories: tuple[str, ...] = ()
    task_ids: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    annotations_creators: tuple[str, ...] = ()
    language_creators: tuple[str, ...] = ()
    multilinguality: tuple[str, ...] = ()
    source_datasets: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    doi: str | None = None
    citation: str | None = None
    homepage: str | None = None
    data_path: str | None = None
    access_group: str | None = None
    portal_link: str | None = None
    download_link: str | None = None
    loader: str | None = None
    batch_script: str | None = None
    is_distributed: bool = False
    kernel_name: str | None = None
    verified_at: str | None = None
    card_data: Mapping[str, Any] = field(default_factory=dict)
    repo_id: str | None = None
    private: bool | None = None
    published_at: str | None = None
    published_by: str | None = None
    updated_at: str | None = None
    publish_id: str | None = None
    revision: str | None = None
    pull_request_url: str | None = None
    schema_version: int = SCHEMA_VERSION

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DatasetRecord:
        """The record of a document; members it does not know, and those that are null, are left out.

        Raises:
            TypeError: a member is missing, or of another form than the schema has for it.
        """
        values: dict[str, Any] = {}
        for name, annotation in _members().items():
            value = data.get(name)
            if value is not None:
                values[name] = _read(name, annotation, value)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON values in the schema's order, without members that are not known."""
        data: dict[str, Any] = {"schema_version": self.schema_version}
        for name in _members():
            value = getattr(self, name)
            if name == "schema_version" or value in (None, False, (), {}):
                continue
            if name == "authors":
                value = [{k: v for k, v in vars(author).items() if v is not None} for author in value]
            elif isinstance(value, tuple):
                value = list(value)
            data[name] = value
        return data

    def without(self, *members: str) -> DatasetRecord:
        """A copy in which ``members`` are not known."""
        changes: dict[str, Any] = dict.fromkeys(members)
        return replace(self, **changes)


@cache
def _members() -> dict[str, str]:
    """The members in the schema's order, and how each is annotated."""
    return {item.name: str(item.type) for item in fields(DatasetRecord)}


_FORMS: dict[str, tuple[type, str]] = {
    "str": (str, "text"),
    "str | None": (str, "text"),
    "bool": (bool, "true or false"),
    "bool | None": (bool, "true or false"),
    "int": (int, "a number"),
    "Mapping[str, Any]": (dict, "an object"),
}
"""By how a member is annotated, what it is in JSON; lists are read by themselves."""


def _read(member: str, annotation: str, value: Any) -> Any:
    """A member's value; records come from other people's hands, and one of another form would break who shows it."""
    if annotation.startswith("tuple"):
        if not isinstance(value, list | tuple):
            raise TypeError(f"'{member}' should be a list")
        if member == "authors":
            return tuple(_author(author) for author in value)
        return tuple(_read(member, "str", item) for item in value)
    form, name = _FORMS[annotation]
    if not isinstance(value, form):
        raise TypeError(f"'{member}' should be {name}")
    if isinstance(value, dict) and (why := why_no_json(member, value)):
        raise TypeError(why)
    return value


def _author(value: Any) -> Author:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise TypeError("an author should be an object of texts")
    return Author(**value)


def dump_record(record: Mapping[str, Any]) -> bytes:
    """A record as it stands in ``record.json``: UTF-8, indented, one newline at the end."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False).encode() + b"\n"
