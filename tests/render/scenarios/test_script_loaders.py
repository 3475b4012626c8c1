"""Loaders that were written as scripts, run in their notebooks by real kernels."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook import render_notebook
from tests.render.conftest import iris_entry

Ran = Callable[..., dict[str, str]]

ASYNC = """\
import asyncio


async def fetch(n):
    await asyncio.sleep(0)
    return n * 2


async def main():
    return await asyncio.gather(*(fetch(n) for n in range(3)))


rows = asyncio.run(main())
loop = asyncio.new_event_loop()
more = loop.run_until_complete(main())
loop.close()
again = asyncio.get_event_loop().run_until_complete(main()) if sys.version_info < (3, 14) else more
print(rows, more, again)
"""
ENDS = {
    "sys.exit(0)": "import sys\nrows = [[1, 2]]\nif __name__ == '__main__':\n    sys.exit(0)\n",
    "sys.exit(main())": "import sys\n\ndef main():\n    global rows\n    rows = [[1, 2]]\n\nsys.exit(main())\n",
    "raise SystemExit": "rows = [[1, 2]]\nraise SystemExit\n",
    "exit()": "from __future__ import annotations\nrows = [[1, 2]]\nexit()\n",
    "quit in the middle": "rows = [[1, 2]]\nif rows:\n    quit()\nundefined_name\n",
}
BUILT_INS = (
    "list = [[1, 2]]\ntype = 'csv'\nlen = 3\nstr = isinstance = print = open = getattr = None\n"
    "dict = globals = any = all = repr = callable = hasattr = min = range = 1\nException = 'none'\n"
)


@pytest.fixture
def ran(tmp_path: Path) -> Ran:
    """Run a loader's notebook; what each cell printed or showed, by its role."""

    def run(text: str, *companions: Script, twice: bool = False, name: str = "load.py") -> dict[str, str]:
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        (data / "iris.csv").write_text("a,b\n1,2\n")
        entry = iris_entry(data, "sandbox")
        record = replace(entry.record, loader=name, companions=tuple(script.file_name for script in companions))
        return executed(replace(entry, record=record, loader=Script(name, text), companions=companions), twice=twice)

    return run


def executed(entry: Entry, *, twice: bool = False) -> dict[str, str]:
    notebook = nbformat.reads(render_notebook(entry), as_version=4)
    if twice:
        notebook.cells += [nbformat.from_dict({**cell, "id": f"again-{cell.id}"}) for cell in notebook.cells]
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    return {
        cell.id: "".join(str(its.get("text") or its.get("data", {})) for its in cell.get("outputs", ()))
        for cell in notebook.cells
    }


def test_event_loops_run_beside_the_kernels(ran: Ran) -> None:
    shown = ran(f"import sys\n{ASYNC}")
    assert shown["loader"] == "[0, 2, 4] [0, 2, 4] [0, 2, 4]\n"
    assert "rows: list, 3 items" in shown["first-look"]
    assert "loop" not in shown["first-look"]


@pytest.mark.parametrize("end", list(ENDS))
def test_a_script_that_ends_itself_well_is_looked_at(ran: Ran, end: str) -> None:
    shown = ran(ENDS[end])
    assert shown["loader"] == ""
    assert "rows: list, 1 items" in shown["first-look"]
    assert "annotations" not in shown["first-look"]


@pytest.mark.parametrize("end", ["sys.exit('no data')", "exit(3)", "raise SystemExit(2)"])
def test_a_script_that_ends_itself_badly_stops_the_notebook_in_a_sentence(ran: Ran, end: str) -> None:
    with pytest.raises(CellExecutionError, match=r"Stopped here: the loader exited \((no data|3|2)\)"):
        ran(f"import sys\n{end}\n")


def test_names_that_hide_built_ins_harm_no_cell_of_ours(ran: Ran) -> None:
    shown = ran(BUILT_INS, twice=True)
    for first_look in (shown["first-look"], shown["again-first-look"]):
        assert "list: list, 1 items" in first_look
        assert "type: str, 3 characters" in first_look
    assert shown["again-access"] == shown["access"]


def test_a_script_knows_its_file_and_the_data_beside_it(ran: Ran) -> None:
    text = (
        "import os, sys\nfrom pathlib import Path\nhere = Path(__file__).parent\n"
        "print(sys.argv, os.path.basename(__file__), (here / 'iris.csv').read_text().split())\n1 + 1\n"
    )
    assert ran(text)["loader"] == "['load.py'] load.py ['a,b', '1,2']\n{'text/plain': '2'}"


def test_companions_are_found_by_import_by_name_and_by_folder(
    ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH", str(tmp_path / "scratch"))
    odd = 'quote = """\'\'\' %s {braces} $HOME \\n """  # é\n%%not magic\n'
    text = (
        "import json\nfrom pathlib import Path\n\nfrom helpers import twice\n\n"
        "settings = json.load(open('settings.json'))\n"
        "odd = (Path(__file__).parent / 'odd.txt').read_text('utf-8')\nprint(twice(settings['n']))\n"
    )
    settings = Script("settings.json", '{"n": 21}\n')
    helpers = Script("helpers.py", "def twice(n):\n    return 2 * n\n")
    shown = ran(text, helpers, settings, Script("odd.txt", odd))
    assert shown["loader"] == "42\n"
    folder = tmp_path / "scratch" / "huggingnersc" / "iris"
    assert (folder / "odd.txt").read_text("utf-8") == odd
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "helpers.py",
        "odd.txt",
        "settings.json",
    ]


def test_folded_cells_begin_with_what_they_do(ran: Ran) -> None:
    entry = replace(iris_entry("/data/iris"), companions=(Script("helpers.py", "x = 1\n"),))
    cells = nbformat.reads(render_notebook(entry), as_version=4).cells
    folded = {cell.id: cell.source.split("\n")[0] for cell in cells if cell.metadata.get("jupyter")}
    assert folded == {
        "access": "# Checks whether you can read the data.",
        "gate": "# Stops here if the data cannot be read; otherwise sets the loader's DATA_PATH.",
        "loader-folder": "# Changes to a folder of your own, for the files that the loader needs.",
        "companion-1": "%%writefile helpers.py",
        "arguments": "# Lets the loader run here as if it were started as a script.",
        "first-look": "# Shows what the loader created.",
    }


def test_the_cell_of_scripts_is_python_3_8() -> None:
    from huggingnersc_lab.render.cells import cell_source

    done = subprocess.run(
        [sys.executable, "-c", "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 8))"],
        input=cell_source("script") + "\n" + cell_source("first_look"),
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
