"""Reads a contributor's scripts together with their companion files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.scripts import Script, read_script
from huggingnersc_lab.record.scripts.companions import Beside, follow_renames, left_behind
from huggingnersc_lab.workers.disk import is_within


@dataclass(frozen=True)
class Scripts:
    """Scripts that belong together.

    Attributes:
        named: the scripts by the record field that names them.
        companions: their companion files.
        sources: where each was read from, by record field or companion file name.
        renamed: findings about scripts that were adapted to a renamed one.
    """

    named: Mapping[str, Script]
    companions: tuple[Script, ...] = ()
    sources: Mapping[str, Path] = field(default_factory=dict)
    renamed: tuple[FieldError, ...] = ()

    def warnings(self, data_path: str | None) -> Iterator[FieldError]:
        """Warnings about needed files that were not added, and about renamed scripts."""
        handed_in = {path.name for path in self.sources.values()}
        for place, path in self.sources.items():
            member = place if place in self.named else "companions"
            script = self.named.get(place) or next(its for its in self.companions if its.file_name == place)
            folder = path.absolute().parent
            is_with_data = data_path is not None and is_within(str(folder), [data_path]) is True
            yield from left_behind(script, member, beside(folder), handed_in, is_with_data=is_with_data)
        yield from self.renamed


def beside(folder: Path) -> Beside:
    """A function that checks what exists in a folder."""

    def look(name: str) -> Literal["file", "folder"] | None:
        path = folder / name
        try:
            return "file" if path.is_file() else "folder" if (path / "__init__.py").is_file() else None
        except (OSError, ValueError):
            return None

    return look


def read_scripts(
    named: Mapping[str, Path | Script | None], companions: Sequence[Path | Script], name: str
) -> tuple[Scripts, list[CatalogError]]:
    """Read all scripts, and adapt them to each other's names in the repository.

    Args:
        named: the scripts by the record field that names them.
        companions: their companion files.
        name: the dataset's nickname.

    Returns:
        The scripts that can be read, and errors for the others.
    """
    failures: list[CatalogError] = []

    def read(source: Path | Script, member: str) -> Script | None:
        try:
            return read_script(source, member, name) if isinstance(source, Path) else source
        except CatalogError as err:
            failures.append(err)
            return None

    found = {member: script for member, source in named.items() if source and (script := read(source, member))}
    beside_them = [(source, script) for source in companions if (script := read(source, "companions"))]
    sources = {member: source for member, source in named.items() if isinstance(source, Path) and member in found}
    renames = {path.name: found[member].file_name for member, path in sources.items()}
    sources |= {script.file_name: source for source, script in beside_them if isinstance(source, Path)}
    followed = followed_by(found, [script for _, script in beside_them], renames)
    return replace(followed, sources=sources), failures


def followed_by(named: Mapping[str, Script], companions: Sequence[Script], renames: Mapping[str, str]) -> Scripts:
    """Scripts adapted to each other's names in the repository; see :func:`follow_renames`."""
    everything = [*named.values(), *companions]
    followed, findings = follow_renames(everything, dict(renames))
    places = [*named, *("companions" for _ in companions)]
    by_name = dict(zip((script.file_name for script in everything), places, strict=True))
    placed = [replace(its, pointer=f"/{by_name.get(its.pointer, 'loader')}") for its in findings]
    count = len(named)
    return Scripts(dict(zip(named, followed[:count], strict=True)), tuple(followed[count:]), {}, tuple(placed))
