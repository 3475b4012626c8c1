"""Cells that put companion files where the loader finds them."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render import companions
from huggingnersc_lab.render.entry import Entry


@pytest.fixture
def iris_named(entry_named: Callable[[str], Entry]) -> Entry:
    return entry_named("iris")


def in_catalog(entry: Entry, root: Path | None) -> Entry:
    return replace(entry, site=replace(entry.site, catalog_root=root and str(root)))


def test_each_companion_has_a_hidden_cell_that_writes_it(iris_named: Entry) -> None:
    beside = (Script("helpers.py", 'x = \'%s\' \\ """\n'), Script("settings.json", "{}"))
    cells = companions.cells(replace(iris_named, companions=beside))
    assert [(cell.role, cell.source, cell.hidden) for cell in cells] == [
        ("companion-1", '%%writefile helpers.py\nx = \'%s\' \\ """\n', True),
        ("companion-2", "%%writefile settings.json\n{}", True),
    ]
    assert all(cell.is_code for cell in cells)
    assert companions.cells(iris_named) == []
    assert not companions.write("loader", beside[0]).hidden


@pytest.mark.parametrize("is_with_scratch", [True, False])
def test_the_folder_is_the_readers_own(
    is_with_scratch: bool, iris_named: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SCRATCH", str(tmp_path / "scratch") if is_with_scratch else "")
    for _ in range(2):  # a cell is run again
        exec(companions.folder(iris_named), {})
    assert Path.cwd() == tmp_path / ("scratch" if is_with_scratch else "home") / "huggingnersc" / "iris"


def test_other_languages_go_to_the_catalog(iris_named: Entry) -> None:
    entry = in_catalog(iris_named, Path('/a "$b"'))
    assert companions.enter(entry, "r") == 'setwd("/a \\"$b\\"/iris")'
    assert companions.enter(entry, "julia") == 'cd("/a \\"\\$b\\"/iris")'
    assert companions.enter(entry, "bash") == "cd '/a \"$b\"/iris'"
    assert companions.enter(in_catalog(iris_named, Path("/größe")), "r") == 'setwd("/größe/iris")'
    assert companions.enter(entry, "python") is None
    assert companions.enter(in_catalog(iris_named, None), "r") is None


@pytest.mark.parametrize("name", ["a b", "$(touch gone)", 'it\'s `a` "b"', "a;b\\"])
def test_bash_goes_to_a_folder_of_any_name(name: str, iris_named: Entry, tmp_path: Path) -> None:
    entry = in_catalog(iris_named, tmp_path / name)
    (tmp_path / name / "iris").mkdir(parents=True)
    line = companions.enter(entry, "bash")
    assert line is not None
    assert shlex.split(line) == ["cd", str(tmp_path / name / "iris")]
    answer = subprocess.run(["bash", "-c", f"{line} && pwd"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert answer.stdout == f"{tmp_path / name / 'iris'}\n"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_r_reads_what_json_quotes(iris_named: Entry) -> None:
    line = companions.enter(in_catalog(iris_named, Path("/a\\b\n")), "r")
    assert line is not None
    assert json.loads(line.removeprefix("setwd(").removesuffix(")")) == "/a\\b\n/iris"
