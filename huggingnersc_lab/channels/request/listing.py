"""What lies in a folder: number, size and names of its files, none of which is opened."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from huggingnersc_lab.channels.naming import BadName, lint_names
from huggingnersc_lab.checksums import Problem, walk

MOST_FILES = 2_000_000
MOST_NAMES = 100_000
SECONDS = 600.0
_EVERY = 1000


@dataclass(frozen=True)
class Listing:
    """The files below a folder.

    Attributes:
        files: how many there are.
        bytes: their size.
        digest: of their paths and sizes.
        is_whole: whether all were looked at, and nothing was left out.
        bad_names: names that are better avoided, of the first files.
    """

    files: int
    bytes: int
    digest: str
    is_whole: bool
    bad_names: tuple[BadName, ...] = ()

    def fits(self, files: int | None, size: int | None) -> bool:
        """Whether there is as much as is known of the data; False if nothing is known."""
        known = [(here, there) for here, there in ((self.files, files), (self.bytes, size)) if there is not None]
        return self.is_whole and bool(known) and all(here == there for here, there in known)


def list_files(path: str, report: Callable[[int], None] = lambda _: None, *, lint: bool = False) -> Listing:
    """What lies in a folder, or the one file that the path is.

    Args:
        path: absolute path.
        report: told how many files were seen so far.
        lint: whether to look at names, too.

    Raises:
        CatalogError: ``not_found`` or ``forbidden``.
    """
    problems: list[Problem] = []
    names: list[str] = []
    files = size = 0
    is_whole = True
    digest = hashlib.sha256()
    end = time.monotonic() + SECONDS
    for file in walk(path, problems.append):
        if files == MOST_FILES or time.monotonic() > end:
            is_whole = False
            break
        files += 1
        size += file.size
        digest.update(file.path + b"\0" + str(file.size).encode() + b"\0")
        if lint and len(names) < MOST_NAMES:
            names.append(file.name)
        if files % _EVERY == 0:
            report(files)
    return Listing(files, size, digest.hexdigest(), is_whole and not problems, tuple(lint_names(names)))
