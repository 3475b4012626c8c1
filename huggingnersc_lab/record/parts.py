"""Structured parts of a record; their fields are those of ``record.schema.json``.

In each, ``unknown`` holds fields written by a newer version of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LINK = "link"
"""Channel of a distribution entered by hand as a URL."""

DOI = "doi"
"""Channel of a distribution that is no data, but the dataset's DOI."""

PASSED = "passed"
"""Status of a verification in which the loader ran to the end."""


@dataclass(frozen=True)
class Author:
    """A person who created the dataset."""

    name: str
    orcid: str | None = None
    affiliation: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Distribution:
    """A way to get the data.

    Attributes:
        channel: what created it: ``torrent``, ``drive``, …, or :data:`LINK`.
        url: its URL.
        bytes: size of the download.
        checksums: algorithm → hexadecimal digest of the download, if it is one file.
        infohash: for a torrent, 40 hexadecimal digits (version 1) or 64.
        created_at: when it was created, RFC 3339.
        data_fingerprint: fingerprint of the data at that time.
        state: ``requested`` or ``reserved`` while nobody can get the data from there yet; None once they can.
        label: the part of the data, if there are several: ``train``.
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
    """Summary of the data from its last inspection.

    Attributes:
        bytes: size of all files.
        files: number of files.
        formats: ids of the formats, most frequent first.
        rows: number of rows or samples, if the formats reveal it.
        fingerprint: short digest of the state of the data.
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
    """Whether the loader was verified to run.

    Attributes:
        status: ``passed`` or ``failed``.
        at: when it ran: a time, RFC 3339, or a date if entered by hand.
        by: Unix account that ran it.
        kernel_name: kernel that it ran in.
        duration_s: duration in seconds.
        peak_memory_bytes: peak memory usage.
        packages: name → version of imported packages.
        loader_sha256: digest of the loader that ran.
        data_fingerprint: fingerprint of the data at that time.
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
    """Who funded it."""

    funder: str
    award_number: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict, hash=False)
