from __future__ import annotations

import json

import pytest

from huggingnersc_lab.render.citation import apa
from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run


@pytest.fixture
def iris(practice_hub: FaultyHub, run: Run) -> None:
    assert run("catalog-new-dataset", *IRIS).code == 0


@pytest.mark.usefixtures("iris")
def test_cite_prints_bibtex_unless_another_format_is_wanted(run: Run) -> None:
    said = run("cite", "iris")
    assert (said.code, said.out.startswith("@misc{"), said.out.endswith("}\n")) == (0, True, True)
    assert not said.out.endswith("\n\n")
    assert "[Dataset]" in run("cite", "iris", "--format", "apa").out
    assert run("cite", "iris", "--format", "cff").out.startswith("cff-version: 1.2.0\n")
    assert json.loads(run("cite", "iris", "--format", "datacite").out)["titles"] == [{"title": "Iris"}]


@pytest.mark.usefixtures("iris")
def test_cite_for_programs(run: Run) -> None:
    (found,) = run("cite", "iris", "--json").json["citations"]
    assert (found["format"], found["file_name"]) == ("bibtex", "iris.bib")


@pytest.mark.usefixtures("iris")
def test_what_a_missing_format_needs_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apa, "is_available", lambda: False)
    said = run("cite", "iris", "--format", "apa")
    assert said.code == 4
    assert "pip install 'huggingnersc_lab[cite]'" in said.plain
    assert "Formats available for 'iris': bibtex, cff, datacite." in said.plain


def test_a_name_that_is_none(run: Run, practice_hub: FaultyHub) -> None:
    assert run("cite", "nothing").code == 4
    assert run("cite", "../etc").code == 4


def test_a_format_that_is_none(run: Run) -> None:
    said = run("cite", "iris", "--format", "endnote")
    assert said.code == 2
    assert "endnote" in said.err


def test_the_formats_are_those_that_are_rendered() -> None:
    from huggingnersc_lab.cli.cite import CitationFormat
    from huggingnersc_lab.render.citation import FORMATS

    assert tuple(item.value for item in CitationFormat) == FORMATS
