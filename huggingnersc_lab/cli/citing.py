"""Commands that give a dataset in the formats of others."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from huggingnersc_lab.cli.session import Session
from huggingnersc_lab.errors import CatalogError


class CitationFormat(str, Enum):
    """How a citation is written."""

    bibtex = "bibtex"
    apa = "apa"
    cff = "cff"
    datacite = "datacite"


_MISSING = {
    "apa": "APA needs a library that is not installed here: pip install 'huggingnersc_lab[cite]'.",
    "datacite": "DataCite requires a year of publication, which the record does not have.",
}
"""Why a format may not be there."""


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
        there_are = f"For '{nickname}' there are: {', '.join(found)}."
        raise CatalogError("not_found", f"{_MISSING[form.value]} {there_are}")
    session.output.answer({"citations": [vars(citation)]}, citation.text.removesuffix("\n"))
