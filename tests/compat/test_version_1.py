"""A catalog and drafts that version 1 of the record left: read, found, cited, exported, changed; nothing lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import CommitOperationAdd, HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.workspace.draft_checks import content_of, examine
from huggingnersc_lab.workspace.drafts import Drafts
from huggingnersc_lab.workspace.locations import Locations
from tests.practice_hub import FaultyHub

V1 = Path(__file__).parent / "v1"
NAMES = ("moon", "ocean", "sky")
LINK = {"channel": "link", "url": "https://example.org/ocean.zip"}
RAN = {"status": "passed", "at": "2026-01-31"}


@pytest.fixture
def old(catalog: Catalog, catalog_root: Path, practice_hub: FaultyHub) -> Catalog:
    """The catalog with what version 1 left in it, and on the Hub."""
    shutil.copytree(V1 / "catalog", catalog_root, dirs_exist_ok=True)
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    for name in NAMES:
        api.create_repo(f"NERSC/{name}", repo_type="dataset")
        record = written(catalog_root, name)
        record.pop("revision")  # a commit cannot name itself
        files = {"README.md": (catalog_root / name / "README.md").read_bytes(), "record.json": dumped(record)}
        if loader := record.get("loader"):
            files[loader] = (catalog_root / name / loader).read_bytes()
        operations = [CommitOperationAdd(path, content) for path, content in files.items()]
        api.create_commit(f"NERSC/{name}", operations, commit_message=f"Catalog {name}", repo_type="dataset")
    return catalog


def dumped(record: Any) -> bytes:
    return json.dumps(record, indent=2, ensure_ascii=False).encode() + b"\n"


def written(root: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / name / "record.json").read_bytes())
    return found


def on_hub(hub: FaultyHub, name: str, path: str) -> bytes:
    return Hub(hub.url, hub.tokens["admin"], "NERSC").read_file(f"NERSC/{name}", path, "main") or b""


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_it_is_read_found_cited_and_exported_and_not_rewritten(old: Catalog, catalog_root: Path) -> None:
    before = everything(catalog_root)
    assert [entry.record.name for entry in old.records()] == list(NAMES)
    assert old.broken() == []
    ocean = old.inspect("ocean").record
    assert (ocean.download_link, ocean.verified_at) == ("https://example.org/ocean.zip", "2026-01-31")
    assert (ocean.to_dict()["distributions"], ocean.to_dict()["verification"]) == ([LINK], RAN)
    assert old.inspect("ocean").read_only is None
    assert old.search("north sea verified:yes").names == ("ocean",)
    assert old.search("ocean").hits[0].summary["verified_at"] == "2026-01-31"
    assert old.search("verified:no").total == 2
    assert "Anna Keller" in old.cite("ocean")[0].text
    assert [item["@id"] for item in old.croissant("moon")["distribution"]] == ["repo", "download"]
    exported = [json.loads(line) for line in old.export()]
    assert [record["schema_version"] for record in exported] == [2, 2, 2]
    assert exported[1]["distributions"] == [LINK]
    assert everything(catalog_root) == before


def test_what_is_changed_becomes_version_2_and_nothing_else_does(
    old: Catalog, catalog_root: Path, practice_hub: FaultyHub
) -> None:
    before, was = everything(catalog_root), written(catalog_root, "ocean")
    done = old.update("ocean", {"license": "cc0-1.0", "funding": [{"funder": "NSF", "award_number": "1"}]})
    now = written(catalog_root, "ocean")
    taken = {"download_link", "verified_at"}
    publication = {"schema_version", "license", "updated_at", "publish_id", "revision"}
    kept = was.keys() - taken - publication
    assert {member: now[member] for member in kept} == {member: was[member] for member in kept}
    assert now.keys() - was.keys() == {"distributions", "verification", "funding"}
    assert (now["schema_version"], now["license"], now["distributions"], now["verification"]) == (
        2,
        "cc0-1.0",
        [LINK],
        RAN,
    )
    assert json.loads(on_hub(practice_hub, "ocean", "record.json")) == {
        member: value for member, value in now.items() if member != "revision"
    }
    card = on_hub(practice_hub, "ocean", "README.md").decode()
    assert "It last ran successfully on 2026-01-31." in card
    assert "| Download | <https://example.org/ocean.zip> |" in card
    assert "NSF (1)" in card
    assert done.notes == ()
    others = {path: content for path, content in before.items() if not path.startswith("ocean/")}
    assert {path: everything(catalog_root)[path] for path in others} == others


def test_a_link_is_changed_and_taken_away(old: Catalog) -> None:
    assert old.update("moon", {"download_link": "s3://bucket/moon2"}).record.download_link == "s3://bucket/moon2"
    assert old.update("moon", {"download_link": None}).record.distributions == ()


def draft_of(drafts: Drafts, title: str) -> Any:
    (found,) = (summary for summary in drafts.list() if summary.title == title)
    return drafts.read(found.id)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    shutil.copytree(V1 / "drafts", tmp_path / "drafts")
    return Drafts(tmp_path / "drafts")


def test_a_draft_of_a_change_still_fits_the_entry(old: Catalog, drafts: Drafts, tmp_path: Path) -> None:
    content = draft_of(drafts, "Ocean temperatures").content
    assert content.editing_etag == old.store.etag("ocean")
    found = examine(old, Locations(old.site, tmp_path), content)
    assert found.findings.errors == ()
    record = found.require().record
    assert record == old.store.read("ocean").record.without("revision")
    # A draft of today says the same in other words.
    assert examine(old, Locations(old.site, tmp_path), content_of(old, "ocean")).require().record == record


def test_a_draft_of_a_new_entry_becomes_one(old: Catalog, drafts: Drafts, tmp_path: Path) -> None:
    content = draft_of(drafts, "Tides").content
    submission = examine(old, Locations(old.site, tmp_path), content).require()
    record = old.publish(submission).record
    assert (record.download_link, record.verified_at) == ("ftp://example.org/tides", "2026-02-01")
