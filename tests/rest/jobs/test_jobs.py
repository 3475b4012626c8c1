from __future__ import annotations

import json
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.private_files import own_folder
from tests.practice_hub import FaultyHub
from tests.rest.conftest import until

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

Begin = Callable[..., Awaitable[dict[str, Any]]]

SLOW = {"path": "*/commit/*", "method": "POST"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "practice" / "catalog"


@pytest.fixture
def order(ask: Any, content: dict[str, Any]) -> Begin:
    """Makes a draft and orders its publication; gives the job."""

    async def begin(**options: Any) -> dict[str, Any]:
        draft = (await ask("POST", "/drafts", content)).data
        answer = await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"], **options})
        assert (answer.status, answer.data["draft_id"]) == (202, draft["id"])
        job: dict[str, Any] = answer.data
        return job

    return begin


@pytest.fixture
def order_slowly(order: Begin, practice_hub: FaultyHub) -> Begin:
    """The same; the job is at its commit, for which the Hub takes its time."""

    async def begin(**options: Any) -> dict[str, Any]:
        practice_hub.faults.add("slow", seconds=2, **SLOW)  # type: ignore[arg-type]
        job = await order(**options)
        await until(lambda: practice_hub.faults.to_list() == [])
        return job

    return begin


def on_hub(hub: FaultyHub) -> list[str]:
    api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
    return [info.id for info in api.list_datasets(author="NERSC")]


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_draft_is_published(ask: Any, order: Begin, settled: Any, practice_hub: FaultyHub, root: Path) -> None:
    begun = await order()
    assert begun["state"] == "queued"
    job = await settled(begun)
    assert job["state"] == "succeeded", job
    assert [step["name"] for step in job["steps"] if step["phase"] == "done"] == [
        *("stage", "repository", "commit", "catalog", "close")
    ]
    assert job["result"]["folder"] == str(root / "iris")
    assert (await ask("GET", "/jobs")).data["jobs"] == [job]
    assert (await ask("GET", "/drafts")).data["drafts"] == []
    assert on_hub(practice_hub) == ["NERSC/iris"]


async def test_what_the_order_says_goes_before_what_the_draft_says(
    ask: Any, order: Begin, settled: Any, practice_hub: FaultyHub
) -> None:
    assert (await settled(await order(private=True)))["state"] == "succeeded"
    assert (await ask("GET", "/records/iris")).data["record"]["private"] is True
    assert HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"]).dataset_info("NERSC/iris").private


async def test_an_entry_is_retired(ask: Any, publish: Any, content: Any, settled: Any, practice_hub: Any) -> None:
    await publish(content)
    job = await ask("POST", "/jobs", {"kind": "retire", "name": "iris", "from_hub": True})
    assert (await settled(job.data))["state"] == "succeeded"
    assert (await ask("GET", "/records/iris")).code == "not_found"
    assert on_hub(practice_hub) == []
    assert (await ask("POST", "/jobs", {"kind": "retire", "name": "iris"})).code == "not_found"


@pytest.mark.parametrize("way", ["resume", "undo"])
async def test_what_failed_is_resumed_or_undone(
    way: str, ask: Any, order: Begin, settled: Any, practice_hub: FaultyHub, root: Path
) -> None:
    practice_hub.faults.add("server_error", count=None, **SLOW)  # type: ignore[arg-type]
    job = await settled(await order())
    assert (job["state"], job["error"]["code"], job["kept"]) == ("failed", "upstream", True)
    assert (await ask("GET", "/datasets")).data["unfinished"] == ["iris"]
    practice_hub.faults.clear()
    after = await settled((await ask("POST", "/jobs", {"kind": way, "name": "iris"})).data)
    assert after["state"] == "succeeded", after
    assert (await ask("GET", f"/jobs/{job['id']}")).data["kept"] is False
    assert on_hub(practice_hub) == (["NERSC/iris"] if way == "resume" else [])
    assert left_in(root) == (["iris"] if way == "resume" else [])
    assert len((await ask("GET", "/drafts")).data["drafts"]) == (0 if way == "resume" else 1)
    assert (await ask("POST", "/jobs", {"kind": way, "name": "iris"})).code == "not_found"


async def test_a_job_is_cancelled_and_then_forgotten(
    ask: Any, order_slowly: Begin, settled: Any, practice_hub: FaultyHub, root: Path
) -> None:
    begun = await order_slowly()
    assert (await ask("DELETE", f"/jobs/{begun['id']}")).data["state"] == "running"
    job = await settled(begun)
    assert (job["state"], job["kept"]) == ("cancelled", False)
    assert (on_hub(practice_hub), left_in(root)) == ([], [])
    assert len((await ask("GET", "/drafts")).data["drafts"]) == 1
    assert (await ask("DELETE", f"/jobs/{begun['id']}")).data == job
    assert (await ask("GET", f"/jobs/{begun['id']}")).code == "not_found"
    assert (await ask("DELETE", f"/jobs/{begun['id']}")).code == "not_found"


async def test_a_job_whose_process_was_killed_has_failed_and_can_be_resumed(
    ask: Any, order_slowly: Begin, settled: Any, practice_hub: FaultyHub
) -> None:
    begun = await order_slowly()
    process = JobFolder(own_folder("jobs") / begun["id"]).process()
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    job = await settled(begun)
    assert (job["state"], job["error"]["code"], job["kept"]) == ("failed", "unexpected", True)
    assert job["error"]["detail"].endswith(
        "The prepared files of 'iris' were kept. Press Resume to finish it, or Undo to remove it."
    )
    resumed = await settled((await ask("POST", "/jobs", {"kind": "resume", "name": "iris"})).data)
    assert resumed["state"] == "succeeded"
    assert on_hub(practice_hub) == ["NERSC/iris"]


async def test_those_who_may_not_write_are_told_and_propose_instead(
    ask: Any, publish: Any, content: Any, settled: Any, practice_hub: FaultyHub
) -> None:
    await publish(content)
    await ask("PUT", "/session/token", {"token": practice_hub.tokens["outsider"]})
    draft = (await ask("POST", "/records/iris/drafts")).data
    update = {"kind": "update", "draft_id": draft["id"]}
    refused = await settled((await ask("POST", "/jobs", update)).data)
    assert (refused["state"], refused["error"]["code"]) == ("failed", "forbidden")
    if refused["kept"]:
        await settled((await ask("POST", "/jobs", {"kind": "undo", "name": "iris"})).data)
    proposed = await settled((await ask("POST", "/jobs", {**update, "create_pr": True})).data)
    assert proposed["state"] == "succeeded", proposed
    assert "/discussions/" in proposed["result"]["pull_request_url"]


@pytest.mark.parametrize("job_id", ["0" * 32, "x", "..%2f..%2fetc", "%2e%2e", "%00", "0" * 5000, "A" * 32, "%20"])
async def test_a_job_that_never_was(job_id: str, ask: Any) -> None:
    for method in ("GET", "DELETE"):
        answer = await ask(method, f"/jobs/{job_id}")
        assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("order", "pointers"),
    [
        ({}, ["/kind"]),
        ({"kind": "delete"}, ["/kind"]),
        ({"kind": ["publish"]}, ["/kind"]),
        ({"kind": "publish"}, ["/draft_id"]),
        ({"kind": "publish", "draft_id": 1}, ["/draft_id"]),
        ({"kind": "publish", "draft_id": "0" * 32, "private": "yes"}, ["/private"]),
        ({"kind": "publish", "draft_id": "0" * 32, "name": "iris"}, ["/name"]),
        ({"kind": "publish", "draft_id": "0" * 32, "token": "hf_secret"}, ["/token"]),
        ({"kind": "retire", "draft_id": "0" * 32}, ["/draft_id", "/name"]),
        ({"kind": "undo", "name": "iris", "from_hub": True}, ["/from_hub"]),
        ({"kind": "publish", "draft_id": "0" * 32, "private": None}, ["/private"]),
        ({"kind": "undo", "arguments": {"name": 1, "x": 2}}, ["/arguments/x", "/arguments/name"]),
        ({"kind": "undo", "arguments": [], "name": "iris"}, ["/arguments"]),
        ({"kind": "undo", "arguments": {"name": "iris"}, "name": "iris"}, ["/name"]),
        ({"kind": "undo", "name": "iris", "executor": 1, "resources": "many"}, ["/executor", "/resources"]),
    ],
)
async def test_what_is_no_order_begins_nothing(order: dict[str, Any], pointers: list[str], ask: Any) -> None:
    answer = await ask("POST", "/jobs", order)
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_record", pointers)
    assert (await ask("GET", "/jobs")).data["jobs"] == []


