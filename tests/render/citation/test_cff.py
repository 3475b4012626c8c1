"""``CITATION.cff``, held against its schema."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.record.vocabulary import load_vocabulary
from tests.render.citation.sky import CFF_SCHEMA, RECORD, read_cff, read_datacite, sky


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
