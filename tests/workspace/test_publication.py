"""What the kinds that publish have in common."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.catalog.publish.unfinished import is_unfinished
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.jobs import Jobs, JobSpec, Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace import change_job
from huggingnersc_lab.workspace.tasks import kinds
from huggingnersc_lab.workspace.workspace import Workspace

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

OLD = Path(__file__).parents[1] / "jobs" / "folders"


def test_what_somebody_else_is_at_is_neither_kept_nor_taken_back(
    carry: Any, stopped: Outcome, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_job, "Owner", SimpleNamespace(this=lambda: "another process"))
    refused = carry("publish")
    assert (refused.state, refused.kept) == ("failed", False)
    assert is_unfinished(workspace.catalog.store, "iris")


@pytest.mark.parametrize("kind", ["publish", "adopt", "update", "resume", "undo"])
def test_what_is_left_can_be_resumed_or_undone(kind: str, tmp_path: Path) -> None:
    task = kinds().get(kind)
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec(kind, "iris"))
    assert task.leftovers(folder, {"iris"}.__contains__)
    assert not task.leftovers(folder, {"other"}.__contains__)
    assert task.advice("iris") == "The prepared files of 'iris' were kept."
    assert task.hints("iris") == (Hint("resume_or_undo", "iris"),)


def test_the_drafts_of_jobs_that_publish_are_shown() -> None:
    assert {kind.name for kind in kinds() if "draft_id" in kind.shown} == {"publish", "adopt", "update", "resume"}


@pytest.mark.parametrize("digit", "abcdef")
def test_the_arguments_that_the_first_version_wrote_are_understood(digit: str) -> None:
    spec = JobFolder(OLD / (digit * 32)).spec
    arguments = kinds().get(spec.kind).read_arguments(spec)
    assert (arguments.site, arguments.catalog_root) == ("sandbox", "/catalog")


@pytest.mark.parametrize(("digit", "kind", "state"), [("e", "publish", "succeeded"), ("f", "undo", "failed")])
def test_a_job_that_the_first_version_ordered_is_carried_out(
    digit: str, kind: str, state: str, workspace: Workspace, jobs: Jobs, settle: Any, make_spec: Any
) -> None:
    ordered = json.loads((OLD / (digit * 32) / "job.json").read_bytes())
    ordered |= {"catalog_root": workspace.choice.catalog_root, "hub_url": workspace.choice.hub_url, "adopting": None}
    folder = JobFolder.create(jobs.folder / (digit * 32), make_spec())
    (folder.path / "job.json").write_text(json.dumps(ordered))
    jobs._executors["local"].submit(folder, {})
    job = settle(jobs.read(folder.id))
    assert (job.kind, job.dataset, job.state) == (kind, "iris", state), job.error
    assert is_unfinished(workspace.catalog.store, "iris") is False
    if kind == "publish":
        assert workspace.catalog.store.read("iris").record.tags == ("größe",)