async def test_a_draft_of_a_new_entry_is_no_update(ask: Any, content: dict[str, Any]) -> None:
    draft = (await ask("POST", "/drafts", content)).data
    answer = await ask("POST", "/jobs", {"kind": "update", "draft_id": draft["id"]})
    assert (answer.status, answer.pointers) == (422, ["/kind"])


async def test_a_name_that_is_taken_is_refused_at_its_field(ask: Any, publish: Any, content: dict[str, Any]) -> None:
    await publish(content)
    draft = (await ask("POST", "/drafts", content)).data
    answer = await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})
    assert (answer.status, answer.pointers) == (422, ["/name"])
    assert [kept["id"] for kept in (await ask("GET", "/drafts")).data["drafts"]] == [draft["id"]]


async def test_what_a_kind_takes_may_stand_in_its_arguments(
    ask: Any, publish: Any, content: Any, settled: Any, practice_hub: Any
) -> None:
    await publish(content)
    job = await ask("POST", "/jobs", {"kind": "retire", "arguments": {"name": "iris", "from_hub": True}})
    assert (job.status, job.data["executor"]) == (202, "local")
    assert (await settled(job.data))["state"] == "succeeded"
    assert on_hub(practice_hub) == []


async def test_a_publication_tells_how_far_it_is(ask: Any, order_slowly: Begin, settled: Any) -> None:
    begun = await order_slowly()
    job = (await ask("GET", f"/jobs/{begun['id']}")).data
    assert job["progress"]["fraction"] == 0.4  # two of five steps are done
    assert job["progress"]["text"].startswith("Sending")
    assert (await settled(begun))["progress"]["fraction"] == 1


