from __future__ import annotations

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

from .conftest import until

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
    assert "resume 'iris'" in job["error"]["detail"]
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
