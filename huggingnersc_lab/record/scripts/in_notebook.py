"""Detects what a script does that cannot work in its loader notebook, and reports it when it is cataloged."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.scripts import Script

_COMMANDS = frozenset({"click.argument", "click.command", "click.group", "fire.Fire", "typer.run", "docopt.docopt"})
"""Calls of libraries that parse command-line arguments."""

_OWN_LOOPS = frozenset({"anyio.run", "curio.run"})
"""Calls that start an event loop, although the kernel already runs one."""

_OPTIONAL = ("?", "*", "REMAINDER")


def check_in_notebook(script: Script) -> list[FieldError]:
    r"""A warning for everything that prevents a Python loader from running in its notebook's kernel.

    >>> [its.code for its in check_in_notebook(Script("load.py", "import sys\npath = sys.argv[1]\n"))]
    ['needs_arguments']
    """
    if not script.file_name.endswith(".py"):
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(script.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # reported by the syntax check
    found: dict[str, str] = {}
    for code, what in _findings(tree):
        found.setdefault(code, what)
    return [FieldError("/loader", code, f"{script.file_name} {what}") for code, what in found.items()]


def _findings(tree: ast.AST) -> Iterator[tuple[str, str]]:
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript | ast.Assign) and _takes_arguments(node, names):
            yield "needs_arguments", _described(node, "sys.argv")
        elif isinstance(node, ast.Call):
            called = _path(node.func, names)
            if called.endswith(".add_argument") and (argument := _required(node)):
                yield "needs_arguments", _described(node, f"'{argument}'")
            elif called in _COMMANDS:
                yield "needs_arguments", _described(node, called)
            elif called in _OWN_LOOPS:
                detail = (
                    f"calls {called}() on line {node.lineno}, which does not work in a notebook: use asyncio.run()."
                )
                yield "event_loop", detail
            elif called == "os._exit":
                yield "ends_kernel", f"calls os._exit() on line {node.lineno}, which ends the notebook's kernel."


def _described(node: ast.stmt | ast.expr, what: str) -> str:
    return (
        f"needs command-line arguments ({what} on line {node.lineno}), but gets none in its notebook. Read the data "
        "path from the environment variable DATA_PATH, and use defaults for the rest."
    )


def _imported(tree: ast.AST) -> dict[str, str]:
    """What imported names refer to."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _path(node: ast.expr, names: dict[str, str]) -> str:
    """``module.name`` of an expression; for the attribute of another expression, a dot and the last name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{_path(node.value, names)}.{node.attr}"
    return ""


def _takes_arguments(node: ast.Subscript | ast.Assign, names: dict[str, str]) -> bool:
    """Whether it reads an item of ``sys.argv`` that only exists if there are arguments."""
    if isinstance(node, ast.Assign):
        return _unpacks_arguments(node, names)
    index = node.slice.value if isinstance(node.slice, ast.Constant) else None
    return _path(node.value, names) == "sys.argv" and isinstance(index, int) and index >= 1


def _unpacks_arguments(node: ast.Assign, names: dict[str, str]) -> bool:
    """Whether it is ``a, b = sys.argv``, or ``[1:]`` of it, with that many names."""
    value, target = node.value, node.targets[0]
    sliced = isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Slice)
    base = value.value if sliced and isinstance(value, ast.Subscript) else value
    if _path(base, names) != "sys.argv" or not isinstance(target, ast.Tuple | ast.List):
        return False
    fixed = [part for part in target.elts if not isinstance(part, ast.Starred)]
    return len(fixed) > (0 if sliced else 1)


def _required(call: ast.Call) -> str | None:
    """The name of a required command-line argument; None for another call."""
    name = call.args[0] if call.args else None
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        return None
    options = {word.arg: word.value for word in call.keywords}

    def said(option: str) -> object:
        value = options.get(option)
        return value.value if isinstance(value, ast.Constant) else getattr(value, "attr", None)

    is_needed = said("required") is True if name.value.startswith("-") else said("nargs") not in _OPTIONAL
    return name.value if is_needed else None
