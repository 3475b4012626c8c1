"""Folders as people keep them: which fields are right, wrong or left, and where each value comes from.

``tests/examples/folders.json`` says what a careful person would take from each folder.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection.prefill.suggest import suggest

EXAMPLES = Path(__file__).parents[3] / "examples"
EXPECTED: dict[str, dict[str, Any]] = json.loads((EXAMPLES / "folders.json").read_text("utf-8"))
MAIN = ("pretty_name", "description", "authors", "license", "tags", "doi", "loader")
"""The fields that a person would look up in such files."""


def found_in(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for member, choices in suggest(str(EXAMPLES / "folders" / name)).fields.items():
        first, *others = choices
        found[member] = {"value": first.value, "files": [origin.file for origin in first.origins]}
        if others:
            found[member]["others"] = [other.value for other in others]
    return found


def test_each_folder_is_expected() -> None:
    folders = {path.name for path in (EXAMPLES / "folders").iterdir()}
    assert len(folders) >= 12
    assert folders == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_fields_and_where_they_come_from(name: str) -> None:
    assert found_in(name) == EXPECTED[name]["fields"]


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_skipped(name: str) -> None:
    found = {one.file: one.reason for one in suggest(str(EXAMPLES / "folders" / name)).skipped}
    assert found == EXPECTED[name]["skipped"]


def test_passages_are_from_the_files() -> None:
    choice = suggest(str(EXAMPLES / "folders" / "weather")).fields["license"][0]
    assert [(origin.file, origin.passage[:25]) for origin in choice.origins] == [
        ("CITATION.cff", "license: CC-BY-4.0"),
        ("LICENSE", "This data is licensed und"),
    ]


def test_table_of_fields() -> None:
    """Over all folders that describe their data, few of the main fields are left to type."""
    rows = []
    for name, expected in EXPECTED.items():
        found = found_in(name)
        right = [member for member in MAIN if member in found and found[member] == expected["fields"].get(member)]
        wrong = [member for member in MAIN if member in found and found[member] != expected["fields"].get(member)]
        left = [member for member in MAIN if member not in found]
        rows.append((name, right, wrong, left))
        print(  # noqa: T201 - the table, with pytest -s
            f"{name:<14} right {len(right)}  wrong {len(wrong)}  left {len(left)}: {', '.join(left)}"
        )
    counted = {name: (len(right), len(wrong), len(left)) for name, right, wrong, left in rows}
    assert counted == {
        "bare": (0, 0, 7),
        "birds": (5, 0, 2),
        "crate": (4, 0, 3),
        "disagreeing": (5, 0, 2),
        "eeg": (6, 0, 1),
        "galaxies": (4, 0, 3),
        "genomes": (6, 0, 1),
        "hostile": (0, 0, 7),
        "iris": (5, 0, 2),
        "ocean": (4, 0, 3),
        "particles": (7, 0, 0),
        "questions": (4, 0, 3),
        "survey": (2, 0, 5),
        "weather": (7, 0, 0),
    }
