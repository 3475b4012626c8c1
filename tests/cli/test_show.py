"""``show``: what a reader sees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run


@pytest.fixture
def iris(practice_hub: FaultyHub, run: Run) -> None:
    assert run("catalog-new-dataset", *IRIS, "--data-path", ".").code == 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The practice catalog."""
    folder = tmp_path / "practice" / "catalog"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put(root: Path, name: str, **members: Any) -> None:
    """An entry as a curator may have made it by hand."""
    (root / name).mkdir()
    record = {"name": name, "pretty_name": name.title(), "size_categories": ["n<1K"], **members}
    (root / name / "record.json").write_text(json.dumps(record))


@pytest.mark.usefixtures("iris")
def test_show_tells_a_reader_what_there_is_and_what_to_do(run: Run, folder: Path) -> None:
    assert run("catalog-new-dataset", "Iris again", "iris2", *IRIS[2:]).code == 0
    lines = run("show", "iris").out.splitlines()
    assert lines[0] == "Iris (iris)"
    assert lines[2].startswith("Length and width of the sepals")
    out = "\n".join(" ".join(line.split()) for line in lines)
    assert f"Data {folder}" in out
    assert "Access you can open it" in out
    assert "To load it 'huggingnersc open iris --notebook' copies its loader notebook to this folder" in out
    assert "To cite it 'huggingnersc cite iris' prints BibTeX" in out
    assert "iris2 Iris again n<1K" in out[out.index("Related\n") :]
    assert "etag" not in out


@pytest.mark.usefixtures("iris")
def test_show_versions(run: Run) -> None:
    assert run("update", "iris", "--set", "license=mit", "--set", "papers=").code == 0
    out = run("show", "iris", "--versions").out
    part = out[out.index("Versions\n") :]
    assert "Update iris (practice-admin)\n            README.md changed, record.json changed\n" in part
    assert "            license: cc0-1.0 → mit\n" in part
    assert "            pretty_name added: Iris\n" in part
    newest = run("show", "iris", "--versions", "--json").json["versions"][0]
    assert {"path": "README.md", "change": "changed"} in newest["files"]


@pytest.mark.usefixtures("iris")
def test_show_card(run: Run) -> None:
    out = run("show", "iris", "--card").out
    assert "pretty_name: Iris" in out[out.index("Card\n") :]
    assert run("show", "iris", "--card", "--json").json["card"].startswith("---\n")


def test_show_of_a_record_with_nothing_but_a_name(run: Run, root: Path) -> None:
    put(root, "sky")
    result = run("show", "sky", "--card", "--versions")
    assert result.code == 0
    assert "It is not on the Hub." in result.out
    assert "It has no card." in result.out
    assert "To load it" not in result.out
    assert "On the Hub" not in result.out
    found = run("show", "sky", "--card", "--versions", "--json").json
    assert (found["card"], found["versions"], found["related"], found["notebook"]) == (None, [], [], None)


def test_show_obeys_nothing_that_others_wrote_and_cuts_what_is_long(run: Run, root: Path) -> None:
    put(root, "sky", pretty_name="Sky\x1b[2J\u202e", description="\x1b]0;x\x07" + "word " * 1000)
    result = run("show", "sky")
    assert result.code == 0
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    assert len(result.out) < 3000
    assert "… (--card shows all of it)" in result.out


@pytest.mark.parametrize("command", ["show", "open"])
@pytest.mark.parametrize("name", ["nothing", "..", "../etc", "a/b", "", "x" * 300, "é", "a\nb"])
def test_a_name_that_is_none(run: Run, root: Path, command: str, name: str) -> None:
    put(root, "sky")
    for options in ((), ("--json",), ("--versions",) if command == "show" else ("--notebook",)):
        result = run(command, name, *options)
        assert result.code == 4, result.err
        assert result.out == ""


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize("kind", ["server_error", "garbage", "drop_before"])
def test_versions_of_a_hub_in_trouble(kind: Any, run: Run, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add(kind, path="*/commits/*", count=None)
    result = run("show", "iris", "--versions", "--json")
    assert (result.code, result.problem["code"]) == (7, "upstream")
    assert run("show", "iris").code == 0
