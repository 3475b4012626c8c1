"""Which files a script needs beside it, and how scripts follow each other's new names."""

from __future__ import annotations

from typing import Literal

import pytest

from huggingnersc_lab.record.script_text.companions import MAX_COMPANIONS, follow_renames, left_behind, needs
from huggingnersc_lab.record.scripts import Script


def names(file_name: str, text: str) -> list[str]:
    return [need.name for need in needs(Script(file_name, text))]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("source export_vars.sh", ["export_vars.sh"]),
        ("source ./export_vars", ["export_vars"]),
        (". env", ["env"]),
        ("if true; then source env; fi", ["env"]),
        ('source "$SLURM_SUBMIT_DIR/export_vars.sh"', ["export_vars.sh"]),
        ("source ${HERE}/vars.sh && srun python other.py", ["vars.sh", "other.py"]),
        ('. "$(dirname "$0")/vars.sh"', ["vars.sh"]),
        ("srun python -m helpers", ["helpers.py"]),
        ("srun --config=settings.yaml python load.py", ["settings.yaml", "load.py"]),
        ("python 'my helper.py'", ["my helper.py"]),
        ("srun \\\n  python deep.py", ["deep.py"]),
        ("# source export_vars.sh", []),
        ("source /global/common/setup.sh", []),
        ("source conf/vars.sh", []),
        ("module load python/3.11", []),
        ("#SBATCH --image=docker:sky:1.0", []),
    ],
)
def test_a_batch_script_tells_what_it_calls(line: str, found: list[str]) -> None:
    assert set(found) <= set(names("run.sh", f"#!/bin/bash\n{line}\n"))
    if not found:
        assert names("run.sh", f"#!/bin/bash\n{line}\n") == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import helpers", ["helpers.py", "helpers"]),
        ("import helpers.deep as h, json", ["helpers.py", "helpers"]),
        ("from helpers import x", ["helpers.py", "helpers"]),
        ("from . import helpers", ["helpers.py", "helpers"]),
        ("def f():\n    import late", ["late.py", "late"]),
        ("open('settings.json')", ["settings.json"]),
        ("open('./stations.csv')", ["stations.csv"]),
        ("Path(__file__).parent / 'table.txt'", ["table.txt"]),
        ("open('deep/settings.json')", []),
        ("open('/etc/settings.json')", []),
        ("x = 'A sentence. It ends.'", []),
        ("x = '3.5'", []),
        ("import os, sys", []),
        ("'load.py'", []),
    ],
)
def test_a_loader_tells_what_it_imports_and_opens(line: str, found: list[str]) -> None:
    assert names("load.py", f"{line}\n") == found


def test_what_does_not_parse_and_other_languages_tell_by_their_quotes() -> None:
    assert names("load.py", "%matplotlib inline\nopen('a.json')\n") == ["a.json"]
    assert names("load.R", 'source("utils.R")\nread.csv("deep/x.csv")\n') == ["utils.R"]
    assert names("load.jl", 'include("utils.jl")\n') == ["utils.jl"]


def test_what_lies_beside_and_was_not_handed_in_is_told() -> None:
    there: dict[str, Literal["file", "folder"]] = {"a.py": "file", "b": "folder", "x.json": "file", "c.py": "file"}
    script = Script("load.py", "import a, b, c, numpy\nopen('x.json')\nopen('gone.json')\n")

    def found(**options: bool) -> list[tuple[str, str, str | None]]:
        told = left_behind(script, "loader", there.get, {"c.py"}, **options)
        return [(its.pointer, its.code, its.suggestion) for its in told]

    a, b = ("/loader", "companion", "a.py"), ("/loader", "companion_folder", None)
    assert found() == [a, b, ("/loader", "companion", "x.json")]
    assert found(is_with_data=True) == [a, b]  # files of the data are found by its path


def test_there_is_an_end_to_what_is_told() -> None:
    script = Script("load.py", "".join(f"open('f{n}.json')\n" for n in range(1000)))
    assert len(list(left_behind(script, "loader", lambda _: "file", ()))) == MAX_COMPANIONS


@pytest.mark.parametrize(
    ("call", "becomes"),
    [
        ("srun python sky.py", "srun python load_sky.py"),
        ("./sky.py --fast", "./load_sky.py --fast"),
        ('python "sky.py";', 'python "load_sky.py";'),
        ("python $HERE/sky.py", "python $HERE/load_sky.py"),
        ('python "${HERE}"/sky.py', 'python "${HERE}"/load_sky.py'),
        ('python "$(dirname $0)/sky.py"', 'python "$(dirname $0)/load_sky.py"'),
        ("sky.py", "load_sky.py"),
        ("srun python /global/homes/a/sky.py", None),
        ("srun python other/sky.py", None),
        ("srun python blue-sky.py", None),
        ("srun python load_sky.py", None),
        ("srun python sky.pyc", None),
    ],
)
def test_a_call_follows_the_new_name(call: str, becomes: str | None) -> None:
    text = f"#!/bin/bash\n{call}\n"
    (script,), findings = follow_renames([Script("run.sh", text)], {"sky.py": "load_sky.py"})
    assert script.text == (text if becomes is None else f"#!/bin/bash\n{becomes}\n")
    assert [its.code for its in findings] == ([] if becomes is None else ["renamed"])


@pytest.mark.parametrize(
    ("call", "becomes"),
    [
        ('"load data.py"', '"load_data.py"'),
        ("'load data.py'", "'load_data.py'"),
        ("load\\ data.py", "load_data.py"),
    ],
)
def test_a_name_with_a_space_is_called_in_three_ways(call: str, becomes: str) -> None:
    (script,), _ = follow_renames([Script("run.sh", f"srun python {call}\n")], {"load data.py": "load_data.py"})
    assert script.text == f"srun python {becomes}\n"


def test_an_import_of_what_is_renamed_is_told_and_left() -> None:
    script = Script("helpers.py", "from sky import maps\n")
    (same,), findings = follow_renames([script], {"sky.py": "load_sky.py"})
    assert same == script
    assert [(its.code, its.pointer) for its in findings] == [("renamed_import", "helpers.py")]


def test_a_script_does_not_follow_itself() -> None:
    script = Script("load_sky.py", '"""Usage: python sky.py"""\n')
    assert follow_renames([script], {"sky.py": "load_sky.py"}) == ([script], [])
