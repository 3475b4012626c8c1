"""All formats of citations together."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.record.model import Author
from huggingnersc_lab.render.citation import FORMATS, citations
from huggingnersc_lab.render.citation.apa import apa
from huggingnersc_lab.render.entry import Entry
from tests.render.citation.sky import PRACTICE, read_cff, read_datacite, sky


def test_half_a_character_breaks_no_format() -> None:
    for citation in citations(sky(pretty_name="S\ud800", description="\udfff", authors=(Author("\ud800 x"),))):
        json.dumps(citation.text).encode()


def test_there_is_one_of_each_format() -> None:
    found = citations(sky())
    assert tuple(citation.format for citation in found) == FORMATS
    assert [citation.file_name for citation in found] == ["sky.bib", "sky.txt", "CITATION.cff", "sky.datacite.json"]
    assert all(citation.text.endswith("\n") and citation.label for citation in found)


def test_every_entry_fits_the_schemas(entry: Entry) -> None:
    for citation in citations(entry):
        assert citation.text.strip()
    assert read_cff(entry)["title"] == " ".join(entry.record.pretty_name.split())
    if entry.record.published_at:
        assert read_datacite(entry)["titles"] == [{"title": " ".join(entry.record.pretty_name.split())}]


@given(
    title=st.text(min_size=1),
    name=st.text(),
    text=st.text(),
    doi=st.from_regex(r"10\.[0-9]{4,9}/[^\s\x1c-\x1f\x85\ufeff<>\"]+", fullmatch=True),
)
def test_no_text_breaks_a_format(title: str, name: str, text: str, doi: str) -> None:
    authors = (Author(name, affiliation=text), Author(text), Author(name))
    entry = sky(pretty_name=f"T{title}", authors=authors, description=text, tags=(text, name), doi=doi)
    assert read_cff(entry)["title"] == " ".join(f"T{title}".split())
    assert read_datacite(entry)["doi"] == doi
    reference = apa(entry)
    assert "(2026, " not in reference  # of a dataset APA gives the year alone
    assert (reference.count("\n"), "[Dataset]" in reference) == (1, True)


def test_where_nobody_is_named_the_centre_stands_for_the_authors() -> None:
    entry = sky(authors=(), doi=None)
    address = "https://huggingface.co/datasets/NERSC/sky"
    assert apa(entry) == f"NERSC. (2026). Sky {{maps}} & more [Dataset]. {address}\n"
    assert read_cff(entry)["authors"] == [{"name": "NERSC"}]
    assert read_datacite(entry)["creators"] == [{"name": "NERSC", "nameType": "Organizational"}]
    assert "author" not in citations(entry)[0].text
    practice = replace(entry, site=PRACTICE)
    assert read_datacite(practice)["publisher"] == {"name": "NERSC"}
    assert "url" not in read_datacite(practice)


def test_an_author_without_a_name_is_none() -> None:
    entry = sky(authors=(Author(" "), Author("Doe, Jane")))
    assert read_cff(entry)["authors"] == [{"family-names": "Doe", "given-names": "Jane"}]
    assert "author = {Doe, Jane}" in citations(entry)[0].text


def test_the_authors_own_bibtex_is_kept() -> None:
    assert citations(sky(citation="@article{x}\n\n"))[0].text == "@article{x}\n"
