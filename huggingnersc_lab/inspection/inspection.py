"""What an inspection found, as JSON and as values of a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.inspection.problem import shown
from huggingnersc_lab.inspection.tally import Tally
from huggingnersc_lab.record.vocabulary import load_vocabulary

_MOST_FORMATS = 100
_FORMAT_ID = re.compile(r"[a-z0-9][a-z0-9._+-]{0,59}")


@dataclass
class FormatTally:
    """All files of one format.

    Attributes:
        name: its id.
        title: its name for people.
        is_table: whether rows of its files can be added up.
        files: number of files; of a format whose folders are read as a whole, of all files in them.
        bytes: their size.
        described: number of files that were described.
        rows: sum of the rows of the files that were described; None if one does not tell.
        is_estimated: whether one of them is an estimate.
        parts: number of files or folders that would have to be described for all of ``rows``.
    """

    name: str
    title: str
    is_table: bool
    files: int = 0
    bytes: int = 0
    described: int = 0
    rows: int | None = None
    is_estimated: bool = False
    parts: int = 0

    @property
    def all_rows(self) -> tuple[int, bool] | None:
        """Rows of all files and whether that is an estimate; None if unknown."""
        if not self.is_table or self.rows is None or not self.described:
            return None
        if self.described >= self.parts:
            return self.rows, self.is_estimated
        return round(self.rows * self.parts / self.described), True

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        rows, is_estimated = self.all_rows or (None, False)
        found = {"format": self.name, "title": self.title, "files": self.files, "bytes": self.bytes}
        return found | {"described": self.described, "rows": rows, "rows_estimated": is_estimated}


@dataclass(frozen=True)
class Described:
    """One file that was described.

    Attributes:
        path: relative to the data's root.
        format: id of its format.
        description: see :class:`~huggingnersc_lab.inspection.description.Description`.
    """

    path: str
    format: str
    description: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"path": shown(self.path) or ".", "format": self.format, **self.description}


@dataclass
class Inspection:
    """What was found of a dataset's files.

    Attributes:
        path: absolute path of the data.
        at: when, RFC 3339.
        tally: what was counted.
        formats: files by format, most bytes first.
        described: files that were described.
        unknown: suffixes that no format describes: suffix, files, bytes, why.
    """

    path: str
    at: str
    tally: Tally
    formats: list[FormatTally] = field(default_factory=list)
    described: list[Described] = field(default_factory=list)
    unknown: list[tuple[str, int, int, str]] = field(default_factory=list)

    @property
    def rows(self) -> tuple[int, bool] | None:
        """Rows of the data and whether that is an estimate; None unless exactly one format has rows."""
        counts = [rows for one in self.formats if (rows := one.all_rows) is not None]
        return counts[0] if len(counts) == 1 else None

    def contents(self) -> dict[str, Any] | None:
        """A record's ``contents``; None if the walk did not end. Estimated rows are left out."""
        if self.tally.stopped is not None:
            return None
        by_files = sorted(self.formats, key=lambda one: -one.files)
        formats = [one.name for one in by_files if _FORMAT_ID.fullmatch(one.name)][:_MOST_FORMATS]
        found: dict[str, Any] = {"bytes": self.tally.bytes, "files": self.tally.files, "at": self.at}
        if formats:
            found["formats"] = formats
        if self.rows is not None and not self.rows[1]:
            found["rows"] = self.rows[0]
        return found

    def suggestions(self) -> list[dict[str, Any]]:
        """Values of other members of a record, each with the reason."""
        if self.rows is None or self.tally.stopped is not None:
            return []
        rows, is_estimated = self.rows
        category = load_vocabulary().size_category(rows)
        reason = f"The files have about {rows:,} rows." if is_estimated else f"The files have {rows:,} rows."
        return [{"member": "size_categories", "value": [category], "reason": reason}]

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "path": shown(self.path),
            "at": self.at,
            **self.tally.to_dict(),
            "formats": [one.to_dict() for one in self.formats],
            "described": [one.to_dict() for one in self.described],
            "unknown": [
                {"suffix": shown(suffix), "files": files, "bytes": size, "reason": why}
                for suffix, files, size, why in self.unknown
            ],
            "problems": [problem.to_dict() for problem in self.tally.problems],
            "problem_count": self.tally.problem_count,
            "contents": self.contents(),
            "suggestions": self.suggestions(),
        }
