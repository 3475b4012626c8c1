"""Croissant, read by mlcroissant itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.record.model import Author, DatasetRecord, Distribution
from huggingnersc_lab.render.citation.bibtex import bibtex
from huggingnersc_lab.render.croissant import NO_DIGEST, croissant
from huggingnersc_lab.render.entry import Entry, cataloged
from huggingnersc_lab.sites import load_site

# rdflib, which it stands on, warns of its own classes.
pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset).*:DeprecationWarning")

NERSC = load_site("nersc", environ={})
SKY = DatasetRecord(
    "sky",
    "Sky maps",
    ("1M<n<10M",),
    description="Maps of the sky.",
    authors=(Author("Doe, Jane", orcid="0000-0002-1825-0097"), Author("Sand and Sea Lab")),
    license="cc-by-4.0",
    language=("en",),
    tags=("astronomy",),
    doi="10.5281/zenodo.1234",
    data_path="/global/cfs/cdirs/m1234/www/sky maps.h5",
    distributions=(Distribution("link", "s3://bucket/sky"),),
    repo_id="NERSC/sky",
    published_at="2026-02-03T04:05:06Z",
    updated_at="2026-03-04T05:06:07Z",
)


def read(entry: Entry) -> tuple[Any, set[str]]:
    """The dataset as mlcroissant understands it, and the properties that it misses; raises for an error."""
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=json.loads(json.dumps(croissant(entry))))
    missed = set()
    for issue in dataset.metadata.ctx.issues.warnings:
        assert "is recommended, but does not exist" in issue, issue
        missed.add(issue.split('"')[1].rpartition("/")[2])
    return dataset.metadata, missed


def test_mlcroissant_takes_every_entry(entry: Entry) -> None:
    metadata, missed = read(entry)
    assert metadata.name == entry.record.name
    # A dataset has commits, and no version of three numbers as Croissant wants it.
    assert "version" in missed
    assert missed <= {"version", "datePublished", "license"}
    assert ("license" in missed) == (entry.record.license is None)


def test_what_it_says() -> None:
    metadata, missed = read(Entry(SKY, NERSC))
    assert missed == {"version"}
    assert metadata.conforms_to == ["http://mlcommons.org/croissant/1.0"]
    assert (metadata.description, metadata.keywords) == ("Maps of the sky.", ["astronomy"])
    assert [person.name for person in metadata.creators] == ["Doe, Jane", "Sand and Sea Lab"]
    assert metadata.license == ["https://spdx.org/licenses/CC-BY-4.0.html"]
    assert metadata.date_published.isoformat() == "2026-02-03T00:00:00"
    assert metadata.cite_as == bibtex(Entry(SKY, NERSC)).strip()
    assert metadata.url == "https://huggingface.co/datasets/NERSC/sky"
    files = {
        resource.id: (resource.content_url, resource.encoding_formats, resource.sha256)
        for resource in metadata.distribution
    }
    assert files == {
        "repo": ("https://huggingface.co/datasets/NERSC/sky", ["git+https"], NO_DIGEST),
        "portal": ("https://portal.nersc.gov/cfs/m1234/sky%20maps.h5", ["application/x-hdf5"], NO_DIGEST),
        "download": ("s3://bucket/sky", ["application/octet-stream"], NO_DIGEST),
    }


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        ("https://example.org/data", "text/html"),
        ("https://example.org/data/", "text/html"),
        ("https://example.org", "text/html"),
        ("https://example.org/a.csv", "text/csv"),
        ("https://example.org/a.csv.gz", "application/gzip"),
        ("https://example.org/a.zip?raw=1", "application/zip"),
        ("https://example.org/a.unheard-of", "application/octet-stream"),
        ("globus://collection/folder", "application/octet-stream"),
    ],
)
def test_the_kind_of_an_address(link: str, kind: str) -> None:
    record = replace(SKY, data_path=None, distributions=(Distribution("link", link),))
    found = croissant(Entry(record, NERSC))["distribution"]
    assert [item["encodingFormat"] for item in found] == ["git+https", kind]


def test_what_is_on_no_lasting_hub_has_no_repository() -> None:
    practice = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": "/practice"})
    metadata, _ = read(Entry(replace(SKY, distributions=(), data_path=None), practice))
    assert (metadata.distribution, metadata.url) == ([], None)
    never_published = Entry(replace(SKY, repo_id=None), NERSC)
    assert [item["@id"] for item in croissant(never_published)["distribution"]] == ["portal", "download"]


@pytest.mark.parametrize("moment", ["soon", "2026-13-01T00:00:00Z", ""])
def test_what_is_no_moment_is_left_out(moment: str) -> None:
    metadata, _ = read(Entry(replace(SKY, updated_at=moment), NERSC))
    assert metadata.date_modified is None


def test_what_is_only_in_the_catalog_has_no_page_on_the_hub() -> None:
    proposed = croissant(cataloged(SKY, NERSC))
    assert "huggingface.co" not in json.dumps(proposed)
    published = croissant(cataloged(replace(SKY, revision="1" * 40), NERSC))
    assert published["url"] == "https://huggingface.co/datasets/NERSC/sky"


@given(title=st.text(min_size=1), text=st.text(), name=st.text(min_size=1))
def test_any_text_is_taken(title: str, text: str, name: str) -> None:
    record = replace(SKY, pretty_name=title, description=text, tags=(text, name), authors=(Author(name),), license=text)
    document = json.loads(json.dumps(croissant(Entry(record, NERSC))))
    assert document["alternateName"] if title.strip() else "alternateName" not in document
    assert document["creator"][0]["name"]


def test_each_way_to_have_the_data_comes_with_what_is_known_of_it(entry_named: Callable[[str], Entry]) -> None:
    found = croissant(entry_named("shared"))
    named = {item["@id"]: item for item in found["distribution"]}
    assert list(named) == ["repo", "download", "torrent", "torrent-2", "portal-2"]
    assert (named["download"]["sha256"], named["download"]["md5"]) == ("0" * 64, "1" * 32)
    assert (named["download"]["contentSize"], named["download"]["description"]) == ("4606 B", "The data.")
    assert named["torrent"]["encodingFormat"] == "application/x-bittorrent"
    assert named["torrent"]["sha256"] == NO_DIGEST
    assert "sha256" not in named["portal-2"]
    assert found["funding"][0]["identifier"] == "DE-AC02-05CH11231"
