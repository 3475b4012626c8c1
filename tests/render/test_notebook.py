from __future__ import annotations

import ast
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from huggingnersc_lab.record.model import DatasetRecord, Distribution
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook import render_notebook
from huggingnersc_lab.sites import load_site

NOBODY = 65534


def _read(entry: Entry) -> nbformat.NotebookNode:
    return nbformat.reads(render_notebook(entry), as_version=4)


def _roles(entry: Entry) -> list[str]:
    return [cell.metadata.huggingnersc.role for cell in _read(entry).cells]


def _source(entry: Entry, role: str) -> str:
    return next(str(cell.source) for cell in _read(entry).cells if cell.id == role)


def _run(notebook: nbformat.NotebookNode, *, allow_errors: bool = False) -> dict[str, str]:
    """What each cell printed, showed or failed with, by its role."""
    NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=allow_errors).execute()
    return _outputs(notebook)


def _outputs(notebook: nbformat.NotebookNode) -> dict[str, str]:
    return {cell.id: "".join(_shown(output) for output in cell.get("outputs", ())) for cell in notebook.cells}


def _shown(output: Any) -> str:
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return str(output.get("text") or output["data"].get("text/html") or output["data"]["text/plain"])


def test_it_is_valid_and_laid_out_as_jupyterlab_saves_it(entry: Entry) -> None:
    text = render_notebook(entry)
    nbformat.validate(json.loads(text))
    assert nbformat.writes(_read(entry)) + "\n" == text


def test_cells_are_named_by_what_they_are_for(entry_named: Callable[[str], Entry]) -> None:
    assert _roles(entry_named("iris")) == [
        "title",
        "facts",
        "access-title",
        "data-path",
        "access",
        "download",
        "gate",
        "loader-title",
        "arguments",
        "loader",
        "first-look-title",
        "first-look",
    ]
    assert _roles(entry_named("minimal")) == ["title", "facts", "no-loader"]
    assert _roles(entry_named("unicode")) == ["title", "facts", "loader-title", "loader"]
    assert _roles(entry_named("distributed")) == [
        "title",
        "facts",
        "access-title",
        "data-path",
        "access",
        "download",
        "gate",
        "work-title",
        "work",
        "loader",
        "batch-script",
        "submit",
        "follow",
        "output",
    ]


def test_cells_keep_their_ids_when_the_record_changes(entry_named: Callable[[str], Entry]) -> None:
    entry = entry_named("iris")
    other = replace(entry, record=replace(entry.record, pretty_name="Other", name="other"))
    assert _roles(entry) == _roles(other)


def test_metadata_names_kernel_and_entry(entry_named: Callable[[str], Entry]) -> None:
    metadata = _read(entry_named("hostile")).metadata
    assert metadata.kernelspec == {"name": "my-kernel", "display_name": "my-kernel", "language": "python"}
    assert metadata.huggingnersc == {"name": "hostile", "publish_id": "p-1", "loader": "load.py", "schema_version": 2}
    assert _read(entry_named("iris")).metadata.kernelspec.name == "python3"
    assert _read(entry_named("unicode")).metadata.language_info.name == "julia"


def test_a_foreign_distributed_loader_is_submitted_from_python(entry_named: Callable[[str], Entry]) -> None:
    entry = entry_named("distributed")
    foreign = replace(entry, record=replace(entry.record, kernel_name="ir"), loader=Script("load.R", "x <- 1\n"))
    assert _read(foreign).metadata.kernelspec == {"name": "python3", "display_name": "python3", "language": "python"}


