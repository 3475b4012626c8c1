"""What differs between the files that are there and a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from huggingnersc_lab.checksums.manifest.line import SPECIAL, STATE, path_of, state_of
from huggingnersc_lab.checksums.walk import File


class Difference(NamedTuple):
    """How one file and the manifest go together.

    Attributes:
        kind: the file is new, has changed (by size, time or inode), is gone, is the same but lacks a digest, or is the
            same.
        file: the file; None for one that is gone.
        line: the manifest's line of it; None for one that is new.
        stream_at: bytes of the files before it.
    """

    kind: Literal["new", "changed", "gone", "lacks", "same"]
    file: File | None
    line: bytes | None
    stream_at: int

    @property
    def path(self) -> bytes:
        """Of which file."""
        return self.file.path if self.file else path_of(self.line or b"\t")


class Comparison:
    """Goes through files and a manifest side by side.

    Args:
        found: the files, in order.
        lines: the manifest's lines, in order.
        algorithms: digests that a line should have.
        everything: whether the files that are the same are told of, too.

    Attributes:
        files: how many there are, once all were gone through.
        bytes: their size.
    """

    def __init__(
        self, found: Iterable[File], lines: Iterable[bytes], algorithms: Iterable[str] = (), *, everything: bool = False
    ) -> None:
        self._found = found
        self._lines = lines
        self._tags = tuple(f"{name}=".encode() for name in algorithms)
        self._everything = everything
        self.files = 0
        self.bytes = 0

    def __iter__(self) -> Iterator[Difference]:
        lines = iter(self._lines)
        tags, everything = self._tags, self._everything
        line = next(lines, None)
        files = size = 0
        for file in self._found:
            files += 1
            path = file[0]  # what follows is done for each of a million files
            state = STATE % file if path.translate(None, SPECIAL) == path else state_of(file)
            if line is None or not line.startswith(state):
                while line is not None and path_of(line) < file.path:
                    yield Difference("gone", None, line, size)
                    line = next(lines, None)
            if line is None or not line.startswith(state):
                if line is not None and path_of(line) == file.path:
                    yield Difference("changed", file, line, size)
                    line = next(lines, None)
                else:
                    yield Difference("new", file, None, size)
            else:
                if tags and any(line.find(tag, len(state)) < 0 for tag in tags):
                    yield Difference("lacks", file, line, size)
                elif everything:
                    yield Difference("same", file, line, size)
                line = next(lines, None)
            size += file[1]
        self.files, self.bytes = files, size
        while line is not None:
            yield Difference("gone", None, line, size)
            line = next(lines, None)
