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
    ".m": "matlab",
}
_COMMANDS = {"python": "python", "bash": "bash", "julia": "julia", "r": "Rscript"}


def language_of(script: Script) -> str:
    """The language's name as fences in Markdown give it; empty when the file name does not tell."""
    return _LANGUAGES.get(PurePosixPath(script.file_name).suffix.lower(), "")


def is_python(script: Script) -> bool:
    """Whether a Python kernel can run the script."""
    return language_of(script) == "python"


def command_for(script: Script) -> str:
    """The shell command that runs the script from its own folder."""
    program = _COMMANDS.get(language_of(script))
    return f"{program} {script.file_name}" if program else f"./{script.file_name}"
