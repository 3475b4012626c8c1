"""The record: one dataset's entry, as Python sees it."""

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
class DatasetRecord:
    """Everything known of one dataset; its members are those of ``record.schema.json``.

    A member that is not known is ``None``, or empty where it is a list. Building one checks nothing: see
    :func:`huggingnersc_lab.record.validation.validate`, whose errors name every fault at once.

    Attributes:
        unknown: members that were written by a program that knows more than this one. They are carried along, and
            shown as they are.

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
        """The first address that somebody gave, besides the ways that channels have made."""
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
        """The day on which its loader was last seen to run, ``YYYY-MM-DD``; None where it never did, or failed last."""
        found = self.verification
        return found.at.partition("T")[0] if found and found.status == PASSED else None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DatasetRecord:
        """The record of a document of any version; members that are null are left out.

        Members that this program does not know are in ``unknown``, those of a part of the record in that part's.

        Raises:
            TypeError: a member is missing, or of another form than the schema has for it, or more is unknown than is
                kept.
        """
        record = read_object(cls, data if newer(data) else migrate(data))
        check_unknown(record)
        return record

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON values, without members that nobody has said; those that are not known here come last."""
        return {"schema_version": self.schema_version} | write_object(self)

    def without(self, *members: str) -> DatasetRecord:
        """A copy in which ``members`` are not known."""
        changes: dict[str, Any] = dict.fromkeys(members)
        return replace(self, **changes)


MEMBERS = ("schema_version", *(name for name in members(DatasetRecord) if name != "schema_version"))
"""The members of a record that this program knows, in the order in which they are written."""


def dump_record(record: Mapping[str, Any]) -> bytes:
    """A record as it stands in ``record.json``: UTF-8, indented, one newline at the end."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False).encode() + b"\n"
