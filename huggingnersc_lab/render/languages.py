"""Programming languages of scripts, by their file names."""

from __future__ import annotations

from pathlib import PurePosixPath

from huggingnersc_lab.record.scripts import Script

_LANGUAGES = {
    ".py": "python",
    ".ipy": "python",
    ".sh": "bash",
    ".bash": "bash",
    ".slurm": "bash",
    ".sbatch": "bash",
    ".jl": "julia",
    ".r": "r",
}
_PROGRAMS = {"bash": "bash", "julia": "julia", "r": "Rscript"}


def language_of(script: Script) -> str:
    """The language's name as used in Markdown fences; empty if unknown."""
    return _LANGUAGES.get(PurePosixPath(script.file_name).suffix.lower(), "")


def is_python(script: Script) -> bool:
    """Whether the script is for a Python kernel: Python is assumed if the file name does not say."""
    return language_of(script) in ("python", "")


def command_for(script: Script) -> str:
    """The shell command that runs the script from its own folder."""
    return f"{_PROGRAMS.get(language_of(script), 'python')} {script.file_name}"
