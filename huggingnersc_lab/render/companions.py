"""Cells that write companion files to where the loader finds them."""

from __future__ import annotations

import json
import shlex

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook_cells import Cell, code, literal

_ENTER = {"r": "setwd({path})", "julia": "cd({path})", "bash": "cd {word}"}


def cells(entry: Entry) -> list[Cell]:
    """One cell for each companion file, which writes it to the working folder."""
    return [write(f"companion-{number}", its, hidden=True) for number, its in enumerate(entry.companions, 1)]


def write(role: str, script: Script, *, hidden: bool = False) -> Cell:
    """A cell that writes a script to the working folder."""
    # The magic writes the rest of the cell verbatim: quotes, backslashes and percent signs need no escaping.
    return code(role, f"%%writefile {script.file_name}\n{script.text}", hidden=hidden)


def folder(entry: Entry) -> str:
    """Code that creates a folder of the reader's own and changes to it."""
    return (
        "# Changes to a folder of your own, for the files that the loader needs.\n\n"
        "import os\n"
        "from pathlib import Path\n\n"
        "LOADER_FOLDER = (\n"
        f"    Path(os.environ.get('SCRATCH') or Path.home()) / 'huggingnersc' / {literal(entry.record.name)}\n"
        ")\n"
        "LOADER_FOLDER.mkdir(parents=True, exist_ok=True)\n"
        "os.chdir(LOADER_FOLDER)\n"
        "print(f'Working in {LOADER_FOLDER}')"
    )


def enter(entry: Entry, language: str) -> str | None:
    """Code in another language that changes to the entry's catalog folder, which has the files; None if not needed."""
    if entry.folder is None or language not in _ENTER:
        return None
    path = str(entry.folder)
    quoted = json.dumps(path, ensure_ascii=False)
    if language == "julia":  # which interpolates variables
        quoted = quoted.replace("$", "\\$")
    return _ENTER[language].format(path=quoted, word=shlex.quote(path))
