"""Scripts and companion files chosen in the file browser."""

from __future__ import annotations

import posixpath
import stat
from collections.abc import Iterable
from typing import Literal

from huggingnersc_lab.catalog.publish.scripts import Scripts, followed_by
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.scripts import Script, read_script
from huggingnersc_lab.record.scripts.companions import Beside, left_behind
from huggingnersc_lab.workers.disk import is_within
from huggingnersc_lab.workspace.drafts import DraftContent
from huggingnersc_lab.workspace.locations import Locations

SCRIPTS = ("loader", "batch_script")
"""Record fields that name a script."""

MEMBERS = (*SCRIPTS, "companions")
"""Record fields that name files."""


def picked_script(locations: Locations, contents_path: str, pointer: str, member: str, dataset_name: str) -> Script:
    """A script chosen in the file browser; see :func:`huggingnersc_lab.record.scripts.read_script`.

    Args:
        locations: the allowed paths.
        contents_path: its path.
        pointer: its location in the request.
        member: ``loader``, ``batch_script`` or ``companions``.
        dataset_name: the dataset's nickname.
    """
    path, seen = locations.find(contents_path, pointer)
    return read_script(path, member, dataset_name, read=lambda _, limit: locations.read(seen, pointer, limit))


def picked_scripts(locations: Locations, content: DraftContent) -> tuple[Scripts, list[FieldError], list[FieldError]]:
    """The scripts chosen in a draft, errors of unusable ones, and warnings about files left out."""
    name = content.values.get("name")
    dataset_name = name if isinstance(name, str) else ""
    errors: list[FieldError] = []

    def read(contents_path: str | None, member: str) -> Script | None:
        if not contents_path:
            return None
        try:
            return picked_script(locations, contents_path, member, member, dataset_name)
        except CatalogError as err:
            errors.extend(err.fields or [FieldError(f"/{member}", err.code, err.detail)])
            return None

    paths = {"loader": content.loader_path, "batch_script": content.batch_script_path}
    named = {member: script for member, path in paths.items() if (script := read(path, member))}
    beside = [(path, script) for path in content.companion_paths if (script := read(path, "companions"))]
    renames = {posixpath.basename(str(paths[member])): script.file_name for member, script in named.items()}
    scripts = followed_by(named, [script for _, script in beside], renames)
    places = [(str(paths[member]), member, script) for member, script in named.items()]
    places += [(path, "companions", script) for path, script in beside]
    data_path = content.values.get("data_path")
    handed_in = {posixpath.basename(path) for path, _, _ in places} | _kept(content)
    warnings = [
        finding
        for path, member, script in places
        for finding in left_behind_of(locations, path, member, script, handed_in, data_path)
    ]
    return scripts, errors, [*warnings, *scripts.renamed]


def left_behind_of(
    locations: Locations,
    contents_path: str,
    member: str,
    script: Script,
    handed_in: Iterable[str] = (),
    data_path: object = None,
) -> list[FieldError]:
    """Warnings about files that a chosen script needs and that were not added; see :func:`left_behind`."""
    is_with_data = False
    if isinstance(data_path, str) and data_path:
        path, _ = locations.find(contents_path, member)
        is_with_data = is_within(str(path.parent), [data_path]) is True
    beside = _beside(locations, contents_path)
    return list(left_behind(script, member, beside, {*handed_in}, is_with_data=is_with_data))


def _kept(content: DraftContent) -> set[str]:
    """The entry's files that the draft keeps."""
    names = content.values.get("companions")
    return {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()


def _beside(locations: Locations, contents_path: str) -> Beside:
    """A function that checks what exists in a script's folder."""
    folder = posixpath.dirname(contents_path)

    def mode(name: str) -> int:
        try:
            return locations.find(posixpath.join(folder, name), "path")[1].mode
        except CatalogError:
            return 0

    def look(name: str) -> Literal["file", "folder"] | None:
        found = mode(name)
        if stat.S_ISDIR(found):
            return "folder" if stat.S_ISREG(mode(f"{name}/__init__.py")) else None
        return "file" if stat.S_ISREG(found) else None

    return look
