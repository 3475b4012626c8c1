"""``publish``: from a draft, from the command line, and its end by every way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog, Planned
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Jobs, JobSpec, Outcome
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.change_job import ChangeArguments, DraftRequest, change_of, spec_of
from huggingnersc_lab.workspace.drafts import DraftContent, Drafts
from huggingnersc_lab.workspace.site_choice import SiteChoice
from huggingnersc_lab.workspace.tasks.publish import TASK
from huggingnersc_lab.workspace.workspace import Workspace
from tests.practice_hub import FaultyHub

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

VALUES = {"name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"], "license": "mit"}
STEPS = ["stage", "repository", "commit", "catalog", "close"]

MakeSpec = Callable[..., JobSpec]


def arguments(spec: JobSpec) -> ChangeArguments:
    return TASK.read_arguments(spec)


def made_of(planned: Planned) -> dict[str, bytes]:
    """The files of a publication, without its id and its time, which are its own."""
    record = planned.record.to_dict()
    own = [str(record[member]).encode() for member in ("publish_id", "published_at", "updated_at") if member in record]
    return {name: reduce(lambda text, word: text.replace(word, b""), own, text) for name, text in planned.files.items()}


def test_what_publishing_made_is_told(carry: Any, catalog: Catalog) -> None:
    outcome = carry("publish", private=True)
    assert outcome == Outcome("succeeded", result=outcome.result)
    assert outcome.result.keys() == {"name", "repo_url", "commit_url", "folder", "notebook"}
    record = catalog.store.read("iris").record
    assert (record.name, record.private, record.loader) == ("iris", True, "load_iris.py")
    progress = carry.read().progress
    assert (progress.fraction, progress.bytes) == (1, None)


def test_faults_come_with_their_places_and_nothing_is_kept(carry: Any, catalog: Catalog) -> None:
    outcome = carry("publish", values={"license": "no-such", "tags": [1]})
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("failed", "invalid_record", False)
    assert {"/license", "/pretty_name", "/tags/0"} <= {fault["pointer"] for fault in outcome.error["errors"]}
    assert list(catalog.store.root.iterdir()) == []


def test_a_site_that_is_not_there(carry: Any) -> None:
    outcome = carry("publish", site="/no/such/site.toml")
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("failed", "not_found", False)


@pytest.mark.parametrize(
    "moment",
    [("stage", "begin"), ("stage", "done"), ("repository", "done"), ("commit", "answered"), ("commit", "done")],
)
def test_one_that_is_stopped_is_taken_back(carry: Any, catalog: Catalog, moment: tuple[str, str]) -> None:
    carry.stop_at = moment
    assert carry("publish") == Outcome("cancelled")
    assert list(catalog.store.root.iterdir()) == []
    assert not catalog.hub.state("NERSC/iris")


@pytest.mark.parametrize("moment", [("catalog", "done"), ("close", "done")])
def test_one_that_is_stopped_when_all_is_done_succeeds(carry: Any, catalog: Catalog, moment: tuple[str, str]) -> None:
    carry.stop_at = moment
    assert carry("publish").state == "succeeded"
    assert [path.name for path in catalog.store.root.iterdir()] == ["iris"]


def test_one_that_cannot_be_taken_back_says_so(carry: Any, catalog: Catalog, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", path="/api/repos/delete", count=None)
    carry.stop_at = ("repository", "done")
    outcome = carry("publish")
    assert (outcome.state, outcome.error["code"], outcome.kept) == ("cancelled", "upstream", True)
    practice_hub.faults.clear()
    assert carry("undo") == Outcome("succeeded")
    assert list(catalog.store.root.iterdir()) == []


def test_what_was_refused_leaves_nothing(
    carry: Any, practice_hub: FaultyHub, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", practice_hub.tokens["read"])
    refused = carry("publish")
    assert (refused.state, refused.error["code"], refused.kept) == ("failed", "forbidden", False)
    assert list(catalog.store.root.iterdir()) == []
    monkeypatch.setenv("HF_TOKEN", practice_hub.tokens["admin"])
    assert carry("publish").state == "succeeded"


def test_a_pull_request(carry: Any, practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch) -> None:
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    api.create_repo("NERSC/iris", repo_type="dataset")
    monkeypatch.setenv("HF_TOKEN", practice_hub.tokens["outsider"])
    outcome = carry("publish", create_pr=True)
    assert outcome.state == "succeeded", outcome.error
    proposals = list(api.get_repo_discussions("NERSC/iris", repo_type="dataset"))
    assert [item.status for item in proposals] == ["open"]
    assert outcome.result["pull_request_url"].endswith(f"/{proposals[0].num}")


def test_only_success_deletes_the_draft_and_only_as_it_was(carry: Any, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.create(DraftContent(title="Iris"))
    given = {"draft_id": draft.id, "draft_etag": draft.etag, "drafts_folder": str(drafts.folder)}
    assert carry("publish", values={}, **given).state == "failed"
    carry.stop_at = ("stage", "done")
    assert carry("publish", **given).state == "cancelled"
    assert [item.id for item in drafts.list()] == [draft.id]
    edited = drafts.write(draft.id, DraftContent(title="Iris, again"), draft.etag)
    assert carry("publish", **given).state == "succeeded"
    assert drafts.read(draft.id) == edited
    assert carry("update", **given | {"draft_etag": edited.etag}).state == "succeeded"
    assert drafts.list() == []


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "update", "name": "iris"},
        {"kind": "publish", "name": "sky"},
    ],
)
def test_a_change_of_another_kind_or_dataset_is_not_carried_out(
    carry: Any, catalog: Catalog, change: dict[str, Any]
) -> None:
    outcome = carry("publish", change=change)
    assert outcome.state == "failed"
    assert (outcome.error["code"], [fault["pointer"] for fault in outcome.error["errors"]]) == (
        "invalid_record",
        ["/change"],
    )
    assert list(catalog.store.root.iterdir()) == []


class TestFromADraft:
    def test_everything_of_it_is_copied(self, workspace: Workspace, make_draft: Any, example_script: Any) -> None:
        draft = make_draft(private=True)
        spec = TASK.prepare(workspace, DraftRequest(draft_id=draft.id))
        workspace.drafts.write(draft.id, DraftContent(title="Another", values={}), draft.etag)
        assert (spec.kind, spec.dataset, spec.executor) == ("publish", "iris", "local")
        given = arguments(spec)
        change = given.change
        assert (change.values["license"], change.loader, change.private) == ("mit", example_script, True)
        assert (given.draft_id, given.draft_etag) == (draft.id, draft.etag)
        assert given.drafts_folder == str(workspace.drafts.folder)
        assert given.catalog_root == workspace.choice.catalog_root
        assert (change.kind, change.repo_id, change.create_pr) == ("publish", None, False)

    def test_what_the_request_says_goes_before_what_the_draft_says(self, workspace: Workspace, make_draft: Any) -> None:
        draft = make_draft(private=True)
        change = arguments(
            TASK.prepare(workspace, DraftRequest(draft_id=draft.id, private=False, create_pr=True))
        ).change
        assert (change.private, change.create_pr) == (False, True)

    def test_one_of_a_repository_on_the_hub_is_adopted(self, workspace: Workspace, make_draft: Any) -> None:
        spec = TASK.prepare(workspace, DraftRequest(draft_id=make_draft(adopting="NERSC/iris").id))
        change = arguments(spec).change
        assert (spec.kind, change.kind, change.repo_id) == ("adopt", "adopt", "NERSC/iris")

    def test_it_is_the_change_that_its_preview_shows(
        self, workspace: Workspace, make_draft: Any, example_script: Any
    ) -> None:
        draft = make_draft(values={**VALUES, "loader": "of_another_name.py"})
        planned = workspace.contributor.preview_draft(draft.id).planned
        change = arguments(TASK.prepare(workspace, DraftRequest(draft_id=draft.id))).change
        assert (change, change.loader) == (planned.change, example_script)
        assert made_of(workspace.catalog.plan(change)) == made_of(planned)

    def test_one_that_changes_an_entry_is_none(self, workspace: Workspace, make_draft: Any, published: Any) -> None:
        draft = make_draft(editing="iris")
        with pytest.raises(CatalogError, match="use 'update'") as refused:
            TASK.prepare(workspace, DraftRequest(draft_id=draft.id))
        assert [fault.pointer for fault in refused.value.fields] == ["/kind"]

    def test_one_with_faults_begins_nothing(self, workspace: Workspace, make_draft: Any) -> None:
        draft = make_draft(values={"name": "iris"})
        with pytest.raises(CatalogError) as refused:
            TASK.prepare(workspace, DraftRequest(draft_id=draft.id))
        assert "/pretty_name" in [fault.pointer for fault in refused.value.fields]


class TestWhatWasHandedIn:
    def test_is_published_as_it_would_have_been(
        self, iris: Any, choice: SiteChoice, carry: Any, catalog: Catalog
    ) -> None:
        spec = spec_of(choice, change_of(iris, private=True))
        assert (spec.kind, spec.dataset) == ("publish", "iris")
        outcome = carry("publish", **spec.arguments)
        assert outcome.state == "succeeded", outcome.error
        record = catalog.store.read("iris").record
        handed_in = {k: v for k, v in iris.record.to_dict().items() if k not in ("loader", "batch_script")}
        assert record.to_dict().items() >= handed_in.items()
        assert (record.private, record.loader) == (True, "load_iris.py")
        assert catalog.store.read_file("iris", "load_iris.py") == iris.loader.text.encode()


class TestInAProcess:
    """What only a real process shows."""

    def test_it_is_published_step_by_step(
        self, jobs: Jobs, make_spec: MakeSpec, settle: Any, catalog: Catalog, on_hub: Any
    ) -> None:
        begun = jobs.start(make_spec(draft_id="0" * 32))
        assert (begun.state, begun.kind, begun.dataset) == ("queued", "publish", "iris")
        assert begun.shown == {"draft_id": "0" * 32}
        job = settle(begun)
        assert job.state == "succeeded", job.error
        phases = [(step.name, step.phase) for step in job.steps if step.phase != "answered"]
        assert phases == [*((name, phase) for name in STEPS[:-1] for phase in ("begin", "done")), ("close", "done")]
        assert [step.at for step in job.steps] == sorted(step.at for step in job.steps)
        assert job.created_at <= job.steps[0].at <= job.steps[-1].at <= job.updated_at
        assert job.result["folder"] == str(catalog.store.root / "iris")
        assert Path(job.result["notebook"]).is_file()
        assert job.result["commit_url"].startswith(job.result["repo_url"])
        assert on_hub() == ["NERSC/iris"]

    def test_a_refusal_tells_no_token(
        self, jobs: Jobs, make_spec: MakeSpec, settle: Any, practice_hub: FaultyHub
    ) -> None:
        token = practice_hub.tokens["read_scope"]
        job = settle(jobs.start(make_spec(), environment={"HF_TOKEN": token}))
        assert (job.state, job.error["code"]) == ("failed", "forbidden")
        for file in (jobs.folder / job.id).iterdir():
            assert token.encode() not in file.read_bytes(), file

    def test_one_that_is_cancelled_while_the_hub_is_asked_is_taken_back(
        self,
        jobs: Jobs,
        make_spec: MakeSpec,
        settle: Any,
        wait_for: Any,
        practice_hub: FaultyHub,
        catalog: Catalog,
        on_hub: Any,
    ) -> None:
        practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=2)
        begun = jobs.start(make_spec())
        wait_for(lambda: practice_hub.faults.to_list() == [])  # it is being slow to this request
        assert not jobs.cancel(begun.id).has_ended
        job = settle(begun)
        assert (job.state, job.error, job.kept) == ("cancelled", None, False)
        assert [(step.name, step.phase) for step in job.steps][-2:] == [("undo", "begin"), ("undo", "done")]
        assert on_hub() == []
        assert list(catalog.store.root.iterdir()) == []
        with pytest.raises(CatalogError, match="has ended already") as late:
            jobs.cancel(begun.id)
        assert late.value.code == "conflict"

    def test_one_that_is_killed_has_failed_and_can_be_resumed(
        self, jobs: Jobs, make_spec: MakeSpec, settle: Any, wait_for: Any, practice_hub: FaultyHub, on_hub: Any
    ) -> None:
        practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=2)
        begun = jobs.start(make_spec())
        wait_for(lambda: practice_hub.faults.to_list() == [])
        process = JobFolder(jobs.folder / begun.id).process()
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        job = settle(begun)
        assert (job.state, job.error["code"], job.kept) == ("failed", "unexpected", True)
        assert job.error["detail"].endswith("The prepared files of 'iris' were kept.")
        assert job.error["hints"] == [{"key": "resume_or_undo", "name": "iris"}]
        assert settle(jobs.start(make_spec("resume"))).state == "succeeded"
        assert on_hub() == ["NERSC/iris"]
        assert not jobs.read(begun.id).kept

    def test_of_two_of_one_name_one_is_published(
        self, jobs: Jobs, make_spec: MakeSpec, settle: Any, practice_hub: FaultyHub, on_hub: Any
    ) -> None:
        practice_hub.faults.latency = 0.1
        begun = [jobs.start(make_spec(name=name)) for name in ("iris", "iris-too", "iris")]
        ended = [settle(job) for job in begun]
        assert ended[1].state == "succeeded", ended[1].error
        first, second = sorted((ended[0], ended[2]), key=lambda job: str(job.state))
        assert (first.state, second.state) == ("failed", "succeeded")
        assert (first.error["code"], first.kept) == ("conflict", False)
        assert on_hub() == ["NERSC/iris", "NERSC/iris-too"]