@example(text="a\u2028b\x85c\x0bd", path="\u2028", code="x = 1\x0c\n\u2028\n")
@given(text=st.text(), path=st.text(), code=st.text())
def test_no_text_breaks_the_notebook(text: str, path: str, code: str) -> None:
    record = DatasetRecord("x", text or "x", ("n<1K",), text, data_path=f"/{path}", access_group=text, tags=(text,))
    for is_distributed in (False, True):
        entry = Entry(
            replace(record, is_distributed=is_distributed), load_site("nersc", environ={}), Script("l.py", code)
        )
        notebook = json.loads(render_notebook(entry))
        nbformat.validate(notebook)
        sources = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
        assert ast.literal_eval(sources["data-path"].split("DATA_PATH = ")[1]) == f"/{path}"
        for role in ("access", "gate", "submit", "follow", "first-look"):
            ast.parse(sources.get(role, ""))
        assert sources["loader"].rstrip("\n").endswith(code.rstrip("\n"))


def test_cells_are_python_of_every_kernel(entry: Entry) -> None:
    for cell in _read(entry).cells:
        if cell.cell_type == "code" and cell.id not in ("loader", "batch-script"):
            tree = ast.parse(cell.source, feature_version=(3, 8))
            assert not [
                node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"
            ]


def test_iris_runs_from_top_to_bottom(iris: Entry) -> None:
    notebook = _read(iris)
    shown = _run(notebook)
    assert shown["access"] == f"You can read {iris.record.data_path}.\n"
    assert shown["gate"] == ""
    assert shown["loader"] == "Loaded 150 flowers of 3 species.\n"
    assert shown["first-look"].splitlines()[:3] == [
        "iris: list, 150 items",
        "  sepal_length  sepal_width  petal_length  petal_width  species",
        "  5.1           3.5          1.4           0.2          setosa",
    ]
    assert "folder" not in shown["first-look"]


def test_a_loader_that_reads_its_command_line_finds_it_empty(iris: Entry) -> None:
    loader = Script("load.py", "import argparse\n\nrows = vars(argparse.ArgumentParser().parse_args())\n")
    assert "rows: dict, 0 items" in _run(_read(replace(iris, loader=loader)))["first-look"]


def test_a_path_that_is_gone_stops_in_one_sentence(iris: Entry) -> None:
    path = f"{iris.record.data_path}/gone/deeper"
    notebook = _read(replace(iris, record=replace(iris.record, data_path=path)))
    with pytest.raises(CellExecutionError):
        _run(notebook)
    shown = _outputs(notebook)
    assert shown["access"].startswith(f"{iris.record.data_path}/gone does not exist: the data was moved or purged")
    assert shown["gate"] == "Stopped here: the data cannot be read, see above. The loader was not run."
    assert shown["loader"] == shown["first-look"] == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_path_that_may_not_be_entered_stops_with_whom_to_ask(iris: Entry) -> None:
    folder = Path(str(iris.record.data_path))
    folder.chmod(0o700)
    notebook = _read(iris)
    # The kernel becomes nobody after it has imported what lies in places that nobody may read.
    drop = f"import csv, grp, os, pwd, reprlib, stat\nos.setgroups([])\nos.setgid({NOBODY})\nos.setuid({NOBODY})"
    notebook.cells.insert(0, nbformat.v4.new_code_cell(drop, id="drop"))
    for parent in folder.parents:
        if not parent.stat().st_mode & 1:
            blocked = parent
    with pytest.raises(CellExecutionError):
        _run(notebook)
    shown = _outputs(notebook)
    assert shown["access"] == (f"You cannot enter {blocked}. Only its owner, root, has access: ask root to share it.\n")
    assert shown["gate"].startswith("Stopped here:")
    assert shown["loader"] == ""


def test_a_link_tells_how_to_get_the_data(entry_named: Callable[[str], Entry]) -> None:
    assert "download the data from <https://portal.nersc.gov/cfs/dasrepo/iris>" in _source(
        entry_named("iris"), "download"
    )
    minimal = entry_named("minimal")
    record = replace(minimal.record, distributions=(Distribution("link", "https://a.org/x"),), loader="l.py")
    entry = replace(minimal, record=record, loader=Script("l.py", "pass\n"))
    assert _roles(entry) == [
        "title",
        "facts",
        "download",
        "loader-title",
        "arguments",
        "loader",
        "first-look-title",
        "first-look",
    ]
    assert _source(entry, "download") == "You can download the data from <https://a.org/x>."
