"""Whether the data has arrived where the centre was asked to put it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from huggingnersc_lab.channels.base import Dataset, Work
from huggingnersc_lab.channels.request.listing import Listing, list_files
from huggingnersc_lab.channels.request.settings import settings_of
from huggingnersc_lab.errors import CatalogError, FieldError


@dataclass(frozen=True, kw_only=True)
class PlaceOptions:
    """Where to look."""

    at: str | None = field(
        default=None, metadata={"help": "Folder of the data, if the centre has put it elsewhere than it was asked to."}
    )


@dataclass(frozen=True)
class Arrival:
    """What there is at the place that was asked for.

    Attributes:
        path: the place.
        found: what lies there; None if there is nothing.
        files: number of files that there should be, if it is known.
        bytes: size that it should have, if it is known.
        has_same_names: whether the files have the same names and sizes, as far as it is known.
    """

    path: str
    found: Listing | None
    files: int | None
    bytes: int | None
    has_same_names: bool

    @property
    def is_complete(self) -> bool:
        """Whether all of the data is there."""
        return self.found is not None and self.found.fits(self.files, self.bytes)


def place_of(dataset: Dataset, options: PlaceOptions) -> str | None:
    """Where to look for the data."""
    return options.at or settings_of(dataset).target


def place_faults(dataset: Dataset, options: PlaceOptions | None) -> list[FieldError]:
    """What is wrong with the place to look at; nothing while nobody has named one."""
    place = place_of(dataset, options or PlaceOptions())
    if place is None:
        return [FieldError("/options/at", "required", "Name the folder where the centre has put the data.")]
    if not place.startswith("/") or ".." in PurePosixPath(place).parts or not place.isprintable():
        return [FieldError("/options/at", "pattern", "A folder is an absolute path, in one line and without '..'.")]
    roots = dataset.site.data_roots
    if roots and not any(PurePosixPath(place).is_relative_to(root) for root in roots):
        named = ", ".join(map(str, roots))
        detail = f"Datasets of {dataset.site.title} are below {named}; '{place[:200]}' is not."
        return [FieldError("/options/at", "not_allowed", detail)]
    return []


def look_for(work: Work[PlaceOptions]) -> Arrival:
    """Compare what is at the place with the data as it is now, else as it was when the centre was asked.

    Raises:
        CatalogError: ``invalid_record`` for a place that is none, ``forbidden`` for one that cannot be read.
    """
    dataset, notes = work.dataset, work.ledger.read()
    options = PlaceOptions(at=work.options.at or notes.get("found"))
    if faults := place_faults(dataset, options):
        raise CatalogError("invalid_record", f"{faults[0].detail} Nothing was changed.", faults)
    place = os.path.normpath(str(place_of(dataset, options)))
    work.step("look", "begin", f"Looking at {place}")
    found = _list(place, work)
    if found is None:
        work.step("look", "done", "Nothing is there yet")
        return Arrival(place, None, None, None, has_same_names=False)
    contents = dataset.record.contents
    digest, files, size = notes.get("digest"), notes.get("files"), notes.get("bytes")
    path = dataset.record.data_path
    source = _list(path, work) if path and os.path.normpath(path) != place else None
    if source is not None and source.is_whole:
        digest, files, size = source.digest, source.files, source.bytes
    elif files is None and contents is not None:
        files, size = contents.files, contents.bytes
    work.step("look", "done", f"{found.files:,} files are there")
    return Arrival(place, found, files, size, has_same_names=digest in (None, found.digest))


def _list(path: str, work: Work[PlaceOptions]) -> Listing | None:
    try:
        return list_files(path, lambda files: work.progress(text=f"{files:,} files so far"))
    except CatalogError as err:
        if err.code != "not_found":
            raise
        return None
