"""What lets a loader that was written as a script run in a cell; whole notebooks are in ``scenarios``."""

from __future__ import annotations

import ast
import asyncio
import builtins
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.render.cells import script


def run(source: str) -> dict[str, Any]:
    """A cell's statements, run as IPython runs them."""
    names: dict[str, Any] = {"_script_exit": SystemExit, "_script_end": script._script_end}
    tree = script._script_visit(ast.parse(source))
    exec(compile(tree, "cell", "exec"), names)
    return names


@pytest.mark.parametrize("end", ["sys.exit()", "sys.exit(0)", "exit()", "raise SystemExit"])
def test_a_good_end_ends_the_cell_only(end: str) -> None:
    names = run(f"import sys\nx = 1\n{end}\nx = 2\n")
    assert names["x"] == 1


@pytest.mark.parametrize(
    ("end", "words"), [("sys.exit('no data')", "no data"), ("sys.exit(3)", "3"), ("exit(False)", None)]
)
def test_a_bad_end_is_told_in_a_sentence(end: str, words: str | None) -> None:
    if words is None:  # False is 0
        run(f"import sys\n{end}\n")
        return
    with pytest.raises(script._ScriptEnded) as err:
        run(f"import sys\n{end}\n")
    assert err.value._render_traceback_() == [f"Stopped here: the loader exited ({words})."]
    assert err.value.__suppress_context__


def test_other_errors_are_the_loaders_own() -> None:
    with pytest.raises(ZeroDivisionError):
        run("1 / 0\n")


def kinds(source: str) -> list[str]:
    return [type(node).__name__ for node in script._script_visit(ast.parse(source)).body]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", []),
        ("'words'\n", ["Expr"]),
        ("from __future__ import annotations\n", ["ImportFrom"]),
        ("x = 1\n", ["Try"]),
        # The docstring and __future__ stay in front, the last expression behind, where IPython shows its value.
        ("'words'\nfrom __future__ import annotations\nx = 1\nx\n", ["Expr", "ImportFrom", "Try", "Expr"]),
        ("x = 1\n'no docstring'\nx\n", ["Try", "Expr"]),
        ("'a'\n'b'\nx = 1\n", ["Expr", "Try"]),
        ("x\n", ["Expr"]),
        ("x = 1\nexit()\n", ["Try"]),
        ("x = 1\nsys.exit(main())\n", ["Try"]),
        ("quit\n", ["Try"]),
    ],
)
def test_which_statements_are_caught(source: str, found: list[str]) -> None:
    assert kinds(source) == found


def test_lines_of_errors_are_those_of_the_loader() -> None:
    tree = script._script_visit(ast.parse("'words'\nx = 1\n\ny = 2\n"))
    compile(tree, "cell", "exec")
    frame = tree.body[1]
    assert (frame.lineno, [node.lineno for node in frame.body]) == (2, [2, 4])


def test_work_in_a_thread_gives_its_value_or_its_error() -> None:
    import threading

    assert script._script_in_thread(lambda: threading.current_thread() is threading.main_thread()) is False
    with pytest.raises(KeyError, match="gone"):
        script._script_in_thread(lambda: {}["gone"])
    with pytest.raises(SystemExit):
        script._script_in_thread(sys.exit)


def test_an_event_loop_starts_beside_one_that_runs() -> None:
    async def work() -> int:
        return 7

    run_beside = script._script_beside_the_kernels(asyncio.run)
    until_complete = script._script_beside_the_kernels(asyncio.BaseEventLoop.run_until_complete)

    async def cell() -> tuple[int, int, int]:
        other = asyncio.new_event_loop()
        try:
            return run_beside(work()), until_complete(asyncio.get_running_loop(), work()), until_complete(other, work())
        finally:
            other.close()

    assert run_beside(work()) == 7
    assert asyncio.run(cell()) == (7, 7, 7)
    assert run_beside._script_original is asyncio.run


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What :func:`_script_prepare` changes of this process, put back."""
    monkeypatch.setattr(sys, "argv", ["pytest"])
    monkeypatch.setattr(sys, "path", list(sys.path))
    places = [(asyncio, "run"), (asyncio.BaseEventLoop, "run_until_complete")]
    places += [(asyncio.Runner, "run")] if hasattr(asyncio, "Runner") else []
    for place, name in places:
        monkeypatch.setattr(place, name, getattr(place, name))


@pytest.mark.usefixtures("kept")
def test_the_loader_finds_what_its_own_process_would_have(tmp_path: Path) -> None:
    shell = SimpleNamespace(ast_transformers=["of somebody else"])
    names: dict[str, Any] = {}
    for _ in range(2):  # a cell is run again
        script._script_prepare(shell, names, "load.py", str(tmp_path))
    assert sys.argv == ["load.py"]
    assert sys.path[0] == str(tmp_path)
    assert sys.path.count(str(tmp_path)) == 1
    assert names["__file__"] == str(tmp_path / "load.py")
    assert names["exit"] is names["quit"] is sys.exit
    assert shell.ast_transformers[0] == "of somebody else"
    assert [its.visit for its in shell.ast_transformers[1:]] == [script._script_visit]
    original = asyncio.run._script_original  # type: ignore[attr-defined]
    assert not hasattr(original, "_script_original")


@pytest.mark.usefixtures("kept")
def test_a_file_of_data_lends_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").touch()
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    script._script_prepare(None, names, "load.py", "a.csv")
    assert names["__file__"] == str(tmp_path / "load.py")


def test_our_functions_do_not_see_what_the_loader_hides() -> None:
    names: dict[str, Any] = {"builtins": builtins}
    exec("limit = 1\n_ours_limit = 2\ndef _ours_count(of, more=3):\n    return len(of) + more + _ours_limit\n", names)
    names["len"] = names["list"] = None
    own = script._script_own(names, "_ours")
    assert set(own) == {"__builtins__", "_ours_limit", "_ours_count"}
    assert own["_ours_count"]("ab") == 7
    with pytest.raises(TypeError):
        names["_ours_count"]("ab")
