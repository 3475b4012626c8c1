"""The check that tests mirror the package, and that files stay small."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_tests.py"


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The check, with no exceptions."""
    spec = importlib.util.spec_from_file_location("check_tests", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("TESTED_BY", "UNTESTED", "FREE"):
        monkeypatch.setattr(module, name, {})
    return module


def faults(checker: ModuleType, *paths: str, **sources: str) -> list[str]:
    return checker.check_mirrors({**dict.fromkeys(paths, ""), **sources})  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("hints.py", "tests/test_hints.py"),
        ("store/tree.py", "tests/store/test_tree.py"),
        ("hub/__init__.py", "tests/hub/test_hub.py"),
        ("__init__.py", "tests/test_package.py"),
        ("index/snapshot/__init__.py", "tests/index/snapshot/test_snapshot.py"),
    ],
)
def test_mirror(module: str, test: str, checker: ModuleType) -> None:
    assert checker.mirror(module) == test
    assert faults(checker, f"huggingnersc_lab/{module}", test) == []


def test_a_module_without_its_test_and_a_test_without_its_module(checker: ModuleType) -> None:
    assert faults(checker, "huggingnersc_lab/a/b.py", "tests/a/test_c.py") == [
        "a/b.py: has no tests/a/test_b.py",
        "tests/a/test_c.py: no module has this name; a test of several belongs in a folder 'scenarios'",
    ]
    assert faults(checker, "tests/a/scenarios/test_c.py", "tests/a/conftest.py") == []


def test_scripts_have_their_tests(checker: ModuleType) -> None:
    assert faults(checker, "scripts/make_it.py", "tests/scripts/test_make_it.py") == []
    assert len(faults(checker, "tests/scripts/test_make_it.py")) == 1


@pytest.mark.parametrize(
    ("source", "count"), [('"""Words."""\nfrom a import b\n\nALL = [b]\n', 0), ("def a():\n    pass\n", 1)]
)
def test_only_a_package_that_does_something_needs_a_test(source: str, count: int, checker: ModuleType) -> None:
    found = checker.check_mirrors({"huggingnersc_lab/a/__init__.py": source})
    assert len(found) == count


@pytest.mark.parametrize(
    ("exceptions", "paths", "count"),
    [
        ({"TESTED_BY": {"a.py": ("tests/test_b.py", "why")}}, ("a.py", "b.py", "tests/test_b.py"), 0),
        (
            {"TESTED_BY": {"a.py": ("tests/test_b.py", "why")}},
            ("a.py", "b.py", "tests/test_b.py", "tests/test_a.py"),
            1,
        ),
        ({"TESTED_BY": {"a.py": ("tests/test_c.py", "why")}}, ("a.py",), 1),
        ({"TESTED_BY": {"a.py": ("tests/test_b.py", "why")}}, ("b.py", "tests/test_b.py"), 1),
        ({"UNTESTED": {"a/": "why"}}, ("a/b.py", "a/c/d.py"), 0),
        ({"UNTESTED": {"a/": "why"}}, (), 1),
        ({"FREE": {"tests/a/": "why"}}, ("tests/a/test_b.py",), 0),
        ({"FREE": {"tests/test_b.py": "why"}}, (), 1),
    ],
)
def test_exceptions_are_needed_and_true(
    exceptions: dict[str, Any], paths: tuple[str, ...], count: int, checker: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in exceptions.items():
        monkeypatch.setattr(checker, name, value)
    named = (path if path.startswith("tests/") else f"huggingnersc_lab/{path}" for path in paths)
    assert len(faults(checker, *named)) == count


def test_sizes(checker: ModuleType) -> None:
    sources = {"a.py": "x = 1\n" * 350, "b.py": "x = 1\n" * 351}
    files = [f"huggingnersc_lab/{folder}/{number}" for folder, most in (("a", 20), ("b", 21)) for number in range(most)]
    assert checker.check_sizes(sources, files) == [
        "b.py: 351 lines, more than 350",
        "huggingnersc_lab/b/: 21 files, more than 20",
    ]


def test_the_project_keeps_to_it() -> None:
    spec = importlib.util.spec_from_file_location("check_tests", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.main() == 0
