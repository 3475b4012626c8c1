"""The record: one dataset's entry, as a Python class."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from huggingnersc_lab.record.codec import check_unknown, members, read_object, write_object
from huggingnersc_lab.record.identifiers import doi_address
from huggingnersc_lab.record.migrations import SCHEMA_VERSION, migrate, newer
from huggingnersc_lab.record.parts import DOI, LINK, PASSED, Author, Contents, Distribution, Funding, Verification

__all__ = [
    "CATALOG_ONLY",
    "MEMBERS",
    "PUBLICATION",
    "SCHEMA_VERSION",
    "Author",
    "Contents",
    "DatasetRecord",
    "Distribution",
    "Funding",
    "Verification",
    "dump_record",
]

CATALOG_ONLY = ("revision", "pull_request_url")
"""Fields of the catalog's copy that the Hub's copy lacks: a commit cannot contain its own id."""

PUBLICATION = (
    "repo_id",
    "private",
    "published_at",
    "published_by",
    "updated_at",
    "publish_id",
    *CATALOG_ONLY,
)
"""Fields that publishing sets; users cannot edit them."""


@dataclass(frozen=True)
class DatasetRecord:
    """One dataset's entry; its fields are those of ``record.schema.json``.

    An unknown value is ``None``, or empty for a list. The constructor checks nothing: see
    :func:`huggingnersc_lab.record.validation.validate`, which reports all errors at once.

    Attributes:
        unknown: fields written by a newer version of the program. They are preserved, and displayed
        unchanged.

    >>> record = DatasetRecord(name="iris", pretty_name="Iris", size_categories=("n<1K",))
    >>> record.to_dict()
    {'schema_version': 2, 'name': 'iris', 'pretty_name': 'Iris', 'size_categories': ['n<1K']}
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
    code: tuple[str, ...] = ()
    funding: tuple[Funding, ...] = ()
    data_path: str | None = None
    access_group: str | None = None
    portal_link: str | None = None
    distributions: tuple[Distribution, ...] = ()
    contents: Contents | None = None
    loader: str | None = None
    batch_script: str | None = None
    companions: tuple[str, ...] = ()
    is_distributed: bool = False
    kernel_name: str | None = None
    verification: Verification | None = None
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
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def download_link(self) -> str | None:
        """The first URL entered by hand, as opposed to those created by channels."""
        return next((one.url for one in self.distributions if one.channel == LINK), None)

    @property
    def downloads(self) -> tuple[Distribution, ...]:
        """The distributions from which the data can be had now: neither requested nor reserved, nor a DOI."""
        return tuple(one for one in self.distributions if one.state is None and one.channel != DOI)

    @property
    def public_doi(self) -> str | None:
        """The DOI, unless it is reserved: one that is does not resolve yet."""
        reserved = {one.url.lower() for one in self.distributions if one.channel == DOI and one.state is not None}
        return None if self.doi is None or doi_address(self.doi).lower() in reserved else self.doi

    @property
    def verified_at(self) -> str | None:
        """Date of the last successful run of its loader, ``YYYY-MM-DD``; None if it never ran, or last failed."""
        found = self.verification
        return found.at.partition("T")[0] if found and found.status == PASSED else None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DatasetRecord:
        """Read a document of any schema version; null fields are omitted.

        Fields that this version does not know go into ``unknown``, those of a part of the record into the part's.

        Raises:
            TypeError: a field is missing, or has another type than in the schema, or there are too many unknown
            fields.
        """
        record = read_object(cls, data if newer(data) else migrate(data))
        check_unknown(record)
        return record

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON values, without empty fields; unknown fields come last."""
        return {"schema_version": self.schema_version} | write_object(self)

    def without(self, *members: str) -> DatasetRecord:
        """A copy without the values of ``members``."""
        changes: dict[str, Any] = dict.fromkeys(members)
        return replace(self, **changes)


MEMBERS = ("schema_version", *(name for name in members(DatasetRecord) if name != "schema_version"))
"""The known fields of a record, in the order in which they are written."""


def dump_record(record: Mapping[str, Any]) -> bytes:
    """The content of ``record.json``: UTF-8, indented, one newline at the end."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False).encode() + b"\n"
