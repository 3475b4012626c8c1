"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import huggingnersc_lab

# Modules that are read as text, or that start a server extension when they are imported.
_LEFT_OUT = ("huggingnersc_lab.render.cells.", "huggingnersc_lab.examples", "huggingnersc_lab.__main__")
MODULES = [
    found.name
    for found in pkgutil.walk_packages(huggingnersc_lab.__path__, "huggingnersc_lab.")
    if not found.name.startswith(_LEFT_OUT)
]


@pytest.mark.parametrize("name", ["huggingnersc_lab", *MODULES])
def test_examples(name: str) -> None:
    result = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_there_are_examples() -> None:
    counts = [doctest.testmod(import_module(name)).attempted for name in MODULES]
    assert sum(counts) >= 10
