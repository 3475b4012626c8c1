"""Orders carried out with the real facade, in this process."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.jobs.model import Order, Outcome
from huggingnersc_lab.jobs.runner import Stop
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace.drafts import DraftContent, Drafts
from huggingnersc_lab.workspace.tasks import orders as orders_module
from huggingnersc_lab.workspace.tasks.orders import carry_out, is_unfinished
from tests.practice_hub import FaultyHub

VALUES = {"name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"], "license": "mit", "tags": ["plants"]}
LOADER = Script("load_iris.py", "print('iris')\n")


@pytest.fixture(autouse=True)
def _token(practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", practice_hub.tokens["admin"])
    monkeypatch.setenv("HUGGINGNERSC_HUB_TIMEOUT", "5")


class Carrier:
    """Carries orders out on the test's catalog, and may be stopped at a step."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.steps: list[tuple[str, str]] = []
        self.stop_at: tuple[str, str] | None = None

    def __call__(self, kind: Any, name: str = "iris", **options: Any) -> Outcome:
        self.steps.clear()
        stop = Stop()

        def tell(step: str, phase: str, _detail: str) -> None:
            self.steps.append((step, phase))
            if (step, phase) == self.stop_at:
                self.stop_at = None
                stop._take(0, None)  # as the signal does

        order = Order(
            kind, name, site="sandbox", catalog_root=str(self.site.catalog_root), hub_url=self.site.hub_url, **options
        )
        return carry_out(Order.from_dict(json.loads(json.dumps(order.to_dict()))), tell, stop)


@pytest.fixture
def carry(site: Site) -> Carrier:
    return Carrier(site)


@pytest.fixture
def published(carry: Carrier) -> dict[str, Any]:
    """The entry ``iris``, with a loader and a batch script."""
    script = Script("run.sh", "#!/bin/bash\n#SBATCH -q debug\npython load_iris.py\n")
    values = {**VALUES, "is_distributed": True}
    outcome = carry("publish", values=values, loader=LOADER, batch_script=script)
    assert outcome.state == "succeeded", outcome.error
    return values


def test_what_publishing_made_is_told(carry: Carrier, catalog: Catalog) -> None:
    outcome = carry("publish", values=VALUES, loader=LOADER, private=True)
    assert outcome == Outcome("succeeded", result=outcome.result)
    assert outcome.result is not None
    assert outcome.result.keys() == {"name", "repo_url", "commit_url", "folder", "notebook"}
    record = catalog.store.read("iris").record
    assert (record.name, record.private, record.loader) == ("iris", True, "load_iris.py")


def test_an_update_takes_away_what_is_absent_and_leaves_the_scripts(
    carry: Carrier, catalog: Catalog, published: dict[str, Any]
) -> None:
    values = {member: value for member, value in published.items() if member != "tags"} | {"license": "cc-by-4.0"}
    assert carry("update", values=values).state == "succeeded"
    record = catalog.store.read("iris").record
    assert (record.license, record.tags) == ("cc-by-4.0", ())
    assert (record.loader, record.batch_script) == ("load_iris.py", "run.sh")
    assert catalog.store.read_file("iris", "load_iris.py") == LOADER.text.encode()


def test_an_update_leaves_what_this_program_does_not_know(
    carry: Carrier, catalog: Catalog, catalog_root: Path, published: dict[str, Any]
) -> None:
    path = catalog_root / "iris" / "record.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"instrument": {"name": "Ruler"}}))
    assert carry("update", values=published | {"license": "cc-by-4.0"}).state == "succeeded"
    assert catalog.store.read("iris").record.unknown == {"instrument": {"name": "Ruler"}}


def test_orders_that_version_1_of_the_record_left(
    carry: Carrier, catalog: Catalog, catalog_root: Path, published: dict[str, Any]
) -> None:
    old = {"schema_version": 1, "download_link": "s3://bucket/iris", "verified_at": "2026-01-31"}
    assert carry("update", values=published | old).state == "succeeded"
    record = catalog.store.read("iris").record
    assert (record.schema_version, record.download_link, record.verified_at) == (2, "s3://bucket/iris", "2026-01-31")
    # What was inspected since is nothing that a draft takes away, nor is what is known of the link besides.
    path = catalog_root / "iris" / "record.json"
    written = json.loads(path.read_text()) | {"contents": {"files": 3}}
    written["distributions"][0]["bytes"] = 7
    path.write_text(json.dumps(written))
    assert carry("update", values=published | old | {"license": "cc0-1.0"}).state == "succeeded"
    found = json.loads(path.read_text())
    assert {key: found[key] for key in ("contents", "distributions", "verification")} == {
        key: written[key] for key in ("contents", "distributions", "verification")
    }
    assert carry("publish", "sky", values={**published, **old, "name": "sky"}, loader=LOADER).state == "succeeded"
    assert catalog.store.read("sky").record.download_link == "s3://bucket/iris"


def test_an_update_replaces_a_script_and_takes_one_away(
    carry: Carrier, catalog: Catalog, published: dict[str, Any]
) -> None:
    values = {**published, "loader": "load_iris.py", "batch_script": None, "is_distributed": False}
    outcome = carry("update", values=values, loader=Script("read.py", "print('new')\n"))
    assert outcome.state == "succeeded", outcome.error
    record = catalog.store.read("iris").record
    assert (record.loader, record.batch_script) == ("read.py", None)
    assert catalog.store.read_file("iris", "read.py") == b"print('new')\n"
    assert catalog.store.read_file("iris", "run.sh") is None


