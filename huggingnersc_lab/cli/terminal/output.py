"""Output of commands: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import typer

from huggingnersc_lab.cli.terminal.layout import cut, display_width, fill, printable, terminal_width
from huggingnersc_lab.hints import with_hints

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.publish.publisher import Step
    from huggingnersc_lab.errors import CatalogError, FieldError
    from huggingnersc_lab.jobs import JobStep
    from huggingnersc_lab.sites import Site

Verdict = Literal["ok", "warning", "failed"]
_MARKS: dict[Verdict, tuple[str, str]] = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "failed": ("✗", "red")}
_ERASE_LINE = "\r\x1b[K"


class Output:
    """Writes text for people, or JSON for programs.

    Args:
        as_json: print the result as one JSON object, and only problems on standard error.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.places: dict[str, str] = {}
        """JSON pointer → what the user calls that value: an argument or option of the command."""
        self._site: dict[str, Any] = {}
        self._unfinished_line = False

    def announce(self, site: Site) -> None:
        """Print which site is used, and clearly mark the practice site."""
        self._site = {
            "name": site.name,
            "practice": site.is_practice,
            "organization": site.organization,
            "hub_url": site.hub_url,
        }
        if site.is_practice:
            self.note("Practice site: nothing leaves this machine (use --site for a real one).")
        else:
            title = site.title[:1].upper() + site.title[1:]
            self.note(f"{title} · {site.hub_url} · organization {site.organization}")

    def answer(self, data: Mapping[str, Any], text: str) -> None:
        """Print the result: ``data`` for programs, ``text`` for people."""
        if self.as_json:
            self._write(_dumped({"site": self._site, **data}), to_stderr=False)
        else:
            self._write(printable(text), to_stderr=False)

    def stream(self, pieces: Iterable[str]) -> None:
        """Print a text in pieces, unchanged for programs and files; control characters are removed for a terminal."""
        is_terminal = sys.stdout.isatty()
        for piece in pieces:
            if is_terminal:
                sys.stdout.write(printable(piece))
            else:  # UTF-8 in any locale; lone surrogates, which it cannot encode, as JSON escapes
                sys.stdout.buffer.write(piece.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()

    def sentence(self, data: Mapping[str, Any], text: str) -> None:
        """Print a result of a sentence or two, wrapped to fit the terminal."""
        self.answer(data, fill(text, terminal_width(sys.stdout)))

    def checks(self, data: Mapping[str, Any], checks: Iterable[tuple[Verdict, str, str]]) -> None:
        """Print check results, each with what was found and what to do about it."""
        if self.as_json:
            self.answer(data, "")
            return
        width = terminal_width(sys.stdout)
        for verdict, detail, advice in checks:
            mark, colour = _MARKS[verdict]
            found = fill(printable(detail), width, first="  ", indent="  ")[2:]
            self._write(f"{typer.style(mark, fg=colour)} {found}", to_stderr=False)
            if advice:
                self._write(fill(printable(advice), width, first="    ", indent="    "), to_stderr=False)

    def note(self, text: str) -> None:
        """Print a message that is not part of the result."""
        if not self.as_json:
            self._write(typer.style(fill(printable(text), terminal_width(sys.stderr)), dim=True))

    def step(self, step: Step) -> None:
        """Show the progress of publishing; a terminal shows the current step until it is done."""
        if step.phase == "begin" and step.name != "close":
            self.progress(f"… {step.detail}")
        self.done(step)

    def done(self, step: Step | JobStep) -> None:
        """Show a step that is done; ignore other steps and the final cleanup."""
        if step.phase == "done" and step.name != "close":
            self.tick(step.detail)

    def tick(self, text: str) -> None:
        """Show that something is done."""
        if not self.as_json:
            self._write(f"{typer.style('✓', fg='green')} {printable(text)}")

    def progress(self, text: str) -> None:
        """Show the current activity in a terminal; the next output replaces it."""
        if self.as_json or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            return
        line = printable(text).replace("\n", " ")
        width = terminal_width(sys.stderr)
        if width is not None and display_width(line) >= width:  # a wrapped line could not be erased completely
            line = cut(line, width - 1)
        self._write(line, newline=False)

    def warnings(self, findings: Iterable[FieldError]) -> None:
        """Show warnings."""
        if not self.as_json:
            for finding in findings:
                self._labelled("Warning: ", self._found(finding), fg="yellow")

    def error(self, err: CatalogError) -> None:
        """Show an error with all its findings."""
        if self.as_json:
            self._write(_dumped({"site": self._site, **with_hints(err.to_dict(), "cli")}))
            return
        self._labelled("Error: ", str(err), fg="red", bold=True)
        width = terminal_width(sys.stderr)
        for finding in err.fields:
            if not err.detail.startswith(finding.detail):
                self._write(fill(printable(self._found(finding)), width, first="  ", indent="    "))

    def _found(self, finding: FieldError) -> str:
        place = self.places.get(finding.pointer, finding.pointer)
        is_open = finding.code == "unknown_value" and finding.suggestion is None
        detail = f"{finding.detail} 'huggingnersc vocabulary' lists the allowed values." if is_open else finding.detail
        return f"{place}: {detail}" if place else detail

    def _labelled(self, label: str, text: str, **style: Any) -> None:
        filled = fill(printable(text), terminal_width(sys.stderr), first=label, indent="  ")
        self._write(typer.style(label, **style) + filled[len(label) :])

    def _write(self, text: str, *, to_stderr: bool = True, newline: bool = True) -> None:
        if self._unfinished_line:
            typer.echo(_ERASE_LINE, err=True, nl=False, color=True)
        self._unfinished_line = not newline
        # None: typer removes colours if the output is not a terminal.
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        typer.echo(text, err=to_stderr, nl=newline, color=False if plain else None)


def _dumped(data: Mapping[str, Any]) -> str:
    # Escapes for text that is not valid Unicode, such as a file name that is not UTF-8.
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return text if printable(text) == text else json.dumps(data, indent=2)
