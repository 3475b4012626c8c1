"""The code of cells as text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import huggingnersc_lab.render.cells as package
from huggingnersc_lab.render.cells import cell_source

CELLS = sorted(path.stem for path in Path(package.__file__).parent.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_its_module_without_what_is_for_developers(name: str) -> None:
    source = cell_source(name)
    module = ast.parse((Path(package.__file__).parent / f"{name}.py").read_text("utf-8"))
    assert [ast.dump(node) for node in ast.parse(source).body] == [ast.dump(node) for node in module.body[1:]]
    assert not source.startswith(("#", '"""', "\n"))
    assert source == source.strip()


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_python_3_8(name: str) -> None:
    tree = ast.parse(cell_source(name), feature_version=(3, 8))
    assert "__future__" not in {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_there_is_no_such_cell() -> None:
    with pytest.raises(FileNotFoundError):
        cell_source("nothing")
