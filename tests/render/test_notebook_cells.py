"""Cells, and notebooks of them."""

from __future__ import annotations

import ast
import json

import nbformat
import pytest

from huggingnersc_lab.render.notebook_cells import Cell, code, literal, markdown, to_json


def test_cells_as_json() -> None:
    assert markdown("a", "# A\n\nb").to_dict() == {
        "cell_type": "markdown",
        "id": "a",
        "metadata": {"huggingnersc": {"role": "a"}},
        "source": ["# A\n", "\n", "b"],
    }
    assert code("b", "x = 1", hidden=True).to_dict() == {
        "cell_type": "code",
        "id": "b",
        "metadata": {"huggingnersc": {"role": "b"}, "jupyter": {"source_hidden": True}},
        "source": ["x = 1"],
        "execution_count": None,
        "outputs": [],
    }
    assert "jupyter" not in code("b", "x = 1").to_dict()["metadata"]


def test_a_notebook_is_laid_out_as_nbformat_writes_it() -> None:
    text = to_json([markdown("a", "é []"), code("b", "x = []\n")], {"kernelspec": {"name": "x", "display_name": "[]"}})
    notebook = nbformat.reads(text, as_version=4)
    assert nbformat.writes(notebook) + "\n" == text
    assert [(cell.id, cell.source) for cell in notebook.cells] == [("a", "é []"), ("b", "x = []\n")]
    assert "é" in text
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.display_name == "[]"


def test_a_notebook_that_jupyter_would_refuse_is_an_error() -> None:
    with pytest.raises(nbformat.ValidationError):
        to_json([Cell("no id with blanks", "x", is_code=True)], {})


@pytest.mark.parametrize("text", ["", "a'b\"c", "a\nb\\n", "\u2028\x85\x0c", "é {x} %s"])
def test_a_literal_is_one_line_that_means_the_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text
    assert len(literal(text).splitlines()) == 1


def test_no_cell_is_changed_by_another_notebook() -> None:
    cell = code("a", "x")
    first = json.loads(to_json([cell, code("b", "y")], {}))
    assert json.loads(to_json([cell], {}))["cells"] == first["cells"][:1]
