"""Commands that print a dataset's metadata in other formats."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import write_new


class CitationFormat(str, Enum):
    """Citation formats."""

    bibtex = "bibtex"
    apa = "apa"
    cff = "cff"
    datacite = "datacite"


_MISSING = {
    "apa": "APA needs a library that is not installed: pip install 'huggingnersc_lab[cite]'.",
    "datacite": "DataCite requires a year of publication, which the record does not have.",
}
"""Why a format may be unavailable."""


def cite(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset to cite.")],
    form: Annotated[
        CitationFormat, typer.Option("--format", help="BibTeX, APA, CITATION.cff or DataCite JSON.")
    ] = CitationFormat.bibtex,
) -> None:
    """Print how to cite a dataset."""
    found = {citation.format: citation for citation in session.catalog.cite(nickname)}
    citation = found.get(form.value)
    if citation is None:
        there_are = f"Formats available for '{nickname}': {', '.join(found)}."
        raise CatalogError("not_found", f"{_MISSING[form.value]} {there_are}")
    session.output.answer({"citations": [vars(citation)]}, citation.text.removesuffix("\n"))


class Form(str, Enum):
    """Export formats."""

    csv = "csv"
    jsonl = "jsonl"
    croissant = "croissant"


def export(
    session: Session,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help="A query as in 'search'; everything if omitted.", show_default=False),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="CSV table, JSON Lines, or Croissant documents for search engines.")
    ] = Form.jsonl,
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write to this file.")] = None,
    force: Annotated[bool, typer.Option("--force", metavar=FLAG, help="Replace FILE if it exists.")] = False,
) -> None:
    """Export the catalog, or the datasets that match a query, as CSV, JSON Lines or Croissant."""
    for word in query or ():
        if word.startswith("--"):  # this command accepts query words that start with a hyphen
            raise typer.BadParameter(f"There is no option {word}.")
    skipped: list[dict[str, str]] = []

    def skip(name: str, reason: str) -> None:
        skipped.append({"name": name, "reason": reason})
        session.output.note(f"'{name}' was skipped: {reason}")

    written = 0

    def counted() -> Iterator[str]:
        nonlocal written
        for piece in session.catalog.export(" ".join(query) + " " if query else None, form.value, on_skip=skip):
            written += 1
            yield piece

    if output is None or str(output) == "-":
        session.output.stream(counted())
    else:
        write_new(output, counted(), replace=force)
    written -= form is Form.csv
    if output is None or str(output) == "-":
        if not written:
            session.output.note("No dataset was exported: nothing matches, or the catalog is empty.")
        return
    datasets = f"{written} dataset{'s' * (written != 1)}"
    session.output.sentence(
        {"file": str(output), "format": form.value, "datasets": written, "skipped": skipped},
        f"Wrote {datasets} to {output}.",
    )
