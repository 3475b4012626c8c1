"""Companion files: files that a script mentions and needs next to it, and which of them are missing."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.scripts import Script

MAX_COMPANIONS = 20
"""Maximum number of companion files per entry, and of files to look for."""

_MAX_CANDIDATES = 100
_LONGEST_TEXT = 200
_SHELL = (".sh", ".bash", ".slurm", ".sbatch", ".csh", ".zsh")
_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_ +-]*(?:\.[A-Za-z0-9_+-]+)*\.[A-Za-z][A-Za-z0-9_]{0,11}")
_BESIDE = re.compile(r"(?:\./|\$\{?\w+\}?/|/)?([^/]+)")
_SOURCED = re.compile(r"(?:^|[;&|]|\bthen|\bdo)\s*(?:source|\.)\s+([^\s;&|]+)", re.MULTILINE)
_MODULE = re.compile(r"\s-m\s+([A-Za-z_]\w*)")
_QUOTED = re.compile(r"\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'")


@dataclass(frozen=True)
class Need:
    """Something that a script may need.

    Attributes:
        name: file or folder next to it.
        is_code: whether it is imported or run, rather than only mentioned as a file to open.
    """

    name: str
    is_code: bool


Beside = Callable[[str], Literal["file", "folder"] | None]
"""What exists under a name in the folder of a script."""


def needs(script: Script) -> tuple[Need, ...]:
    r"""What a script may need next to it: modules, scripts and files that it mentions without a folder.

    >>> [need.name for need in needs(Script("run.sh", "source export_vars.sh\nsrun python load.py\n"))]
    ['export_vars.sh', 'load.py']
    """
    if script.file_name.endswith(_SHELL):
        found = list(_of_shell(script.text))
    elif script.file_name.endswith(".py"):
        found = list(_of_python(script.text))
    else:
        found = [Need(name, is_code=False) for name in _quoted(script.text)]
    code = {need.name for need in found if need.is_code}
    names = dict.fromkeys(need.name for need in found if need.name != script.file_name)
    return tuple(Need(name, name in code) for name in list(names)[:_MAX_CANDIDATES])


def left_behind(
    script: Script, member: str, beside: Beside, handed_in: Collection[str], *, is_with_data: bool = False
) -> Iterator[FieldError]:
    """A warning for each file that a script needs, that exists next to it, and that was not added.

    Args:
        script: the script.
        member: the record field that names it.
        beside: checks what exists in its folder.
        handed_in: original names of the files that were added.
        is_with_data: whether it came from the folder of the data, whose files are found through the data path.
    """
    count = 0
    for need in needs(script):
        if count == MAX_COMPANIONS:
            return
        if need.name in handed_in or (is_with_data and not need.is_code):
            continue
        if (kind := beside(need.name)) is None:
            continue
        count += 1
        if kind == "file":
            detail = (
                f"{script.file_name} needs {need.name}, which is next to it and would be left out: add it as a "
                "companion file."
            )
            yield FieldError(f"/{member}", "companion", detail, need.name)
        elif need.is_code:
            detail = (
                f"{script.file_name} imports from the folder '{need.name}' next to it, which would be left out: "
                "companion files are single files. Import a package that readers can install instead."
            )
            yield FieldError(f"/{member}", "companion_folder", detail)


def follow_renames(scripts: Iterable[Script], renamed: dict[str, str]) -> tuple[list[Script], list[FieldError]]:
    """Adapt scripts to the names that other scripts get in the repository.

    Args:
        scripts: for example batch script and companions.
        renamed: old file name → new one.

    Returns:
        The scripts, changed if they refer to a renamed one; a finding for each change, located at the script's name.
    """
    renamed = {old: new for old, new in renamed.items() if old != new}
    followed, findings = [], []
    for script in scripts:
        text = script.text
        for old, new in renamed.items():
            if new == script.file_name:
                continue
            changed = _called(old).sub(rf"\g<1>{new}", text)
            if changed != text:
                detail = f"'{old}' is named {new} here: {script.file_name} was adapted."
                findings.append(FieldError(script.file_name, "renamed", detail))
                text = changed
            stem = old.removesuffix(".py")
            if script.file_name.endswith(".py") and old != stem and any(n.name == old for n in _of_python(text)):
                detail = f"{script.file_name} imports '{stem}', which is named {new} here: change that import."
                findings.append(FieldError(script.file_name, "renamed_import", detail))
        followed.append(Script(script.file_name, text))
    return followed, findings


def _called(name: str) -> re.Pattern[str]:
    """Matches a file name where it is used from its own folder, with spaces escaped as in a shell."""
    spellings = {name, name.replace(" ", "\\ ")}
    words = "|".join(re.escape(word) for word in sorted(spellings, key=len, reverse=True))
    folder = r"\./|\$\{?\w+\}?\"?/|\)\"?/"
    return re.compile(rf"((?:^|[\s'\"=(;&|`])(?:{folder})?|{folder})(?:{words})(?![\w.\\-])", re.MULTILINE)


def _of_shell(text: str) -> Iterator[Need]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    text = "\n".join(lines).replace("\\\n", " ")
    for match in _SOURCED.finditer(text):
        if name := _beside(match[1].strip("'\"")):
            yield Need(name, is_code=True)
    for match in _MODULE.finditer(text):
        yield Need(f"{match[1]}.py", is_code=True)
    for word in (*re.split(r"[\s;|&<>()'\"`=]+", text), *_quoted(text)):
        if name := _named(word):
            yield Need(name, is_code=name.endswith((*_SHELL, ".py", ".jl", ".R", ".r")))


def _of_python(text: str) -> Iterator[Need]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield from (Need(name, is_code=False) for name in _quoted(text))
        return
    for node in ast.walk(tree):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [node.module] if node.module else [alias.name for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and (name := _named(node.value)):
            yield Need(name, is_code=False)
        for module in modules:
            top = module.partition(".")[0]
            if top not in sys.stdlib_module_names:
                yield Need(f"{top}.py", is_code=True)
                yield Need(top, is_code=True)


def _quoted(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        if name := _named(match[1] or match[2] or ""):
            yield name


def _named(text: str) -> str | None:
    """The file next to a script that a string in it refers to."""
    name = _beside(text) if len(text) <= _LONGEST_TEXT else None
    return name if name and _FILE.fullmatch(name) else None


def _beside(word: str) -> str | None:
    """The name of a file in the script's own folder, given the path in the script; None for another folder."""
    match = _BESIDE.fullmatch(word)
    return match[1] if match else None
