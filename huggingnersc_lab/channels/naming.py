"""Names of files and folders that others are going to download: what is better avoided, and a name to take instead.

The rules are those of the Mila cluster's guide for shared datasets: no capital letters and no special characters,
spaces included, for which hyphens can stand. Its further rule, no "dataset" in the name, is about the name of the
dataset itself: :func:`huggingnersc_lab.record.naming.advise_name`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from huggingnersc_lab.errors import FieldError

MAX_BYTES = 255
"""Longest name that file systems take."""

_GOOD = re.compile(r"(?!-)[a-z0-9._-]+")
_BAD = re.compile(r"[^a-z0-9._-]+")
_ENDING = re.compile(r"(?:\.[a-z0-9]{1,8}){0,2}$")


@dataclass(frozen=True)
class BadName:
    """A name that is better avoided.

    Attributes:
        path: of the file or folder, relative to the data's folder, as it is named now.
        reasons: what is wrong: ``capital letters``, ``special characters``.
        suggestion: a better name for the last part of ``path``, unlike all others in its folder.
    """

    path: str
    reasons: tuple[str, ...]
    suggestion: str

    def finding(self, pointer: str = "/data_path") -> FieldError:
        """As a finding about a member of the record; control characters of the path are escaped."""
        shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in self.path)
        detail = f"'{shown}' has {' and '.join(self.reasons)}: better '{self.suggestion}'."
        return FieldError(pointer, "name_advice", detail, self.suggestion)


def better_name(name: str) -> str:
    """The nearest good name of a file or folder; a good one as it is, endings such as ``.tar.gz`` kept.

    >>> better_name("My Images (2024).TAR.GZ"), better_name(".zattrs")
    ('my-images-2024.tar.gz', '.zattrs')
    """
    if is_good_name(name):
        return name
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    plain = _BAD.sub("-", plain)
    plain = re.sub(r"-*([._])-*", r"\1", re.sub(r"-{2,}", "-", plain)).strip("-")
    ending = _ENDING.search(plain)
    tail = ending[0] if ending else ""
    stem = plain[: len(plain) - len(tail)]
    if not stem.strip("._-"):
        stem = "unnamed"
    return stem[: MAX_BYTES - len(tail)] + tail


def is_good_name(name: str) -> bool:
    """Whether a name of a file or folder fits the rules."""
    return bool(_GOOD.fullmatch(name)) and len(name) <= MAX_BYTES and name not in (".", "..")


def lint_names(paths: Iterable[str]) -> Iterator[BadName]:
    """The names that are better avoided, each folder's once; suggestions do not clash with other names in its folder.

    Args:
        paths: paths of files and folders relative to the data's folder, parts separated by ``/``, in any order. What
            is not valid UTF-8 is decoded with surrogates, as :func:`os.fsdecode` does.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder = ""
        for part in path.split("/"):
            if part:
                names[folder].add(part)
                folder = f"{folder}/{part}" if folder else part
    for folder in sorted(names):
        yield from _lint_folder(folder, names[folder])


def _lint_folder(folder: str, names: set[str]) -> Iterator[BadName]:
    taken = {name for name in names if is_good_name(name)}
    for name in sorted(names - taken):
        better = _free(better_name(name), taken)
        taken.add(better)
        yield BadName(f"{folder}/{name}" if folder else name, _reasons(name), better)


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    ending = _ENDING.search(name)
    tail = ending[0] if ending and ending.start() else ""
    stem = name[: len(name) - len(tail)]
    others = (f"{stem[: MAX_BYTES - len(tail) - 8]}-{number}{tail}" for number in count(2))
    return next(other for other in others if other not in taken)


def _reasons(name: str) -> tuple[str, ...]:
    has_capitals = name.lower() != name
    is_special = bool(_BAD.search(name.lower())) or name.startswith("-")
    found = (("capital letters", has_capitals), ("special characters", is_special), ("too many characters", True))
    return tuple(reason for reason, holds in found[:2] if holds) or (found[2][0],)
