from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.record.model import Author, DatasetRecord
from huggingnersc_lab.render.citation.bibtex import bibtex
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import load_site

NERSC = load_site("nersc", environ={})


@given(title=st.text(min_size=1), name=st.text(min_size=1), doi=st.text())
def test_braces_are_balanced_at_every_point(title: str, name: str, doi: str) -> None:
    text = bibtex(Entry(DatasetRecord("x", title, authors=(Author(name),), doi=doi), NERSC))
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert text.endswith("}\n")
    assert re.match(r"@misc\{[a-z0-9-]+,\n", text)


def test_special_characters_are_those_of_latex() -> None:
    text = bibtex(Entry(DatasetRecord("x", r"100% of A&B_{c}^2 ~ $5 #1 \d"), NERSC))
    title = (
        r"100\% of A\&B\_"
        r"\textbraceleft{}c\textbraceright{}\textasciicircum{}2 \textasciitilde{} \$5 \#1 \textbackslash{}d"
    )
    assert f"  title = {{{{{title}}}}},\n" in text


def test_names_are_joined_and_institutions_kept_whole() -> None:
    authors = (Author("Sand and Sea Lab"), Author("Doe, Jane"), Author("Lab, Dept., Univ."), Author("Max Mustermann"))
    text = bibtex(Entry(DatasetRecord("x", "X", authors=authors), NERSC))
    assert "author = {{Sand and Sea Lab} and Doe, Jane and {Lab, Dept., Univ.} and Max Mustermann}" in text


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Łukasz Żółw", "zolw"),
        ("Doe, Jane", "doe"),
        ("Jean-Luc Saint-Exupéry", "saintexupery"),
        ("Søren Aabye", "aabye"),
    ],
)
def test_the_key_is_family_name_year_and_nickname(name: str, key: str) -> None:
    record = DatasetRecord("My_Set.1", "X", authors=(Author(name),), published_at="2026-02-03T04:05:06Z")
    text = bibtex(Entry(record, NERSC))
    assert text.startswith(f"@misc{{{key}-2026-my-set-1,\n")
    assert "  year = {2026},\n" in text
    assert r"howpublished = {\url{https://huggingface.co/datasets/NERSC/My_Set.1}}" in text


def test_a_citation_that_was_given_takes_its_place(entry_named: Callable[[str], Entry]) -> None:
    entry = entry_named("iris")
    given_one = "\n@article{fisher1936, title={The use}}  \n"
    assert bibtex(replace(entry, record=replace(entry.record, citation=given_one))) == given_one.strip() + "\n"


def test_an_entry_of_the_practice_hub_has_no_address_there() -> None:
    assert "url" not in bibtex(Entry(DatasetRecord("x", "X"), load_site("sandbox", environ={})))
