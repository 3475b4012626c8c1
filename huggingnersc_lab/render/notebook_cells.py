"""Cells of a notebook, and a notebook made of cells, in nbformat 4.5."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        role: its purpose; also its id, which is the same in every notebook.
        source: Markdown or code.
        is_code: whether it is code.
        hidden: whether JupyterLab collapses its source, so that only its output is visible.
    """

    role: str
    source: str
    is_code: bool
    hidden: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The cell as JSON values, with its source as a list of lines."""
        metadata: dict[str, Any] = {"huggingnersc": {"role": self.role}}
        if self.hidden:
            metadata["jupyter"] = {"source_hidden": True}
        cell: dict[str, Any] = {
            "cell_type": "code" if self.is_code else "markdown",
            "id": self.role,
            "metadata": metadata,
            "source": self.source.splitlines(keepends=True),
        }
        if self.is_code:
            cell |= {"execution_count": None, "outputs": []}
        return cell


def markdown(role: str, source: str) -> Cell:
    """A Markdown cell."""
    return Cell(role, source, is_code=False)


def code(role: str, source: str, *, hidden: bool = False) -> Cell:
    """A code cell."""
    return Cell(role, source, is_code=True, hidden=hidden)


def literal(text: str) -> str:
    r"""``text`` as a Python string literal on one line.

    >>> literal('a "b"')
    '\'a "b"\''
    """
    return repr(text)


def to_json(cells: Sequence[Cell], metadata: Mapping[str, Any]) -> str:
    """A notebook of ``cells``, formatted as by ``nbformat`` and valid by its schema."""
    import nbformat

    frame = {"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    nbformat.validate({**frame, "cells": [cell.to_dict() for cell in cells]})
    notebook = _dump(frame)
    inside = ",\n".join(_cell_json(cell) for cell in cells)
    # "cells" is the first member; inserting them as text avoids re-encoding those that never change.
    return notebook.replace("[]", f"[\n{inside}\n ]", 1) + "\n"


@lru_cache(maxsize=256)
def _cell_json(cell: Cell) -> str:
    return "  " + _dump(cell.to_dict()).replace("\n", "\n  ")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
