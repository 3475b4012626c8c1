"""A program with one more field wrote an entry: this one, which does not know the field, drops nothing of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.cli.browse import shown_facts
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import dump_record
from huggingnersc_lab.render.entry_files import BASE_CARD_FILE, CARD_FILE, RECORD_FILE
from huggingnersc_lab.workspace.draft_checks import content_of, content_of_repository, examine
from huggingnersc_lab.workspace.locations import Locations
from tests.practice_hub import FaultyHub

REPO = "NERSC/iris"
MORE: dict[str, Any] = {"instrument": {"name": "Ruler", "serial": None, "parts": [1.5, True]}, "quality": "good"}
ROLE = {"role": "measured"}
SECTION = "## Instrument\n\nA ruler.\n\n"


def richer(record: dict[str, Any]) -> dict[str, Any]:
    """The record as a program with more fields writes it."""
    authors = [author | ROLE for author in record["authors"]]
    return record | {"authors": authors, "verification": {"status": "passed", "at": "2026-01-31", "gpu": "none"}} | MORE


def card_with_more(card: str) -> str:
    """Its card: a key, a section, and a line in a section that we make, too."""
    card = card.replace("viewer: false\n", "viewer: false\ninstrument: ruler\n")
    card = card.replace("## Licence\n", f"{SECTION}## Licence\n\nChecked twice.\n")
    assert card.count("ruler") == 2
    return card


@pytest.fixture
def api(practice_hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])


@pytest.fixture
def entry(catalog: Catalog, iris: Submission, api: HfApi, catalog_root: Path) -> Path:
    """The entry's folder; the same record and card are on the Hub."""
    catalog.publish(iris)
    folder = catalog_root / "iris"
    record = richer(json.loads((folder / RECORD_FILE).read_bytes()))
    card = card_with_more((folder / CARD_FILE).read_text()).encode()
    for name in (CARD_FILE, BASE_CARD_FILE):
        (folder / name).write_bytes(card)
    (folder / RECORD_FILE).write_bytes(dump_record(record))
    record.pop("revision")
    operations = [CommitOperationAdd(CARD_FILE, card), CommitOperationAdd(RECORD_FILE, dump_record(record))]
    api.create_commit(REPO, operations, commit_message="Update iris", repo_type="dataset")
    return folder


@pytest.fixture
def on_hub(practice_hub: FaultyHub) -> Callable[[str], bytes]:
    hub = Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC")
    return lambda path: hub.read_file(REPO, path, "main") or b""


def check_survived(record: dict[str, Any]) -> None:
    assert {member: record[member] for member in MORE} == MORE
    assert all(author["role"] == "measured" for author in record["authors"])
    assert record["verification"]["gpu"] == "none"


def test_it_is_shown_as_it_is_and_may_be_changed(catalog: Catalog, entry: Path) -> None:
    found = catalog.inspect("iris")
    check_survived(found.record.to_dict())
    assert found.read_only is None
    check_survived(json.loads(next(catalog.export())))
    assert '""serial"": null' in "".join(catalog.export(form="csv"))


def test_show_prints_it_as_it_is(catalog: Catalog, entry: Path) -> None:
    found = catalog.inspect("iris")
    printed = dict(shown_facts(found, catalog.site, "show"))["Other fields"]
    assert printed == (
        'instrument: {"name": "Ruler", "serial": null, "parts": [1.5, true]}\nquality: "good"\n'
        'authors/0/role: "measured"\nauthors/1/role: "measured"\nverification/gpu: "none"'
    )


def test_a_metadata_file_made_from_the_record_may_have_it(catalog: Catalog, entry: Path) -> None:
    document = json.loads((entry / RECORD_FILE).read_bytes()) | {"homepage": "https://example.org/iris"}
    former = catalog.store.read("iris").record
    assert catalog.validate(document, former=former).findings.errors == ()
    assert catalog.validate(document | {"quality": "bad"}, former=former).findings.errors[0].pointer == "/quality"