class TestAKindThatWasAdded:
    """Nothing of the REST interface knows it."""

    async def test_is_begun_and_followed(self, toy: Any, ask: Any, settled: Any) -> None:
        answer = await ask("POST", "/jobs", {"kind": "toy", "arguments": {"name": "iris", "size": 4}})
        assert (answer.status, answer.data["kind"], answer.data["name"]) == (202, "toy", "iris")
        job = await settled(answer.data)
        assert (job["state"], job["result"], job["progress"]["bytes"]) == ("succeeded", {"bytes": 4}, 4)

    async def test_is_refused_at_the_place_of_its_faults(self, toy: Any, ask: Any) -> None:
        answer = await ask("POST", "/jobs", {"kind": "toy", "arguments": {"name": "iris", "size": "big"}})
        assert (answer.status, answer.pointers) == (422, ["/arguments/size"])
        answer = await ask("POST", "/jobs", {"kind": "toy", "arguments": {"name": "iris"}, "executor": "slurm"})
        assert (answer.status, answer.pointers) == (422, ["/executor"])

    async def test_is_cancelled(self, toy: Any, ask: Any, settled: Any) -> None:
        begun = (await ask("POST", "/jobs", {"kind": "toy", "arguments": {"name": "iris", "waits": True}})).data
        part = own_folder("jobs") / begun["id"] / "part"
        await until(part.exists)
        await ask("DELETE", f"/jobs/{begun['id']}")
        job = await settled(begun)
        assert (job["state"], job["kept"], part.exists()) == ("cancelled", False, False)


async def test_a_job_that_a_later_version_began_does_not_hide_the_others(ask: Any, order: Begin, settled: Any) -> None:
    from huggingnersc_lab.jobs import JobSpec, Outcome

    done = await settled(await order())
    later = JobFolder.create(own_folder("jobs") / ("b" * 32), JobSpec("teleport", "iris", {"to": "Mars"}, "orbit"))
    later.end(Outcome("succeeded", result={"arrived": True}))
    found = {job["id"]: job for job in (await ask("GET", "/jobs")).data["jobs"]}
    assert found[done["id"]] == done
    assert (found[later.id]["kind"], found[later.id]["result"]) == ("teleport", {"arrived": True})
    assert (await ask("DELETE", f"/jobs/{later.id}")).data["state"] == "succeeded"


async def test_jobs_of_the_first_version_are_listed(ask: Any) -> None:
    import shutil

    shutil.copytree(Path(__file__).parents[2] / "jobs" / "folders", own_folder("jobs"))
    for digit in "cef":  # their processes are about to begin
        (own_folder("jobs") / (digit * 32) / "job.json").touch()
    jobs = {job["id"][0]: job for job in (await ask("GET", "/jobs")).data["jobs"]}
    assert {digit: (job["kind"], job["name"], job["state"]) for digit, job in jobs.items()} == {
        "a": ("publish", "iris", "succeeded"),
        "b": ("update", "iris", "failed"),
        "c": ("retire", "sky", "queued"),
        "d": ("resume", "iris", "cancelled"),
        "e": ("publish", "iris", "queued"),
        "f": ("undo", "iris", "queued"),
    }
    assert (jobs["a"]["draft_id"], jobs["b"]["kept"]) == ("0" * 32, False)


@pytest.mark.parametrize("odd", [1, [], [[1]], {"code": 1}, "x", {"name": 1, "repo_url": [], "notes": "x"}])
async def test_odd_files_of_a_job_hide_no_other(ask: Any, odd: Any) -> None:
    from huggingnersc_lab.jobs import JobSpec

    for digit, arguments in (("a", {}), ("b", {"draft_id": odd})):
        folder = JobFolder.create(own_folder("jobs") / (digit * 32), JobSpec("publish", "iris", arguments)).path
    state = {"state": "failed", "kept": odd, "result": odd, "error": odd, "updated_at": odd}
    (folder / "state.json").write_text(json.dumps(state))
    (folder / "progress.json").write_text(json.dumps({"fraction": odd, "text": odd, "bytes": odd, "at": odd}))
    (folder / "process.json").write_text(json.dumps({"host": odd, "space": odd, "pid": odd, "started": odd}))
    step = {"name": odd, "phase": odd, "detail": odd, "at": odd}
    (folder / "events.jsonl").write_text(f"{json.dumps(odd)}\n{json.dumps(step)}\n")
    jobs = (await ask("GET", "/jobs")).data["jobs"]  # held against the contract
    assert {job["id"][0]: job["state"] for job in jobs} == {"a": "queued", "b": "failed"}
