"""What a record is made of besides texts and lists of texts; the members are those of ``record.schema.json``.

Of each, ``unknown`` holds what of it was written by a program that knows more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LINK = "link"
"""Channel of a distribution that nothing here has made: an address that somebody gave."""

DOI = "doi"
"""Channel of a distribution that is no data, but the dataset's DOI."""

PASSED = "passed"
"""Status of a verification in which the loader ran to its end."""


@dataclass(frozen=True)
class Author:
    """A person who made the dataset."""

    name: str
    orcid: str | None = None
    affiliation: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Distribution:
    """A way the data can be had.

    Attributes:
        channel: what made it: ``torrent``, ``drive``, …, or :data:`LINK`.
        url: its address.
        bytes: size of what is had from there.
        checksums: algorithm → hexadecimal digest of what is had from there, where that is one file.
        infohash: of a torrent, 40 hexadecimal digits (version 1) or 64.
        created_at: when it was made, RFC 3339.
        data_fingerprint: fingerprint that the data had then.
        state: ``requested`` or ``reserved`` while nobody can get the data from there yet; None once they can.
        label: which part of the data it is, where there are several: ``train``.
    """

    channel: str
    url: str
    bytes: int | None = None
    checksums: Mapping[str, str] = field(default_factory=dict, hash=False)
    infohash: str | None = None
    created_at: str | None = None
    data_fingerprint: str | None = None
    state: str | None = None
    label: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Contents:
    """What the data holds, as it was inspected last.

    Attributes:
        bytes: size of all files.
        files: number of files.
        formats: ids of the formats, the most frequent first.
        rows: number of rows or samples, as far as the formats tell.
        fingerprint: short digest of the data's state.
        at: when it was inspected, RFC 3339.
    """

    bytes: int | None = None
    files: int | None = None
    formats: tuple[str, ...] = ()
    rows: int | None = None
    fingerprint: str | None = None
    at: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Verification:
    """Whether the loader was seen to run.

    Attributes:
        status: ``passed`` or ``failed``.
        at: when it ran: a moment, RFC 3339, or a day where somebody just said so.
        by: Unix account that ran it.
        kernel_name: kernel that it ran in.
        duration_s: seconds that it took.
        peak_memory_bytes: most memory that it used.
        packages: name → version of the packages that it imported.
        loader_sha256: digest of the loader that ran.
        data_fingerprint: fingerprint that the data had then.
    """

    status: str
    at: str
    by: str | None = None
    kernel_name: str | None = None
    duration_s: float | None = None
    peak_memory_bytes: int | None = None
    packages: Mapping[str, str] = field(default_factory=dict, hash=False)
    loader_sha256: str | None = None
    data_fingerprint: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Funding:
    """Who paid for it."""

    funder: str
    award_number: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)
