"""What agrees is one choice; what disagrees are several; what a record cannot have is none."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.inspection.prefill.choices import MAX_CHOICES, Choice, Origin, choices_of, valid_value
from huggingnersc_lab.inspection.prefill.suggestion import Suggestion


def found(*items: tuple[str, str, Any]) -> list[tuple[str, Suggestion]]:
    return [(file, Suggestion(member, value, f"{file} says")) for file, member, value in items]


def origins(*files: str) -> tuple[Origin, ...]:
    return tuple(Origin(file, f"{file} says") for file in files)


def test_equal_titles_are_one_choice() -> None:
    choices = choices_of(found(("a", "pretty_name", "Rain Gauges"), ("b", "pretty_name", "Rain gauges")))
    assert choices == {"pretty_name": (Choice("Rain Gauges", origins("a", "b")),)}


def test_the_more_detailed_authors_win() -> None:
    full = [{"name": "A B", "orcid": "0000-0002-1825-0097"}]
    choices = choices_of(found(("a", "authors", [{"name": "A B"}]), ("b", "authors", full)))
    assert choices == {"authors": (Choice(full, origins("a", "b")),)}


def test_other_values_are_other_choices() -> None:
    choices = choices_of(found(("a", "doi", "10.5072/1"), ("b", "doi", "https://doi.org/10.5072/2")))
    assert choices == {"doi": (Choice("10.5072/1", origins("a")), Choice("10.5072/2", origins("b")))}


def test_lists_are_joined() -> None:
    choices = choices_of(found(("a", "tags", ["x"]), ("b", "tags", ["X", "y"]), ("c", "tags", ["x"])))
    assert choices == {"tags": (Choice(["x", "y"], origins("a", "b")),)}


def test_what_speaks_of_the_data_comes_first() -> None:
    explicit = ("b", Suggestion("license", "cc-by-4.0", "b says", is_explicit=True))
    choices = choices_of([*found(("a", "license", "mit")), explicit])
    assert [choice.value for choice in choices["license"]] == ["cc-by-4.0", "mit"]


def test_the_own_doi_is_no_paper() -> None:
    choices = choices_of(found(("a", "papers", ["10.5072/1", "10.5072/2"]), ("b", "doi", "10.5072/1")))
    assert choices["papers"] == (Choice(["10.5072/2"], origins("a")),)
    assert "papers" not in choices_of(found(("a", "papers", ["10.5072/1"]), ("b", "doi", "10.5072/1")))


@pytest.mark.parametrize("member", ["name", "data_path", "repo_id", "private", "schema_version", "nothing"])
def test_fields_that_no_file_decides(member: str) -> None:
    assert choices_of(found(("a", member, "x"))) == {}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("homepage", "javascript:alert(1)"),
        ("pretty_name", "<script>alert(1)</script>"),
        ("pretty_name", "x" * 201),
        ("pretty_name", ["x"]),
        ("license", "mine"),
        ("license", 7),
        ("authors", [{"name": ""}]),
        ("tags", [["a"], {"b": 1}]),
        ("doi", "doi"),
        ("description", "\ud800"),
    ],
)
def test_what_a_record_cannot_have(member: str, value: Any) -> None:
    assert valid_value(member, value) is None


def test_invalid_items_are_left_out_alone() -> None:
    assert valid_value("language", ["en", "xx-none", "en"]) == ["en"]
    assert len(valid_value("tags", [f"t{number}" for number in range(5000)])) == 200


def test_many_choices_are_cut() -> None:
    many = found(*((f"f{number}", "doi", f"10.5072/{number}") for number in range(50)))
    assert len(choices_of(many)["doi"]) == MAX_CHOICES
