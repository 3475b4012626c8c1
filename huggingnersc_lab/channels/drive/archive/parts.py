"""Which archives a data folder becomes: one, or one for each of its folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huggingnersc_lab.channels.drive.archive.members import Member
from huggingnersc_lab.channels.drive.archive.writers import Format
from huggingnersc_lab.channels.naming import better_name
from huggingnersc_lab.errors import CatalogError, FieldError

MAX_PARTS = 90
"""Most archives of one dataset: a record holds 100 distributions."""

LOOSE = "files"
"""What stands in the name of the archive of files that lie in no folder."""


@dataclass(frozen=True)
class Part:
    """One archive to be made.

    Attributes:
        file_name: its name, by the rules for names that are shared.
        label: the folder that it holds, None for all of the data.
        members: what goes into it.
    """

    file_name: str
    label: str | None
    members: Sequence[Member]

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(member.size or 0 for member in self.members)


def parts_of(name: str, members: Sequence[Member], form: Format, *, split: bool) -> list[Part]:
    """The archives, sorted by the names of their folders.

    Args:
        name: nickname of the dataset.
        members: all of the data.
        form: form of the archives.
        split: whether each folder of the data gets an archive of its own.

    Raises:
        CatalogError: ``invalid_record`` where these would be too many.
    """
    stem = better_name(name)
    if not split:
        return [Part(f"{stem}.{form}", None, members)]
    groups: dict[str, list[Member]] = {}
    for member in members:
        folder, slash, _ = member.path.partition("/")
        is_folder = bool(slash) or member.size is None
        groups.setdefault(folder if is_folder else "", []).append(member)
    if len(groups) > MAX_PARTS:
        fault = f"The data has {len(groups):,} folders, and a dataset can have {MAX_PARTS} archives: do not split it."
        raise CatalogError("invalid_record", f"{fault} Nothing was made.", [FieldError("/options/split", "max", fault)])
    taken: set[str] = set()
    return [
        Part(f"{_free(f'{stem}-{better_name(folder or LOOSE)}', taken)}.{form}", folder or LOOSE, groups[folder])
        for folder in sorted(groups)
    ]


def _free(stem: str, taken: set[str]) -> str:
    stem = stem[:200]
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    taken.add(found)
    return found