def test_an_update_of_what_changed_meanwhile_changes_nothing(
    carry: Carrier, catalog: Catalog, published: dict[str, Any]
) -> None:
    etag = catalog.store.read("iris").etag
    assert carry("update", values={**published, "license": "cc0-1.0"}, etag=etag).state == "succeeded"
    late = carry("update", values=published, etag=etag)
    assert late.error is not None
    assert (late.state, late.error["code"], late.kept) == ("failed", "conflict", False)
    assert catalog.store.read("iris").record.license == "cc0-1.0"


def test_what_a_person_wrote_on_the_card_is_told_to_be_kept(
    carry: Carrier, practice_hub: FaultyHub, published: dict[str, Any]
) -> None:
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    card = Path(api.hf_hub_download("NERSC/iris", "README.md", repo_type="dataset")).read_text()
    api.upload_file(
        path_or_fileobj=f"{card}\n## Mine\n\nBy hand.\n".encode(),
        path_in_repo="README.md",
        repo_id="NERSC/iris",
        repo_type="dataset",
    )
    outcome = carry("update", values={**published, "license": "cc0-1.0"})
    assert outcome.result is not None
    assert any("Mine" in note for note in outcome.result["notes"])


def test_faults_come_with_their_places_and_nothing_is_kept(carry: Carrier, catalog: Catalog) -> None:
    outcome = carry("publish", values={"license": "no-such"})
    assert outcome.error is not None
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("failed", "invalid_record", False)
    assert {"/license", "/pretty_name"} <= {fault["pointer"] for fault in outcome.error["errors"]}
    assert list(catalog.store.root.iterdir()) == []


def test_a_site_that_is_not_there(carry: Carrier) -> None:
    outcome = carry_out(Order("undo", "iris", site="/no/such/site.toml"), lambda *_: None, Stop())
    assert outcome.error is not None
    assert (outcome.state, outcome.error["code"]) == ("failed", "not_found")


def test_what_somebody_else_is_at_is_neither_kept_nor_taken_back(
    carry: Carrier, make_catalog: Any, practice_hub: FaultyHub, iris: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    theirs = make_catalog()
    with pytest.raises(Exception, match="is kept"):
        theirs.publish(iris, keep_on_failure=True)
    practice_hub.faults.clear()
    monkeypatch.setattr(orders_module, "Owner", SimpleNamespace(this=lambda: "another process"))
    refused = carry("publish", values=VALUES)
    assert (refused.state, refused.kept) == ("failed", False)
    assert is_unfinished(theirs, "iris")


@pytest.mark.parametrize(
    "moment",
    [("stage", "begin"), ("stage", "done"), ("repository", "done"), ("commit", "answered"), ("commit", "done")],
)
def test_a_publication_that_is_stopped_is_taken_back(
    carry: Carrier, catalog: Catalog, practice_hub: FaultyHub, moment: tuple[str, str]
) -> None:
    carry.stop_at = moment
    assert carry("publish", values=VALUES) == Outcome("cancelled")
    assert list(catalog.store.root.iterdir()) == []
    assert not catalog.hub.state("NERSC/iris")


@pytest.mark.parametrize("moment", [("catalog", "done"), ("close", "done")])
def test_a_publication_that_is_stopped_when_all_is_done_succeeds(
    carry: Carrier, catalog: Catalog, moment: tuple[str, str]
) -> None:
    carry.stop_at = moment
    assert carry("publish", values=VALUES).state == "succeeded"
    assert [path.name for path in catalog.store.root.iterdir()] == ["iris"]


def test_a_publication_that_cannot_be_taken_back_says_so(
    carry: Carrier, catalog: Catalog, practice_hub: FaultyHub
) -> None:
    practice_hub.faults.add("server_error", path="/api/repos/delete", count=None)
    carry.stop_at = ("repository", "done")
    outcome = carry("publish", values=VALUES)
    assert outcome.error is not None
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("cancelled", "upstream", True)
    practice_hub.faults.clear()
    assert carry("undo") == Outcome("succeeded")
    assert list(catalog.store.root.iterdir()) == []


def test_an_undo_that_is_stopped_can_be_done_again(carry: Carrier, catalog: Catalog, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    assert carry("publish", values=VALUES).kept
    practice_hub.faults.clear()
    carry.stop_at = ("undo", "begin")
    stopped = carry("undo")
    assert (stopped.state, stopped.kept) == ("cancelled", True)
    carry.stop_at = ("undo", "done")
    assert carry("undo") == Outcome("succeeded")
    assert list(catalog.store.root.iterdir()) == []


def test_a_retirement_that_began_is_completed(carry: Carrier, catalog: Catalog, published: dict[str, Any]) -> None:
    carry.stop_at = ("retire", "begin")
    assert carry("retire", from_hub=True) == Outcome("succeeded")
    assert list(catalog.store.root.iterdir()) == []
    assert not catalog.hub.state("NERSC/iris")
    assert carry.steps == [("retire", "begin"), ("retire", "done")]


def test_only_success_deletes_the_draft_and_only_as_it_was(carry: Carrier, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.create(DraftContent(title="Iris"))
    given = {"draft_id": draft.id, "draft_etag": draft.etag, "drafts_folder": str(drafts.folder)}
    assert carry("publish", values={}, **given).state == "failed"
    carry.stop_at = ("stage", "done")
    assert carry("publish", values=VALUES, **given).state == "cancelled"
    assert [item.id for item in drafts.list()] == [draft.id]
    edited = drafts.write(draft.id, DraftContent(title="Iris, again"), draft.etag)
    assert carry("publish", values=VALUES, **given).state == "succeeded"
    assert drafts.read(draft.id) == edited
    assert carry("update", values=VALUES, **given | {"draft_etag": edited.etag}).state == "succeeded"
    assert drafts.list() == []
