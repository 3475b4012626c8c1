# ruff: noqa: BLE001, C408, SLF001, PTH100, PTH112, PTH118, PTH120 -- all errors are passed on, paths are strings
# mypy: disable-error-code="no-untyped-call, no-untyped-def"
"""Lets a loader written as a script run in a cell: its file, its arguments, its exit, its event loop.

All names start with `_script`, so that they do not clash with the loader's own. The functions get their own namespace,
since a loader may name a variable `list` or `type`.
"""

import ast as _script_ast
import asyncio as _script_asyncio
import builtins as _script_builtins
import contextvars as _script_contextvars
import os as _script_os
import sys as _script_sys
import threading as _script_threading
import types as _script_types
from typing import Any as _ScriptAny


class _ScriptEnded(_script_builtins.Exception):
    """Ends a run without a traceback: IPython shows what `_render_traceback_` returns."""

    def _render_traceback_(self) -> "list[str]":
        return [f"{self}"]


_script_exit = _script_builtins.SystemExit


def _script_end(error: "SystemExit") -> None:
    """Treat the loader's exit as the end of its cell, and as an error only if its status says so."""
    if error.code not in (None, 0):
        raise _ScriptEnded(f"Stopped here: the loader exited ({error.code}).") from None


def _script_visit(tree: _ScriptAny) -> _ScriptAny:
    """Catch `sys.exit()` in a cell's statements; its last expression is still displayed."""
    body, first = list(tree.body), 0
    for node in body:
        is_text = isinstance(node, _script_ast.Expr) and isinstance(node.value, _script_ast.Constant)
        is_future = isinstance(node, _script_ast.ImportFrom) and node.module == "__future__"
        if not is_future and not (is_text and first == 0):
            break
        first += 1
    inside, shown = body[first:], []
    words = {getattr(node, "id", getattr(node, "attr", "")) for node in _script_ast.walk(tree)}
    if inside and isinstance(inside[-1], _script_ast.Expr) and not words & {"exit", "quit", "SystemExit", "main"}:
        shown = [inside.pop()]
    if not inside:
        return tree
    frame: _ScriptAny = _script_ast.parse(
        "try:\n    pass\nexcept _script_exit as _script_error:\n    _script_end(_script_error)"
    )
    frame.body[0].body = inside
    for node in _script_ast.walk(frame.body[0].handlers[0]):
        if "lineno" in node._attributes:
            _script_ast.copy_location(node, inside[-1])
    _script_ast.copy_location(frame.body[0], inside[0])
    tree.body = [*body[:first], *frame.body, *shown]
    return tree


def _script_in_thread(work: _ScriptAny) -> _ScriptAny:
    """Call `work` in a separate thread, which has no running event loop."""
    came: list[tuple[bool, _ScriptAny]] = []

    def go() -> None:
        try:
            came.append((True, work()))
        except BaseException as error:
            came.append((False, error))

    thread = _script_threading.Thread(target=_script_contextvars.copy_context().run, args=(go,), daemon=True)
    thread.start()
    while thread.is_alive():  # so that interrupts are handled
        thread.join(0.05)
    is_done, value = came[0]
    if not is_done:
        raise value
    return value


def _script_beside_the_kernels(original: _ScriptAny) -> _ScriptAny:
    """Wrap `original`, which starts an event loop, so that it also works while the kernel's own loop runs."""

    def start(*given: _ScriptAny, **options: _ScriptAny) -> _ScriptAny:
        if _script_asyncio._get_running_loop() is None:
            return original(*given, **options)
        loop = given[0] if given and isinstance(given[0], _script_asyncio.AbstractEventLoop) else None
        if loop is None or not loop.is_running():
            return _script_in_thread(lambda: original(*given, **options))

        async def wait() -> _ScriptAny:
            return await given[1]

        return _script_in_thread(lambda: _script_asyncio.run(wait()))

    start._script_original = original  # type: ignore[attr-defined]
    return start


def _script_prepare(shell: _ScriptAny, names: "dict[str, _ScriptAny]", file_name: str, folder: str) -> None:
    """Make the notebook look like a separate process to the loader."""
    folder = _script_os.path.abspath(folder)
    folder = folder if _script_os.path.isdir(folder) else _script_os.path.dirname(folder)
    _script_sys.argv = [file_name]
    if folder not in _script_sys.path:
        _script_sys.path.insert(0, folder)
    for place, name in (
        (_script_asyncio, "run"),
        (_script_asyncio.BaseEventLoop, "run_until_complete"),
        (getattr(_script_asyncio, "Runner", None), "run"),
    ):
        if place is not None and not hasattr(getattr(place, name), "_script_original"):
            setattr(place, name, _script_beside_the_kernels(getattr(place, name)))
    # The kernel's own exit() would shut down the kernel.
    names.update({"__file__": _script_os.path.join(folder, file_name), "exit": _script_sys.exit})
    names["quit"] = names["exit"]
    if shell is not None:
        ours = _script_types.SimpleNamespace(visit=_script_visit, is_of_script=True)
        others = [one for one in shell.ast_transformers if not getattr(one, "is_of_script", False)]
        shell.ast_transformers[:] = [*others, ours]


def _script_own(names: "dict[str, _ScriptAny]", prefix: str) -> "dict[str, _ScriptAny]":
    """Return the names that start with `prefix`, functions with a namespace in which no built-in is shadowed."""
    own = _script_builtins.dict(__builtins__=_script_builtins)
    for name in _script_builtins.list(names):
        its = names[name]
        if name.lower().startswith(prefix):
            if _script_builtins.isinstance(its, _script_types.FunctionType):
                its = _script_types.FunctionType(its.__code__, own, its.__name__, its.__defaults__)
            own[name] = its
    return own
