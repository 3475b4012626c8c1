"""What is counted of the files below a folder, in memory that does not grow with their number."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from huggingnersc_lab.inspection.names import series_of, split_of, suffix_of
from huggingnersc_lab.inspection.problem import Problem, shown

MOST_SAMPLES = 20
"""Number of files of a suffix that are remembered by name, to be described."""

MOST_LISTED = 100
"""Number of problems, series and split folders that are listed; further ones are counted."""

MOST_SUFFIXES = 1000
"""Number of suffixes that are told apart; the rest counts as having none."""

_LARGEST = 10
_LEAST_SERIES = 3


@dataclass
class Group:
    """Files of one folder whose names differ in digits only.

    Attributes:
        files: how many.
        bytes: their size.
        largest: size of the largest.
        largest_name: its name.
        names: the first :data:`MOST_SAMPLES` names.
    """

    files: int = 0
    bytes: int = 0
    largest: int = -1
    largest_name: str = ""
    names: list[str] = field(default_factory=list)

    def add(self, name: str, size: int) -> None:
        """Count a file."""
        self.files += 1
        self.bytes += size
        if size > self.largest:
            self.largest, self.largest_name = size, name
        if self.files <= MOST_SAMPLES:
            self.names.append(name)


@dataclass
class SuffixTally:
    """All files with one suffix.

    Attributes:
        files: how many.
        bytes: their size.
        samples: some of their paths, of as many groups as possible.
    """

    files: int = 0
    bytes: int = 0
    samples: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """Counts of everything below a folder. Paths are relative to it.

    Attributes:
        files: number of regular files.
        bytes: their size.
        folders: number of folders, without the root.
        depth: folders on top of each other; 0 if all files are in the root.
        newest: time of the last change of a file, seconds since 1970; None without files.
        largest: size and path of the largest files, at most one of a numbered series, as a heap.
        suffixes: counts per suffix, see :func:`~huggingnersc_lab.inspection.names.suffix_of`.
        stores: folders that are one dataset by their format, such as Zarr, by path → format id.
        links: number of symbolic links, by kind.
        series: numbered files: how they are written, files, bytes.
        splits: files and bytes by split, if folder or file names tell it.
        problems: what was left out.
        problem_count: how much was left out.
        stopped: why the walk ended early; None if it is complete.
    """

    files: int = 0
    bytes: int = 0
    folders: int = 0
    depth: int = 0
    newest: float | None = None
    largest: list[tuple[int, str]] = field(default_factory=list)
    suffixes: dict[str, SuffixTally] = field(default_factory=dict)
    stores: dict[str, str] = field(default_factory=dict)
    store_files: Counter[str] = field(default_factory=Counter)
    store_bytes: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    series: list[tuple[int, int, str]] = field(default_factory=list)
    splits: dict[str, list[int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    stopped: str | None = None

    def add_problem(self, problem: Problem) -> None:
        """Count what is left out, and list it while there is room."""
        self.problem_count += 1
        if len(self.problems) < MOST_LISTED:
            self.problems.append(problem)

    def see(self, newest: float) -> None:
        """Note the time of a change; minus infinity if there is none."""
        if newest > (float("-inf") if self.newest is None else self.newest):
            self.newest = newest

    def add_store(self, path: str, format_id: str) -> None:
        """Note a folder that its format reads as a whole."""
        if len(self.stores) < MOST_LISTED:
            self.stores[path] = format_id

    def add_groups(self, folder: str, groups: dict[tuple[str, str], Group], store: str | None) -> None:
        """Count the files of a folder.

        Args:
            folder: its path with a slash at the end; empty for the root.
            groups: its files by their pattern.
            store: id of the format of the store that the folder is in, if it is in one.
        """
        split = None if store else _split_of_folder(folder)
        series: dict[str, list[int]] = {}
        for pattern, group in groups.items():
            self.files += group.files
            self.bytes += group.bytes
            self._add_largest(group.largest, folder + group.largest_name)
            if store:
                self.store_files[store] += group.files
                self.store_bytes[store] += group.bytes
                continue
            self._add_suffix(folder, group)
            if (written := series_of(pattern)) is not None:
                counts = series.setdefault(written, [0, 0])
                counts[0] += group.files
                counts[1] += group.bytes
            if (found := split or split_of(group.names[0])) is not None:
                counts = self.splits.setdefault(found, [0, 0])
                counts[0] += group.files
                counts[1] += group.bytes
        for written, (files, size) in series.items():
            if files >= _LEAST_SERIES:
                _push(self.series, (files, size, folder + written), MOST_LISTED)

    def _add_largest(self, size: int, path: str) -> None:
        if len(self.largest) < _LARGEST or size > self.largest[0][0]:
            _push(self.largest, (size, path), _LARGEST)

    def _add_suffix(self, folder: str, group: Group) -> None:
        suffix = suffix_of(group.names[0])
        if suffix not in self.suffixes and len(self.suffixes) >= MOST_SUFFIXES:
            suffix = ""
        tally = self.suffixes.setdefault(suffix, SuffixTally())
        tally.files += group.files
        tally.bytes += group.bytes
        room = MOST_SAMPLES - len(tally.samples)
        tally.samples += [folder + name for name in group.names[:room]]

    def to_dict(self) -> dict[str, Any]:
        """As JSON; without the suffixes, which :mod:`.inspection` tells by format."""
        largest = sorted(self.largest, reverse=True)
        series = sorted(self.series, reverse=True)
        return {
            "files": self.files,
            "bytes": self.bytes,
            "folders": self.folders,
            "depth": self.depth,
            "newest": self.newest,
            "largest": [{"path": shown(path), "bytes": size} for size, path in largest],
            "links": {kind: self.links[kind] for kind in ("inside", "outside", "dead", "loop", "unchecked")},
            "series": [{"path": shown(path), "files": files, "bytes": size} for files, size, path in series],
            "splits": {split: {"files": files, "bytes": size} for split, (files, size) in self.splits.items()},
            "complete": self.stopped is None,
            "stopped": self.stopped,
        }


def _push(heap: list[Any], item: tuple[Any, ...], most: int) -> None:
    if len(heap) < most:
        heapq.heappush(heap, item)
    else:
        heapq.heappushpop(heap, item)


def _split_of_folder(folder: str) -> str | None:
    """By the innermost folder that names a split."""
    return next((found for part in reversed(folder.split("/")) if (found := split_of(part)) is not None), None)
