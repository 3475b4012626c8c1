"""``suggest``: a metadata file from the files in a folder of data."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli.session import Session

if TYPE_CHECKING:
    from huggingnersc_lab.inspection.prefill.suggest import Suggestions

_LOADER = "loader"
_MAX_OTHER = 80


def suggest(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the data.")],
) -> None:
    """Print a metadata file with what README, LICENSE, CITATION.cff and similar files of a folder say."""
    from huggingnersc_lab.inspection.prefill.suggest import suggest as suggestions_of
    from huggingnersc_lab.record.model import SCHEMA_VERSION

    path = os.path.abspath(folder)  # noqa: PTH100 - the path that others use may lead through a link
    found = suggestions_of(os.path.realpath(folder))
    values = {member: choices[0].value for member, choices in found.fields.items() if member != _LOADER}
    document = {"schema_version": SCHEMA_VERSION, **values, "data_path": path}
    _tell(session, found)
    session.output.answer(
        {"metadata": document, "fields": _fields(found), "skipped": [vars(one) for one in found.skipped]},
        json.dumps(document, indent=2, ensure_ascii=False),
    )


def _tell(session: Session, found: Suggestions) -> None:
    """On standard error: where each value is from, and what other files say instead."""
    if session.output.as_json:
        return
    for member, choices in found.fields.items():
        first, *others = choices
        files = ", ".join(origin.file for origin in first.origins)
        name = "likely loader" if member == _LOADER else member
        session.output.note(f"{name}: {first.value}" if member == _LOADER else f"{name}: from {files}")
        for other in others:
            value = other.value if isinstance(other.value, str) else json.dumps(other.value, ensure_ascii=False)
            short = value if len(value) <= _MAX_OTHER else f"{value[: _MAX_OTHER - 1]}…"
            session.output.note(f"  {', '.join(origin.file for origin in other.origins)} says: {short}")
    for skipped in found.skipped:
        session.output.note(f"Not read: {skipped.file} {skipped.reason}.")
    if not found.fields:
        session.output.note("No file of this folder describes its data.")


def _fields(found: Suggestions) -> Mapping[str, Any]:
    return {
        member: [{"value": choice.value, "origins": [vars(origin) for origin in choice.origins]} for choice in choices]
        for member, choices in found.fields.items()
    }
