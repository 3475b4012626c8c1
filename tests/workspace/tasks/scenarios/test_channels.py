"""A DOI and a place at the centre, from the job to the entry, its card and the Hub."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from tests.channels.stand_ins.datacite import KEY, DataCite, datacite_api
from tests.channels.stand_ins.service import Service

Running = tuple[Service, DataCite]


@pytest.fixture(autouse=True)
def running(tmp_path: Path, choice: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A practice site with a DataCite of this machine, and a shared area."""
    monkeypatch.setenv("DATACITE_KEY", KEY)
    with datacite_api() as (service, repository):
        file = tmp_path / "site.toml"
        file.write_text(
            'name = "sandbox"\ntitle = "the practice site"\norganization = "NERSC"\nhub_url = "practice"\n'
            '[channels.doi]\nservice = "datacite"\n'
            f'[channels.doi.datacite]\nurl = "{service.url}"\nprefix = "10.5072"\n'
            f'[channels.request]\nmailbox = "data@example.org"\ntarget = "{tmp_path}/shared/{{name}}"\n'
        )
        object.__setattr__(choice, "site", str(file))
        yield service, repository


@pytest.fixture
def data(tmp_path: Path, carry: Any) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "iris.csv").write_text("a,b\n1,2\n")
    values = {
        "name": "iris",
        "pretty_name": "Iris",
        "size_categories": ["n<1K"],
        "license": "mit",
        "authors": [{"name": "Doe, Jane"}],
        "homepage": "https://example.org/iris",
        "data_path": str(folder),
    }
    outcome = carry("publish", values=values)
    assert outcome.state == "succeeded", outcome.error
    return folder


def share(carry: Any, channel: str, action: str, **options: Any) -> Any:
    outcome = carry("share", channel=channel, action=action, options=options)
    assert outcome.state == "succeeded", outcome.error
    return outcome


def test_a_doi_from_the_draft_to_the_card(
    carry: Any, data: Path, catalog: Catalog, running: Running, tmp_path: Path
) -> None:
    share(carry, "doi", "reserve")
    record = catalog.store.read("iris").record
    doi = str(record.doi)
    assert list(running[1].dois) == [doi]
    assert (record.distributions[0].state, record.public_doi) == ("reserved", None)
    assert f"DOI: {doi} (reserved, not published yet)" in catalog.repository("iris").card
    share(carry, "doi", "publish")
    record = catalog.store.read("iris").record
    assert (record.public_doi, running[1].dois[doi]["state"]) == (doi, "findable")
    assert f"DOI: [{doi}](https://doi.org/{doi})" in catalog.repository("iris").card
    secret = KEY.partition(":")[2].encode()
    assert [path for path in tmp_path.rglob("*") if path.is_file() and secret in path.read_bytes()] == []


def test_a_doi_that_was_given_back_is_gone_from_entry_and_card(
    carry: Any, data: Path, catalog: Catalog, running: Running
) -> None:
    share(carry, "doi", "reserve")
    share(carry, "doi", "withdraw")
    record = catalog.store.read("iris").record
    assert (record.doi, record.distributions, running[1].dois) == (None, (), {})
    assert "DOI:" not in catalog.repository("iris").card


def test_a_doi_of_elsewhere(carry: Any, data: Path, catalog: Catalog) -> None:
    share(carry, "doi", "enter", doi="https://doi.org/10.1000/a%3C1%3E")
    assert catalog.store.read("iris").record.doi == "10.1000/a<1>"
    share(carry, "doi", "enter", doi="10.1000/2")
    record = catalog.store.read("iris").record
    assert (record.doi, len(record.distributions)) == ("10.1000/2", 1)


def test_a_place_at_the_centre(carry: Any, data: Path, catalog: Catalog, tmp_path: Path) -> None:
    outcome = share(carry, "request", "ask")
    assert outcome.result["url"].startswith("mailto:data@example.org?subject=")
    assert f"Path now: {data}" in outcome.result["copy_text"]
    assert catalog.store.read("iris").record.distributions[0].state == "requested"
    assert "mailto:" not in catalog.repository("iris").card
    shutil.copytree(data, tmp_path / "shared" / "iris")
    assert "has arrived" in share(carry, "request", "check").result["text"]
    assert catalog.store.read("iris").record.data_path == str(data)
    share(carry, "request", "move")
    record = catalog.store.read("iris").record
    assert (record.data_path, record.distributions) == (str(tmp_path / "shared" / "iris"), ())
