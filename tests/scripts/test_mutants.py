"""Mutants: which are tried, what is noticed, and how it is told."""

from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import ModuleType
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
SOURCE = '''"""Words."""

from __future__ import annotations

LIMIT: int | None = 3


def fits(number: int | None) -> bool | None:
    """Whether it fits."""
    return number is not None and number < LIMIT
'''


@pytest.fixture(scope="module")
def program() -> ModuleType:
    sys.path.insert(0, str(SCRIPTS))
    try:
        import mutants
    finally:
        sys.path.remove(str(SCRIPTS))
    return mutants  # type: ignore[no-any-return]


def test_words_and_annotations_mean_nothing(program: ModuleType) -> None:
    other = SOURCE.replace("int | None", "int & None").replace("bool | None", "str")
    assert program.meaning(other) == program.meaning(SOURCE)
    assert program.meaning(SOURCE.replace("<", "<=")) != program.meaning(SOURCE)
    assert program.meaning("def") is None
    assert program.meaning("zip(a, b, strict=True)") == program.meaning("zip(a, b, strict=False)")
    assert program.meaning("zip(a, b)") != program.meaning("zip(a, c)")


def test_every_mutant_means_something_else_and_each_is_another(program: ModuleType) -> None:
    pytest.importorskip("cosmic_ray", reason="cosmic-ray is not installed (pip install -e '.[dev]')")
    found = list(program.mutants(SOURCE, random.Random(1)))
    meanings = {program.meaning(mutant) for mutant in found}
    assert len(meanings) == len(found) > 5
    assert not meanings & {None, program.meaning(SOURCE)}
    assert any("number <= LIMIT" in mutant for mutant in found)
    assert program.sample("a.py", SOURCE, 5) == program.sample("a.py", SOURCE, 5)
    assert program.sample("a.py", SOURCE, 5) != program.sample("b.py", SOURCE, 5)
    assert len(program.sample("a.py", SOURCE, 5)) == 5
    assert set(program.sample("a.py", SOURCE, 1000)) == set(found)


def test_what_cosmic_ray_cannot_change_is_passed_over(program: ModuleType) -> None:
    pytest.importorskip("cosmic_ray", reason="cosmic-ray is not installed (pip install -e '.[dev]')")
    source = "import b\n\ntry:\n    x = b.c(1)\nexcept b.Error:\n    x = 2\n"
    assert any("x = 3" in mutant for mutant in program.mutants(source, random.Random(1)))


def test_modules_are_found_by_name_and_by_folder(program: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program.modules_of(["store/", "hints.py", "store/tree.py"])
    assert {"store/tree.py", "hints.py"} <= set(found)
    assert len(set(found)) == len(found)
    assert "store/__init__.py" not in found
    assert program.test_of("store/tree.py") == "tests/store/test_tree.py"
    monkeypatch.setattr(program, "TESTED_BY", {"store/tree.py": ("tests/store/test_folder.py", "why")})
    assert program.test_of("store/tree.py") == "tests/store/test_folder.py"
    with pytest.raises(SystemExit, match=r"no module 'nothing\.py'"):
        program.modules_of(["nothing.py"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a small project."""
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "a.py").write_text(SOURCE)
    return tmp_path


def test_survivors_are_told_and_the_module_is_as_it_was(
    program: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = [SOURCE.replace("< LIMIT", "<= LIMIT"), SOURCE.replace("= 3", "= 4")]
    monkeypatch.setattr(program, "ROOT", folder)
    monkeypatch.setattr(program, "PACKAGE", "pkg")
    monkeypatch.setattr(program, "test_of", lambda _: "test_a.py")
    monkeypatch.setattr(program, "sample", lambda *_: tried)
    (folder / "test_a.py").write_text("from pkg.a import fits\n\ndef test_fits():\n    assert not fits(3)\n")
    copies: SimpleQueue[Any] = SimpleQueue()
    copies.put(program.Preloaded(folder))
    with ThreadPoolExecutor(1) as pool:
        assert program.try_module("a.py", 2, copies, pool, 60).survivors == ()
        (folder / "test_a.py").write_text("from pkg.a import fits\n\ndef test_fits():\n    assert fits(2)\n")
        outcome = program.try_module("a.py", 2, copies, pool, 60)
        assert (outcome.tried, len(outcome.survivors)) == (2, 2)
        assert "+LIMIT: int | None = 4" in outcome.survivors[1]
        assert program.try_module("a.py", 2, copies, pool, 0).tried == 0
        (folder / "test_a.py").write_text("def test_fits():\n    raise ValueError\n")
        assert "fails as it is" in program.try_module("a.py", 2, copies, pool, 60).problem
    assert (folder / "pkg" / "a.py").read_text() == SOURCE
    copies.get().close()


def test_figures_as_a_page(program: ModuleType) -> None:
    outcomes = [
        program.Outcome("a.py", 10, ("x",), 1),
        program.Outcome("b.py", 10, ("x", "y"), 1),
        program.Outcome("c.py", 0, (), 1, "its test fails"),
    ]
    before = "# Results\n\nText.\n\n## Mutants\n\nold\n\n| b.py | 1 of 1 | old |\n| z.py | 2 of 2 | kept |\n"
    page = program.with_outcomes(before, outcomes, 25)
    assert page.startswith("# Results\n\nText.\n\n## Mutants\n\n    make mutants\n")
    assert page.splitlines()[-4:] == [
        "| --- | --- | --- |",
        "| a.py | 9 of 10 | ≥ 90%: holds |",
        "| b.py | 8 of 10 | ≥ 90%: **missed** |",
        "| z.py | 2 of 2 | kept |",
    ]
    assert program.with_outcomes(page, [], 25) == page
    assert program.with_outcomes(f"{before}\n## More\n\nKept.\n", outcomes, 25) == f"{page}\n## More\n\nKept.\n"
