"""What the files of a folder suggest for its record. Worker processes read them (:mod:`huggingnersc_lab.workers`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.inspection.prefill.choices import Choice, choices_of
from huggingnersc_lab.inspection.prefill.sources import SOURCES, scripts
from huggingnersc_lab.inspection.prefill.suggestion import Source, Suggestion, UnreadableSourceError
from huggingnersc_lab.workers.calls import UnansweredError, workers

MAX_ENTRIES = 20_000
"""Maximum number of directory entries that are looked at."""

MAX_BYTES = 512 * 1024
"""Largest file that is read."""

MAX_FILES = 24
"""Maximum number of files that are read."""

SECONDS = 5.0
"""Time limit of a worker's call."""

_MAX_OF_SOURCE = 8
_MAX_NAME = 255


@dataclass(frozen=True)
class Skipped:
    """A file that was not read, and why: "is larger than 512 KiB"."""

    file: str
    reason: str


@dataclass(frozen=True)
class Suggestions:
    """What a folder suggests.

    Attributes:
        fields: the choices for each field of the record; the first is preferred. The value of ``loader`` is the name of
        a script in the folder.
        skipped: files that were found, but not read.
    """

    fields: Mapping[str, Sequence[Choice]]
    skipped: Sequence[Skipped]


def suggest(folder: str) -> Suggestions:
    """Read the files of a folder that describe its data.

    Args:
        folder: its absolute path, with all links resolved; no links in it are followed.

    Raises:
        CatalogError: ``storage`` if its file system does not respond, ``not_found`` if it is not a folder,
        ``forbidden`` if it cannot be listed.
    """
    try:
        listed = workers().call("prefill_list", folder, MAX_ENTRIES, path=folder, seconds=SECONDS)
        wanted = list(_wanted(cast("list[str]", listed)))[:MAX_FILES]
        if not wanted:
            return Suggestions({}, ())
        names = [name for name, _ in wanted]
        read = workers().call("prefill_read", folder, names, MAX_BYTES, path=folder, seconds=SECONDS)
    except UnansweredError:
        raise
    except (FileNotFoundError, NotADirectoryError) as err:
        raise CatalogError("not_found", f"'{folder}' is not a folder. Nothing was filled in.") from err
    except OSError as err:
        detail = f"'{folder}' cannot be listed: {err.strerror}. Nothing was filled in."
        raise CatalogError("forbidden", detail) from err
    outcomes, content = cast("tuple[list[int | str], bytes]", read)
    skipped: list[Skipped] = []
    found = list(_suggestions(wanted, outcomes, content, skipped))
    return Suggestions(choices_of(found), tuple(skipped))


def _wanted(names: Sequence[str]) -> Iterator[tuple[str, Source]]:
    """Files that say something, the most trusted first."""
    shown = sorted((one for one in names if len(one) <= _MAX_NAME and one.isprintable()), key=_order)
    for source in SOURCES:
        yield from [(name, source) for name in shown if source.file_name.fullmatch(name)][:_MAX_OF_SOURCE]


def _order(name: str) -> tuple[int, str, str]:
    return scripts.likelihood(name), name.casefold(), name


def _suggestions(
    wanted: Sequence[tuple[str, Source]], outcomes: Sequence[int | str], content: bytes, skipped: list[Skipped]
) -> Iterator[tuple[str, Suggestion]]:
    begin = 0
    for (name, source), outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, str):
            skipped.append(Skipped(name, outcome))
            continue
        begin, start = begin + outcome, begin
        try:
            yield from [(name, one) for one in source.read(name, content[start:begin])]
        except UnreadableSourceError as err:
            skipped.append(Skipped(name, str(err)))
