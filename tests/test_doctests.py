"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import huggingnersc_lab
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.sites import load_site

# Modules that are read as text, or that run something when they are imported.
_LEFT_OUT = ("huggingnersc_lab.render.cells.", "huggingnersc_lab.examples", "huggingnersc_lab.__main__")
_NAMES = [
    "huggingnersc_lab",
    *(found.name for found in pkgutil.walk_packages(huggingnersc_lab.__path__, "huggingnersc_lab.")),
]
_FINDER = doctest.DocTestFinder(exclude_empty=True)
EXAMPLES = [
    example
    for name in _NAMES
    if not name.startswith(_LEFT_OUT)
    for example in _FINDER.find(import_module(name), name)
    if example.examples
]


@pytest.fixture
def names(tmp_path: Path) -> dict[str, object]:
    """What the examples of the facade speak of."""
    folder = Path(huggingnersc_lab.__file__).parent / "examples" / "iris"
    catalog = Catalog(load_site("sandbox"))
    catalog.publish(
        catalog.read(folder / "metadata.json", loader=folder / "load_iris.py", name="iris", data_path=str(folder))
    )
    return {"catalog": catalog, "folder": folder}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: doctest.DocTest, request: pytest.FixtureRequest) -> None:
    if example.name.startswith("huggingnersc_lab.catalog.catalog.Catalog"):
        example.globs |= request.getfixturevalue("names")
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert not report, "".join(report)


def test_every_verb_has_an_example() -> None:
    shown = {example.name.rpartition(".")[2] for example in EXAMPLES}
    assert shown >= {
        "records",
        "search",
        "inspect",
        "validate",
        "read",
        "preview",
        "publish",
        "update",
        "retire",
        "cite",
        "croissant",
        "export",
    }
