"""What is told of a loader that cannot run in its notebook; and what runs there is not told of."""

from __future__ import annotations

import pytest

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.scripts.in_notebook import check_in_notebook

PARSER = "import argparse\np = argparse.ArgumentParser()\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("import sys\npath = sys.argv[1]\n", ["needs_arguments"]),
        ("from sys import argv\npath = argv[2]\n", ["needs_arguments"]),
        ("import sys as s\npath, n = s.argv[1:]\n", ["needs_arguments"]),
        ("import sys\n_, path = sys.argv\n", ["needs_arguments"]),
        (f"{PARSER}p.add_argument('path')\n", ["needs_arguments"]),
        (f"{PARSER}p.add_argument('paths', nargs='+')\n", ["needs_arguments"]),
        (f"{PARSER}p.add_argument('-p', '--path', required=True)\n", ["needs_arguments"]),
        ("import click\n\n@click.command()\n@click.argument('path')\ndef main(path): ...\n", ["needs_arguments"]),
        ("import typer\ntyper.run(main)\n", ["needs_arguments"]),
        ("import anyio\nanyio.run(main)\n", ["event_loop"]),
        ("import os\nos._exit(0)\n", ["ends_kernel"]),
        ("import os, sys\nx = sys.argv[1]\ny = sys.argv[2]\nos._exit(0)\n", ["needs_arguments", "ends_kernel"]),
        ("import sys\nname = sys.argv[0]\nrest = sys.argv[1:]\nlast = sys.argv[-1]\n", []),
        ("import sys\n_, *rest = sys.argv\n(name,) = sys.argv\n*more, = sys.argv[1:]\n", []),
        (f"{PARSER}p.add_argument('path', nargs='?')\np.add_argument('rest', nargs=argparse.REMAINDER)\n", []),
        (f"{PARSER}p.add_argument('--path', default='x')\np.add_argument('--all', required=False)\n", []),
        ("import asyncio\nasyncio.run(main())\n", []),
        ("argv = ['a', 'b']\nprint(argv[1])\n", []),
        ("table.add_argument(name)\n", []),
        ("x = (\n", []),
    ],
)
def test_what_stops_it_is_told_once_for_each_kind(text: str, codes: list[str]) -> None:
    assert [its.code for its in check_in_notebook(Script("load.py", text))] == codes


def test_the_sentence_says_where_and_what_to_do() -> None:
    (found,) = check_in_notebook(Script("load.py", f"{PARSER}\n\np.add_argument('path')\n"))
    assert found.pointer == "/loader"
    assert found.detail.startswith("load.py needs command-line arguments ('path' on line 5)")
    assert "DATA_PATH" in found.detail


def test_other_languages_are_left_alone() -> None:
    assert check_in_notebook(Script("load.R", "sys.argv[1]")) == []
