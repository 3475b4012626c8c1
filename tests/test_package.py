"""What a start imports: heavy libraries come with the first call that needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

import huggingnersc_lab

HEAVY = ("dulwich", "fastjsonschema", "huggingface_hub", "jsonschema", "nbformat", "ruamel.yaml", "tornado", "jinja2")


def imported_by(code: str) -> set[str]:
    """Those of the heavy libraries that a fresh interpreter has imported after ``code``."""
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\n"
    script += f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60)
    return set(eval(done.stderr.splitlines()[-1]))


def run(*arguments: str) -> str:
    return f"sys.argv = ['huggingnersc', *{arguments}]; from huggingnersc_lab.cli import main; main()"


@pytest.mark.parametrize("code", ["import huggingnersc_lab", run("--help"), run("--version"), run("update", "--help")])
def test_a_start_imports_nothing_heavy(code: str) -> None:
    assert imported_by(code) == set()


@pytest.mark.parametrize("command", [("list",), ("inspect-dataset", "iris")])
def test_looking_at_the_catalog_imports_no_client_and_no_server(command: tuple[str, ...]) -> None:
    assert not {"huggingface_hub", "tornado", "dulwich", "jsonschema", "nbformat"} & imported_by(run(*command))


def test_a_search_imports_the_client_only_to_ask_the_hub_anew() -> None:
    first, second = (imported_by(run("search", "iris")) for _ in range(2))
    assert "huggingface_hub" in first
    assert not {"huggingface_hub", "tornado", "dulwich", "jsonschema", "nbformat"} & second


def test_a_dry_run_imports_no_client_and_no_server() -> None:
    from importlib.resources import files

    example = files("huggingnersc_lab") / "examples" / "iris"
    arguments = ("Iris", "iris", str(example / "load_iris.py"), str(example / "metadata.json"), "--dry-run")
    found = imported_by(run("catalog-new-dataset", *arguments))
    assert "ruamel.yaml" in found  # it did render
    assert not {"huggingface_hub", "tornado", "dulwich"} & found


def test_the_public_names_are_there() -> None:
    for name in huggingnersc_lab.__all__:
        assert getattr(huggingnersc_lab, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        huggingnersc_lab.__getattr__("nonsense")
