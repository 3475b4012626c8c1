"""What a command says: answers on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import typer

from huggingnersc_lab.cli.layout import cut, display_width, fill, printable, terminal_width
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
    """Writes for people, or JSON for programs.

    Args:
        as_json: one JSON object for the answer, and nothing but problems on standard error.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.places: dict[str, str] = {}
        """JSON pointer → what a person calls that place: an argument or option of the command."""
        self._site: dict[str, Any] = {}
        self._unfinished_line = False

    def announce(self, site: Site) -> None:
        """Say which site this is, plainly where it is only for practice."""
        self._site = {
            "name": site.name,
            "practice": site.is_practice,
            "organization": site.organization,
            "hub_url": site.hub_url,
        }
        if site.is_practice:
            self.note("Practice site: nothing leaves this machine (--site chooses a real one).")
        else:
            title = site.title[:1].upper() + site.title[1:]
            self.note(f"{title} · {site.hub_url} · organization {site.organization}")

    def answer(self, data: Mapping[str, Any], text: str) -> None:
        """Give the answer: ``data`` for programs, ``text`` for people."""
        if self.as_json:
            self._write(_dumped({"site": self._site, **data}), to_stderr=False)
        else:
            self._write(printable(text), to_stderr=False)

    def stream(self, pieces: Iterable[str]) -> None:
        """Give a text in pieces as it is, to programs and files; a terminal gets what does not drive it."""
        is_terminal = sys.stdout.isatty()
        for piece in pieces:
            if is_terminal:
                sys.stdout.write(printable(piece))
            else:  # UTF-8 whatever the locale is; half a character, which it cannot hold, as JSON's escape
                sys.stdout.buffer.write(piece.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()

    def sentence(self, data: Mapping[str, Any], text: str) -> None:
        """Give an answer of a sentence or two, broken to fit a terminal."""
        self.answer(data, fill(text, terminal_width(sys.stdout)))

    def checks(self, data: Mapping[str, Any], checks: Iterable[tuple[Verdict, str, str]]) -> None:
        """Give an answer of verdicts, each with what was found and what to do about it."""
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
        """Say something that is no answer."""
        if not self.as_json:
            self._write(typer.style(fill(printable(text), terminal_width(sys.stderr)), dim=True))

    def step(self, step: Step) -> None:
        """Tell how far publishing is; in a terminal what is being done stands there until it is done."""
        if step.phase == "begin" and step.name != "close":
            self.progress(f"… {step.detail}")
        self.done(step)

    def done(self, step: Step | JobStep) -> None:
        """Tell of a step that is done; says nothing of any other, nor of tidying up at the end."""
        if step.phase == "done" and step.name != "close":
            self.tick(step.detail)

    def tick(self, text: str) -> None:
        """Say that something is done."""
        if not self.as_json:
            self._write(f"{typer.style('✓', fg='green')} {printable(text)}")

    def progress(self, text: str) -> None:
        """Say in a terminal what goes on; the next thing said takes its place."""
        if self.as_json or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            return
        line = printable(text).replace("\n", " ")
        width = terminal_width(sys.stderr)
        if width is not None and display_width(line) >= width:  # a line that is broken would not be erased as a whole
            line = cut(line, width - 1)
        self._write(line, newline=False)

    def warnings(self, findings: Iterable[FieldError]) -> None:
        """Show what does not stand in the way but may be better."""
        if not self.as_json:
            for finding in findings:
                self._labelled("Warning: ", self._found(finding), fg="yellow")

    def error(self, err: CatalogError) -> None:
        """Show an error with everything it found."""
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
        detail = f"{finding.detail} 'huggingnersc vocabulary' lists what there is." if is_open else finding.detail
        return f"{place}: {detail}" if place else detail

    def _labelled(self, label: str, text: str, **style: Any) -> None:
        filled = fill(printable(text), terminal_width(sys.stderr), first=label, indent="  ")
        self._write(typer.style(label, **style) + filled[len(label) :])

    def _write(self, text: str, *, to_stderr: bool = True, newline: bool = True) -> None:
        if self._unfinished_line:
            typer.echo(_ERASE_LINE, err=True, nl=False, color=True)
        self._unfinished_line = not newline
        # None: typer takes the colours out where no terminal is.
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        typer.echo(text, err=to_stderr, nl=newline, color=False if plain else None)


def _dumped(data: Mapping[str, Any]) -> str:
    # Escapes where a text is no Unicode: a file name that is not UTF-8, say.
    text = json.dumps(data, indent=2, ensure_ascii=False)
    return text if printable(text) == text else json.dumps(data, indent=2)