def test_an_update_keeps_it_in_catalog_hub_record_and_card(
    catalog: Catalog, entry: Path, on_hub: Callable[[str], bytes]
) -> None:
    done = catalog.update("iris", {"homepage": "https://example.org/iris"})
    for content in ((entry / RECORD_FILE).read_bytes(), on_hub(RECORD_FILE)):
        record = json.loads(content)
        check_survived(record)
        assert record["homepage"] == "https://example.org/iris"
    for card in ((entry / CARD_FILE).read_text(), on_hub(CARD_FILE).decode()):
        assert "instrument: ruler\n" in card
        assert SECTION in card
        assert "Checked twice." in card
        assert "Home page: <https://example.org/iris>" in card
    assert "Kept from the Hub: Instrument" in done.notes


def test_what_a_change_touches_of_the_card_is_ours_and_told(
    catalog: Catalog, entry: Path, on_hub: Callable[[str], bytes]
) -> None:
    done = catalog.update("iris", {"license": "mit", "tags": ["biology"]})
    card = on_hub(CARD_FILE).decode()
    assert "license: mit\n" in card
    assert "- csv\n" not in card
    assert SECTION in card
    # Of one section, what the newer program added stays beside what is changed now.
    assert "Kept from the Hub: Licence" in done.notes
    assert "Checked twice." in card
    check_survived(json.loads((entry / RECORD_FILE).read_bytes()))


def test_a_change_may_not_add_more(catalog: Catalog, entry: Path) -> None:
    before = (entry / RECORD_FILE).read_bytes()
    with pytest.raises(CatalogError) as raised:
        catalog.update("iris", {"quality": "bad", "instruments": 1})
    assert sorted(field.pointer for field in raised.value.fields) == ["/instruments", "/quality"]
    assert (entry / RECORD_FILE).read_bytes() == before


def test_a_draft_carries_it_along(catalog: Catalog, entry: Path, tmp_path: Path) -> None:
    content = content_of(catalog, "iris")
    check_survived(content.values)  # type: ignore[arg-type]
    found = examine(catalog, Locations(catalog.site, tmp_path), content)
    assert found.findings.errors == ()
    check_survived(found.require().record.to_dict())
    # So does one that somebody made with what they know.
    known = {member: value for member, value in content.values.items() if member not in MORE}
    less = examine(catalog, Locations(catalog.site, tmp_path), type(content)(values=known, editing="iris"))
    check_survived(less.require().record.to_dict())


def test_a_publication_that_stopped_keeps_it(
    catalog: Catalog, entry: Path, practice_hub: FaultyHub, on_hub: Callable[[str], bytes]
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    with pytest.raises(CatalogError):
        catalog.update("iris", {"homepage": "https://example.org/iris"}, keep_on_failure=True)
    practice_hub.faults.clear()
    catalog.resume("iris")
    check_survived(json.loads((entry / RECORD_FILE).read_bytes()))
    check_survived(json.loads(on_hub(RECORD_FILE)))


def test_a_retired_entry_that_is_adopted_has_it_again(
    catalog: Catalog, entry: Path, on_hub: Callable[[str], bytes]
) -> None:
    catalog.retire("iris")
    content = content_of_repository(catalog, "iris")
    catalog.publish(catalog.read(content.values), adopting=content.adopting)
    for content_ in ((entry / RECORD_FILE).read_bytes(), on_hub(RECORD_FILE)):
        record = json.loads(content_)
        assert {member: record[member] for member in MORE} == MORE


def test_only_a_newer_version_is_read_only(catalog: Catalog, entry: Path, api: HfApi) -> None:
    newer = json.loads((entry / RECORD_FILE).read_bytes()) | {"schema_version": 3}
    (entry / RECORD_FILE).write_bytes(dump_record(newer))
    found = catalog.inspect("iris")
    assert found.read_only is not None
    check_survived(found.record.to_dict())
    assert found.record.to_dict()["schema_version"] == 3
    with pytest.raises(CatalogError, match="Update huggingnersc_lab to change it"):
        catalog.update("iris", {"license": "mit"})
    # Nor is it adopted from the Hub, which would take the newer record's place.
    catalog.retire("iris")
    operations = [CommitOperationAdd(RECORD_FILE, dump_record(newer)), CommitOperationDelete("load_iris.py")]
    head = api.create_commit(REPO, operations, commit_message="Update iris", repo_type="dataset").oid
    content = content_of_repository(catalog, "iris")
    with pytest.raises(CatalogError, match="schema version 3"):
        catalog.publish(catalog.read(content.values), adopting=content.adopting)
    assert api.dataset_info(REPO).sha == head
