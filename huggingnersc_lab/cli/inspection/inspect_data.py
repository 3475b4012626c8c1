"""``inspect-data``: what a folder of data holds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli import jobs
from huggingnersc_lab.cli.arguments import Detach, ExecutorName, ResourceOption, absolute, detached
from huggingnersc_lab.cli.session import Session
from huggingnersc_lab.cli.terminal.layout import facts, table
from huggingnersc_lab.cli.terminal.progress import byte_count
from huggingnersc_lab.errors import CatalogError, FieldError

if TYPE_CHECKING:
    from huggingnersc_lab.inspection.inspect import Progress

_SHOWN = 20
_SECONDS_BETWEEN_REPORTS = 0.2
_LINKS = {
    "inside": "{} to places in the data",
    "outside": "{} out of it",
    "dead": "{} to nowhere",
    "loop": "{} in a loop",
    "unchecked": "{} not followed up",
}


def inspect_data(
    session: Session,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder or a file.")],
    seconds: Annotated[
        int, typer.Option("--seconds", metavar="NUMBER", help="Stop after this time, with what was found so far.")
    ] = 600,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
) -> None:
    """Show what data holds: files, formats, columns, arrays, rows. Reads headers only, and changes nothing."""
    from huggingnersc_lab.inspection.inspect import inspect
    from huggingnersc_lab.workspace.placement import refuse_heavy_here, start
    from huggingnersc_lab.workspace.tasks.inspect import TASK, name_of

    if seconds < 1:
        fault = "--seconds should be at least 1."
        raise CatalogError("invalid_record", f"{fault} Nothing was read.", [FieldError("/seconds", "range", fault)])
    place = absolute(path) or ""
    if wish := detached(detach, executor, resources):
        workspace = session.workspace
        jobs.begun(session, [start(workspace, TASK.of_path(workspace, name_of(place), place, seconds), wish)])
        return
    refuse_heavy_here(session.site)
    document = inspect(place, seconds=seconds, on_progress=_Line(session)).to_dict()
    session.output.answer(document, "\n\n".join(_parts(document)))
    if not document["complete"]:
        session.output.note(f"The time was up after {seconds} seconds: --seconds gives it more.")


class _Line:
    """Shows how far it is, in a terminal."""

    def __init__(self, session: Session) -> None:
        self._output = session.output
        self._shown_at = float("-inf")

    def __call__(self, progress: Progress) -> None:
        """Show it, now and then."""
        now = time.monotonic()
        if now - self._shown_at < _SECONDS_BETWEEN_REPORTS:
            return
        self._shown_at = now
        if progress.phase == "walk":
            self._output.progress(f"{progress.files} files counted, {byte_count(progress.bytes)}")
        else:
            self._output.progress(f"{progress.described} of {progress.to_describe} files described")


def _parts(document: Mapping[str, Any]) -> Iterator[str]:
    """The answer for people, in paragraphs."""
    yield facts(_facts(document))
    if formats := document["formats"]:
        counts = [(one["title"], str(one["files"]), byte_count(one["bytes"]), _rows(one)) for one in formats]
        yield table(counts[:_SHOWN], ("FORMAT", "FILES", "SIZE", "ROWS"))
    if described := document["described"]:
        yield _limited([(one["path"], _about(one)) for one in described], ("FILE", "WHAT IS IN IT"))
    if unknown := document["unknown"]:
        rows = [(f".{one['suffix']}" if one["suffix"] else "none", str(one["files"]), one["reason"]) for one in unknown]
        yield _limited(rows, ("SUFFIX", "FILES", "WHY IT IS NOT DESCRIBED"))
    if problems := document["problems"]:
        reasons = [(one["path"] or ".", one["detail"]) for one in problems]
        yield _limited(reasons, ("LEFT OUT", "WHY"), document["problem_count"])


def _facts(document: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    newest = document["newest"]
    links = [words.format(document["links"][kind]) for kind, words in _LINKS.items() if document["links"][kind]]
    splits = [f"{split} ({one['files']} files)" for split, one in document["splits"].items()]
    series = [f"{one['path']} ({one['files']} files)" for one in document["series"][:3]]
    largest = [f"{one['path']} ({byte_count(one['bytes'])})" for one in document["largest"][:3]]
    return [
        ("Path", document["path"]),
        ("Files", f"{document['files']} in {document['folders'] + 1} folders"),
        ("Size", byte_count(document["bytes"])),
        ("Largest", "\n".join(largest)),
        ("Newest", None if newest is None else _day(newest)),
        ("Splits", ", ".join(splits)),
        ("Series", "\n".join(series)),
        ("Links", ", ".join(links)),
        ("Suggested", "\n".join(f"{one['member']}: {', '.join(one['value'])}" for one in document["suggestions"])),
    ]


def _day(seconds: float) -> str | None:
    try:
        return datetime.fromtimestamp(seconds).astimezone().isoformat(" ", "minutes")[:16]
    except (ValueError, OverflowError, OSError):  # a file system can hold any number
        return None


def _rows(one: Mapping[str, Any]) -> str:
    if one["rows"] is None:
        return ""
    return f"about {one['rows']}" if one["rows_estimated"] else str(one["rows"])


def _about(one: Mapping[str, Any]) -> str:
    """A description in a line."""
    parts = []
    if one.get("rows") is not None:
        parts.append(f"{_rows({'rows_estimated': False, **one})} {'lines' if one['format'] == 'text' else 'rows'}")
    if columns := one.get("columns"):
        parts.append(f"{one['column_count']} columns: {', '.join(column['name'] for column in columns[:6])}")
    elif arrays := one.get("arrays"):
        shapes = [f"{array.get('name', '')} {'x'.join(map(str, array['shape']))}".strip() for array in arrays[:4]]
        parts.append(f"{one['array_count']} arrays: {', '.join(shapes)}")
    if size := one.get("size"):
        parts.append(f"{size[0]} x {size[1]} pixels")
    if members := one.get("members"):
        parts.append(f"{members['files']} files, {byte_count(members['bytes'])} unpacked")
    return "; ".join([*parts, *one.get("notes", ())])


def _limited(rows: Sequence[tuple[str, ...]], headings: tuple[str, ...], total: int | None = None) -> str:
    text = table(rows[:_SHOWN], headings, shorten=headings[-1])
    more = (total or len(rows)) - min(len(rows), _SHOWN)
    return f"{text}\n… and {more} more; --json names up to 1000." if more else text
