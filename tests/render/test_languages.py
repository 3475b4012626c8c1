"""Languages of scripts, by their file names."""

from __future__ import annotations

import pytest

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.languages import command_for, is_python, language_of


@pytest.mark.parametrize(
    ("name", "language", "python", "command"),
    [
        ("load.py", "python", True, "python load.py"),
        ("load.ipy", "python", True, "python load.ipy"),
        ("LOAD.PY", "python", True, "python LOAD.PY"),
        ("load.jl", "julia", False, "julia load.jl"),
        ("load.R", "r", False, "Rscript load.R"),
        ("run.sh", "bash", False, "bash run.sh"),
        ("run.bash", "bash", False, "bash run.bash"),
        ("run.slurm", "bash", False, "bash run.slurm"),
        ("run.sbatch", "bash", False, "bash run.sbatch"),
        ("load", "", True, "python load"),
        ("load.f90", "", True, "python load.f90"),
    ],
)
def test_language(name: str, language: str, python: bool, command: str) -> None:
    script = Script(name, "")
    assert (language_of(script), is_python(script), command_for(script)) == (language, python, command)
