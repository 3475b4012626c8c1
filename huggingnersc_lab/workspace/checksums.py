"""Checksums of a dataset: where they are kept, how they are computed and compared, by jobs and the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from huggingnersc_lab.catalog import Catalog, Change
from huggingnersc_lab.checksums import (
    Manifest,
    Outcome,
    Summary,
    Verified,
    digest_part,
    digest_tree,
    merge_parts,
    part_manifests,
    plan_parts,
    remove_parts,
    verify,
    walk,
)
from huggingnersc_lab.checksums.tree import OnProgress
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.private_files import own_folder
from huggingnersc_lab.record.parts import Contents

MOST_TOLD = 1000
"""So many files are named in what a job leaves."""


@dataclass(frozen=True)
class DataOf:
    """The data of an entry, and what is known of it.

    Attributes:
        name: nickname of the dataset.
        path: where the data lies.
        manifest: its digests; the person's own.
    """

    name: str
    path: str
    manifest: Manifest

    def checksum(self, algorithms: Iterable[str], on_progress: OnProgress) -> Outcome:
        """Bring the manifest up to date; see :func:`digest_tree`."""
        return digest_tree(self.path, self.manifest, algorithms, on_progress=on_progress)

    def checksum_part(
        self, index: int, count: int, algorithms: Sequence[str], on_progress: OnProgress
    ) -> tuple[int, int]:
        """Compute one part of the digests; returns the number of files and bytes read. See :func:`digest_part`."""
        planned = plan_parts(walk(self.path), count, algorithms)
        if index >= len(planned):  # there is less data than was expected
            return 0, 0
        result = part_manifests(self.manifest, count, algorithms)[index]
        outcome = digest_part(
            self.path, planned[index], result, algorithms, known=self.manifest, on_progress=on_progress
        )
        return outcome.files_read, outcome.bytes_read

    def merge(self, count: int, algorithms: Sequence[str], on_progress: OnProgress) -> Outcome:
        """Merge the parts into the manifest and remove them; see :func:`merge_parts`."""
        parts = part_manifests(self.manifest, count, algorithms)
        outcome = merge_parts(self.path, self.manifest, parts, algorithms, on_progress=on_progress)
        remove_parts(self.manifest, count, algorithms)
        return outcome

    def verify(self, *, quick: bool, part: tuple[int, int], on_progress: OnProgress) -> Verified:
        """Compare the data with the manifest; see :func:`verify`."""
        return verify(self.path, self.manifest, quick=quick, part=part, on_progress=on_progress)


def data_of(catalog: Catalog, name: str) -> DataOf:
    """The data of an entry.

    Raises:
        CatalogError: ``not_found`` for an entry that is not there; ``invalid_record`` where it does not say where its
            data lies.
    """
    record = catalog.store.read(name).record
    if record.data_path is None:
        detail = f"'{name}' has no data_path. Nothing was read: add its data_path first."
        raise CatalogError("invalid_record", detail, [FieldError("/data_path", "required", detail)])
    return DataOf(name, record.data_path, Manifest(manifest_folder(catalog.site.name, name)))


def manifest_folder(site: str, name: str) -> Path:
    """Where a person's digests of a dataset are kept."""
    return own_folder("checksums") / site / name


def contents_change(catalog: Catalog, name: str, summary: Summary) -> Change:
    """The change that tells the record of what was found: size, number of files, fingerprint.

    Raises:
        CatalogError: ``conflict`` where a file could not be read, so that the state is not known.
    """
    if summary.fingerprint is None:
        detail = f"Not all files of '{name}' could be read. The entry was left as it is; the checksums are kept."
        raise CatalogError("conflict", detail)
    stored = catalog.store.read(name)
    contents = replace(
        stored.record.contents or Contents(),
        bytes=summary.bytes,
        files=summary.files,
        fingerprint=summary.fingerprint,
        at=datetime.fromtimestamp(summary.at, timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )
    document = replace(stored.record, contents=contents).to_dict()
    return Change("update", name, {"contents": document["contents"]})


def outcome_document(data: DataOf, outcome: Outcome) -> dict[str, Any]:
    """What was computed, as JSON."""
    summary = outcome.summary
    return {
        "name": data.name,
        "data_path": data.path,
        "files": summary.files,
        "bytes": summary.bytes,
        "fingerprint": summary.fingerprint,
        "files_read": outcome.files_read,
        "bytes_read": outcome.bytes_read,
        "files_gone": outcome.files_gone,
        "problems": [problem.to_dict() for problem in outcome.problems],
        "problem_count": outcome.problem_count,
        "manifest": os.fspath(data.manifest.folder),
    }


def verified_document(data: DataOf, found: Verified, most: int | None = None) -> dict[str, Any]:
    """What a comparison found, as JSON.

    Args:
        data: the data.
        found: what was found.
        most: name no more files than this of each list.
    """
    counts: Mapping[str, int] = found.counts
    return {
        "name": data.name,
        "data_path": data.path,
        "files": found.files,
        "bytes": found.bytes,
        "bytes_read": found.bytes_read,
        "unchanged": found.is_unchanged,
        "counts": {kind: counts.get(kind, 0) for kind in ("changed", "damaged", "gone", "new")},
        "changes": [change.to_dict() for change in list(found.changes.values())[:most]],
        "problems": [problem.to_dict() for problem in found.problems[:most]],
        "problem_count": found.problem_count,
    }


def read_part(text: str | None) -> tuple[int, int]:
    """Which part of how many, of ``3/30``; all of it where nothing is said.

    Raises:
        CatalogError: ``invalid_record`` for what is no such thing.
    """
    from huggingnersc_lab.checksums.verify import require_part

    number, slash, count = (text or "1/1").partition("/")
    if not (slash and number.isascii() and number.isdigit() and count.isascii() and count.isdigit()):
        detail = f"'{text}' is not a part: write 3/30 for the third of thirty. Nothing was read."
        raise CatalogError("invalid_record", detail, [FieldError("/part", "pattern", detail)])
    if max(len(number), len(count)) > len("1000"):
        number, count = "0", "0"
    part = int(number), int(count)
    require_part(*part)
    return part
