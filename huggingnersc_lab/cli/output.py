"""What a command says: answers on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.publishing import Step
    from huggingnersc_lab.errors import CatalogError, FieldError
    from huggingnersc_lab.sites import Site


class Output:
    """Writes for people, or JSON for programs.

    Args:
        as_json: one JSON object for the answer, and nothing but problems on standard error.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._site: dict[str, Any] = {}

    def announce(self, site: Site) -> None:
        """Say which site this is, plainly where it is only for practice."""
        self._site = {"name": site.name, "practice": site.is_practice, "organization": site.organization}
        if self.as_json:
            return
        if site.is_practice:
            self.note("Practice site: nothing leaves this machine. Choose a real one with --site or HUGGINGNERSC_SITE.")
        else:
            self.note(f"{site.title} · {site.hub_url} · organization {site.organization}")

    def answer(self, data: Mapping[str, Any], text: str) -> None:
        """Give the answer: ``data`` for programs, ``text`` for people."""
        if self.as_json:
            typer.echo(json.dumps({"site": self._site, **data}, indent=2, ensure_ascii=False))
        else:
            typer.echo(text)

    def note(self, text: str) -> None:
        """Say something that is no answer."""
        if not self.as_json:
            typer.secho(text, err=True, dim=True)

    def step(self, step: Step) -> None:
        """Tell how far publishing is."""
        if self.as_json or step.phase == "answered":
            return
        mark = "…" if step.phase == "begin" else "✓"
        if step.phase == "done" or sys.stderr.isatty():
            typer.echo(f"{mark} {step.detail}", err=True)

    def warnings(self, findings: Iterable[FieldError]) -> None:
        """Show what does not stand in the way but may be better."""
        if self.as_json:
            return
        for finding in findings:
            typer.secho("Warning ", fg="yellow", err=True, nl=False)
            typer.echo(_finding(finding), err=True)

    def error(self, err: CatalogError) -> None:
        """Show an error with everything it found."""
        if self.as_json:
            typer.echo(json.dumps({"site": self._site, **err.to_dict()}, indent=2, ensure_ascii=False), err=True)
            return
        typer.secho("Error ", fg="red", bold=True, err=True, nl=False)
        typer.echo(err.detail, err=True)
        for finding in err.fields:
            if finding.detail != err.detail:
                typer.echo(f"  {_finding(finding)}", err=True)


def table(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> str:
    """Columns as wide as what they hold, two blanks between them."""
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [headings, *rows]
    ]
    return "\n".join(lines)


def facts(pairs: Iterable[tuple[str, str | None]]) -> str:
    """One fact a line, those that are not known left out."""
    known = [(label, value) for label, value in pairs if value]
    width = max(len(label) for label, _ in known)
    indent = "\n" + " " * (width + 2)
    return "\n".join(f"{label.ljust(width)}  {value.replace(chr(10), indent)}" for label, value in known)


def _finding(finding: FieldError) -> str:
    return f"{finding.pointer or '(the whole document)'}: {finding.detail}"
