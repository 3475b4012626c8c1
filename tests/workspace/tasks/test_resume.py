from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.drafts import DraftContent, Drafts
from huggingnersc_lab.workspace.publication import UnfinishedRequest
from huggingnersc_lab.workspace.tasks.resume import TASK, ResumeArguments
from huggingnersc_lab.workspace.workspace import Workspace
from tests.practice_hub import FaultyHub


def test_a_publication_is_finished(carry: Any, stopped: Outcome, catalog: Catalog, on_hub: Any) -> None:
    outcome = carry("resume")
    assert outcome.state == "succeeded", outcome.error
    assert outcome.result["repo_url"].endswith("/NERSC/iris")
    assert on_hub() == ["NERSC/iris"]
    assert [path.name for path in catalog.store.root.iterdir()] == ["iris"]
    assert carry.read().progress.fraction == 1


def test_one_that_is_stopped_leaves_it_unfinished(
    carry: Any, stopped: Outcome, practice_hub: FaultyHub, catalog: Catalog
) -> None:
    carry.stop_at = ("commit", "begin")
    outcome = carry("resume")
    assert (outcome.state, outcome.kept) == ("cancelled", True)
    assert carry("resume").state == "succeeded"


def test_one_that_fails_leaves_it_unfinished(carry: Any, stopped: Outcome, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    outcome = carry("resume")
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("failed", "upstream", True)


def test_its_draft_goes_with_its_success(carry: Any, stopped: Outcome, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.create(DraftContent(title="Iris"))
    outcome = carry("resume", draft_id=draft.id, draft_etag=draft.etag, drafts_folder=str(drafts.folder))
    assert (outcome.state, drafts.list()) == ("succeeded", [])


def test_what_is_asked_for_is_ordered(workspace: Workspace, stopped: Outcome) -> None:
    spec = TASK.prepare(workspace, UnfinishedRequest(name="iris", take_over="e1"))
    assert (spec.kind, spec.dataset) == ("resume", "iris")
    assert TASK.read_arguments(spec) == ResumeArguments(**vars(workspace.choice), take_over="e1")


def test_it_gets_the_draft_of_the_job_that_was_stopped(
    workspace: Workspace, stopped: Outcome, carry: Any, make_spec: Any
) -> None:
    draft = {"draft_id": "a" * 32, "draft_etag": "b", "drafts_folder": "/drafts"}
    for number, options in enumerate([draft, {}]):  # the newer one has none
        job = JobFolder.create(workspace.jobs.folder / (str(number) * 32), make_spec(**options))
        job.end(Outcome("failed", kept=not number))
    given = TASK.read_arguments(TASK.prepare(workspace, UnfinishedRequest(name="iris")))
    assert (given.draft_id, given.draft_etag, given.drafts_folder) == tuple(draft.values())
    assert carry("undo").state == "succeeded"
    assert carry("publish", "iris-too").state == "succeeded"


def test_what_is_not_there_is_refused_at_once(workspace: Workspace) -> None:
    with pytest.raises(CatalogError, match="already been finished or undone") as refused:
        TASK.prepare(workspace, UnfinishedRequest(name="iris"))
    assert refused.value.code == "not_found"
