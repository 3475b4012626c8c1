"""Jobs carried out by real processes on a practice Hub."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab import jobs as jobs_module
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Jobs
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.drafts import DraftContent, Drafts
from tests.practice_hub import FaultyHub

from .conftest import MakeOrder, Settle, on_hub, wait_for


@pytest.fixture
def token(practice_hub: FaultyHub) -> str:
    return practice_hub.tokens["admin"]


def test_a_dataset_is_published_and_its_draft_is_gone(
    jobs: Jobs,
    make_order: MakeOrder,
    settle: Settle,
    practice_hub: FaultyHub,
    catalog: Catalog,
    token: str,
    tmp_path: Path,
) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.create(DraftContent(title="Iris"))
    order = make_order(draft_id=draft.id, draft_etag=draft.etag, drafts_folder=str(drafts.folder))
    begun = jobs.start(order, token=token)
    assert (begun.state, begun.kind, begun.name, begun.draft_id) == ("queued", "publish", "iris", draft.id)
    job = settle(begun)
    assert job.state == "succeeded", job.error
    phases = [(step.name, step.phase) for step in job.steps if step.phase != "answered"]
    whole = [(name, phase) for name in ("stage", "repository", "commit", "catalog") for phase in ("begin", "done")]
    assert phases == [*whole, ("close", "done")]
    assert [step.at for step in job.steps] == sorted(step.at for step in job.steps)
    assert job.created_at <= job.steps[0].at <= job.steps[-1].at <= job.updated_at
    assert job.result is not None
    assert job.result["folder"] == str(catalog.store.root / "iris")
    assert Path(job.result["notebook"]).is_file()
    assert job.result["commit_url"].startswith(job.result["repo_url"])
    assert on_hub(practice_hub) == ["NERSC/iris"]
    assert drafts.list() == []
    assert (job.kept, job.error) == (False, None)


def test_no_file_of_a_job_holds_a_token_and_all_are_private(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, folder: Path
) -> None:
    for role in ("admin", "read_scope"):  # one that succeeds, and one whose refusal is told in words
        token = practice_hub.tokens[role]
        job = settle(jobs.start(make_order(name=f"iris-{role[:4]}"), token=token))
        assert job.state == ("succeeded" if role == "admin" else "failed")
        files = list((folder / job.id).iterdir())
        assert {file.name for file in files} >= {"job.json", "process.json", "events.jsonl", "state.json", "log"}
        for file in files:
            assert token.encode() not in file.read_bytes(), file
            assert file.stat().st_mode & 0o777 == 0o600, file
        assert (folder / job.id).stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_update_and_then_its_retirement(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, catalog: Catalog, token: str
) -> None:
    assert settle(jobs.start(make_order(), token=token)).state == "succeeded"
    before = catalog.store.read("iris")
    values = {**make_order().values, "license": "mit"}
    updated = settle(jobs.start(make_order("update", values=values, loader=None, etag=before.etag), token=token))
    assert updated.state == "succeeded", updated.error
    assert catalog.store.read("iris").record.license == "mit"
    stale = settle(jobs.start(make_order("update", values=values, etag=before.etag), token=token))
    assert stale.state == "failed"
    assert stale.error is not None
    assert (stale.error["code"], stale.kept) == ("conflict", False)
    retired = settle(jobs.start(make_order("retire", from_hub=True), token=token))
    assert (retired.state, retired.result) == ("succeeded", None)
    assert [step.name for step in retired.steps] == ["retire", "retire"]
    assert on_hub(practice_hub) == []
    assert catalog.records() == []


def test_what_failed_is_kept_and_resumed_by_another_job(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, tmp_path: Path
) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.create(DraftContent(title="Iris"))
    order = make_order(draft_id=draft.id, draft_etag=draft.etag, drafts_folder=str(drafts.folder))
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    failed = settle(jobs.start(order, token=token))
    assert failed.error is not None
    assert (failed.state, failed.error["code"], failed.kept) == ("failed", "upstream", True)
    assert [item.id for item in drafts.list()] == [draft.id]
    practice_hub.faults.clear()
    resumed = settle(jobs.start(make_order("resume"), token=token))
    assert resumed.state == "succeeded", resumed.error
    assert resumed.result is not None
    assert resumed.result["repo_url"].endswith("/NERSC/iris")
    assert (resumed.draft_id, drafts.list()) == (draft.id, [])
    assert not jobs.read(failed.id).kept  # nothing is unfinished any more


def test_what_was_refused_leaves_nothing_and_can_be_done_again_with_a_token_that_may(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, catalog: Catalog
) -> None:
    refused = settle(jobs.start(make_order(), token=practice_hub.tokens["read"]))
    assert refused.error is not None
    assert (refused.state, refused.error["code"], refused.kept) == ("failed", "forbidden", False)
    assert list(catalog.store.root.iterdir()) == []
    assert settle(jobs.start(make_order(), token=token)).state == "succeeded"


def test_what_failed_is_undone_by_another_job(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, catalog: Catalog
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    failed = settle(jobs.start(make_order(), token=token))
    practice_hub.faults.clear()
    assert failed.error is not None
    assert (failed.state, failed.error["code"], failed.kept) == ("failed", "upstream", True)
    assert [path.name for path in catalog.store.root.iterdir()] == [".iris.staging"]
    undone = settle(jobs.start(make_order("undo"), token=token))
    assert (undone.state, undone.result) == ("succeeded", None)
    assert on_hub(practice_hub) == []
    assert list(catalog.store.root.iterdir()) == []
    again = settle(jobs.start(make_order("undo"), token=token))
    assert again.error is not None
    assert (again.state, again.error["code"], again.kept) == ("failed", "not_found", False)


def test_a_pull_request(jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str) -> None:
    api = HfApi(endpoint=practice_hub.url, token=token)
    api.create_repo("NERSC/iris", repo_type="dataset")
    job = settle(jobs.start(make_order(create_pr=True), token=practice_hub.tokens["outsider"]))
    assert job.state == "succeeded", job.error
    assert job.result is not None
    proposals = list(api.get_repo_discussions("NERSC/iris", repo_type="dataset"))
    assert [item.status for item in proposals] == ["open"]
    assert job.result["pull_request_url"].endswith(f"/{proposals[0].num}")


def test_every_fault_of_a_draft_is_told_with_its_place(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, token: str
) -> None:
    job = settle(jobs.start(make_order(values={"license": "no-such", "tags": [1]}), token=token))
    assert job.error is not None
    assert (job.state, job.error["code"], job.kept) == ("failed", "invalid_record", False)
    pointers = {fault["pointer"] for fault in job.error["errors"]}
    assert {"/license", "/tags/0", "/pretty_name"} <= pointers


def test_a_job_that_is_cancelled_takes_back_what_it_began(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, catalog: Catalog
) -> None:
    practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=2)
    begun = jobs.start(make_order(), token=token)
    wait_for(lambda: practice_hub.faults.to_list() == [])  # it is being slow to this request
    assert not jobs.cancel(begun.id).has_ended
    job = settle(begun)
    assert (job.state, job.error, job.kept) == ("cancelled", None, False)
    assert [(step.name, step.phase) for step in job.steps][-2:] == [("undo", "begin"), ("undo", "done")]
    assert on_hub(practice_hub) == []
    assert list(catalog.store.root.iterdir()) == []
    with pytest.raises(CatalogError, match="has ended already") as late:
        jobs.cancel(begun.id)
    assert late.value.code == "conflict"


def test_a_cancelled_update_leaves_the_entry_as_it_was(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, catalog: Catalog
) -> None:
    assert settle(jobs.start(make_order(), token=token)).state == "succeeded"
    before = catalog.store.read("iris").etag
    practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=2)
    begun = jobs.start(make_order("update", values={**make_order().values, "license": "mit"}), token=token)
    wait_for(lambda: practice_hub.faults.to_list() == [])
    jobs.cancel(begun.id)
    assert settle(begun).state == "cancelled"
    assert catalog.store.read("iris").etag == before
    assert [path.name for path in catalog.store.root.iterdir()] == ["iris"]


def test_a_resume_that_is_cancelled_leaves_what_was_unfinished(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, catalog: Catalog
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    assert settle(jobs.start(make_order(), token=token)).kept
    practice_hub.faults.clear()
    practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=2)
    begun = jobs.start(make_order("resume"), token=token)
    wait_for(lambda: practice_hub.faults.to_list() == [])
    jobs.cancel(begun.id)
    job = settle(begun)
    assert (job.state, job.kept) == ("cancelled", True)
    assert settle(jobs.start(make_order("resume"), token=token)).state == "succeeded"


def test_a_job_that_is_cancelled_at_once_begins_nothing(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, catalog: Catalog
) -> None:
    begun = jobs.start(make_order(), token=token)
    jobs.cancel(begun.id)
    job = settle(begun)
    assert (job.state, job.error, job.kept) == ("cancelled", None, False)
    assert on_hub(practice_hub) == []
    assert list(catalog.store.root.iterdir()) == []


def test_a_job_that_does_not_stop_is_stopped_by_force(
    jobs: Jobs,
    make_order: MakeOrder,
    settle: Settle,
    practice_hub: FaultyHub,
    token: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=1)
    practice_hub.faults.add("slow", path="/api/repos/delete", seconds=4)
    begun = jobs.start(make_order(), token=token)
    wait_for(lambda: len(practice_hub.faults.to_list()) == 1)
    jobs.cancel(begun.id)
    wait_for(lambda: practice_hub.faults.to_list() == [])  # it takes back, and the Hub does not answer
    assert not jobs.cancel(begun.id).has_ended  # too early for force
    monkeypatch.setattr(jobs_module, "GRACE_SECONDS", 0)
    jobs.cancel(begun.id)
    job = settle(begun)
    assert (job.state, job.kept) == ("cancelled", True)
    assert job.error is not None
    assert "by force" in job.error["detail"]
    assert settle(jobs.start(make_order("undo"), token=token)).state == "succeeded"
    assert on_hub(practice_hub) == []


def test_a_process_that_is_killed_has_failed_and_can_be_resumed(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str, folder: Path
) -> None:
    practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=2)
    begun = jobs.start(make_order(), token=token)
    wait_for(lambda: practice_hub.faults.to_list() == [])
    process = JobFolder(folder / begun.id).process()
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    job = settle(begun)
    assert job.error is not None
    assert (job.state, job.error["code"], job.kept) == ("failed", "unexpected", True)
    assert "resume 'iris'" in job.error["detail"]
    assert settle(jobs.start(make_order("resume"), token=token)).state == "succeeded"
    assert on_hub(practice_hub) == ["NERSC/iris"]


def test_a_job_outlives_the_server_that_began_it(
    make_jobs: Callable[[], Jobs], make_order: MakeOrder, practice_hub: FaultyHub, token: str, folder: Path
) -> None:
    practice_hub.faults.add("slow", path="*/commit/*", method="POST", seconds=2)
    program = (
        "import json, os, signal, sys; from pathlib import Path; from huggingnersc_lab.jobs import Jobs, Order\n"
        "order = Order.from_dict(json.loads(sys.argv[2]))\n"
        "print(Jobs(Path(sys.argv[1]), lambda name: False).start(order).id, flush=True)\n"
        "os.killpg(0, signal.SIGKILL)"
    )
    server = subprocess.run(
        [sys.executable, "-c", program, str(folder), json.dumps(make_order().to_dict())],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "HF_TOKEN": token},
        start_new_session=True,
        timeout=30,
    )
    assert server.returncode == -signal.SIGKILL, server.stderr
    jobs = make_jobs()
    (begun,) = jobs.list()
    assert begun.id == server.stdout.strip()
    assert not begun.has_ended
    wait_for(lambda: jobs.read(begun.id).state == "running")
    wait_for(lambda: make_jobs().read(begun.id).has_ended)
    assert [job.state for job in (jobs.read(begun.id), *make_jobs().list())] == ["succeeded", "succeeded"]


def test_two_at_once(jobs: Jobs, make_order: MakeOrder, settle: Settle, practice_hub: FaultyHub, token: str) -> None:
    practice_hub.faults.latency = 0.1
    begun = [jobs.start(make_order(name=name), token=token) for name in ("iris", "iris-too", "iris")]
    ended = [settle(job) for job in begun]
    assert ended[1].state == "succeeded", ended[1].error
    first, second = sorted((ended[0], ended[2]), key=lambda job: job.state)
    assert (first.state, second.state) == ("failed", "succeeded")
    assert first.error is not None
    assert (first.error["code"], first.kept) == ("conflict", False)
    assert on_hub(practice_hub) == ["NERSC/iris", "NERSC/iris-too"]
    assert {job.id for job in jobs.list()} == {job.id for job in begun}


def test_a_draft_that_was_edited_since_is_kept(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, token: str, tmp_path: Path
) -> None:
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.create(DraftContent(title="Iris"))
    begun = jobs.start(
        make_order(draft_id=draft.id, draft_etag=draft.etag, drafts_folder=str(drafts.folder)), token=token
    )
    drafts.write(draft.id, DraftContent(title="Iris, once more"), draft.etag)
    assert settle(begun).state == "succeeded"
    assert drafts.read(draft.id).content.title == "Iris, once more"


def test_a_process_that_cannot_start_has_failed(
    jobs: Jobs, make_order: MakeOrder, settle: Settle, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "sitecustomize.py").write_text("import os; os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "broken"))
    job = settle(jobs.start(make_order()))
    assert job.error is not None
    assert (job.state, job.error["code"], job.kept) == ("failed", "unexpected", False)
