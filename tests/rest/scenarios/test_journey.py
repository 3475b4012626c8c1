"""A person's whole way at a server of its own process: it is killed under a job, and no token is left anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub import FaultyHub
from tests.rest.scenarios.server_process import ServerProcess, wait_for

SLOW = {"path": "*/commit/*", "method": "POST"}


@pytest.fixture
def server(practice_hub: FaultyHub, data: Path, tmp_path: Path) -> Iterator[ServerProcess]:
    """Its Hub runs in this process, so it goes on when the server does not."""
    surroundings = tmp_path / "server"
    surroundings.mkdir()
    process = ServerProcess(data.parents[1], surroundings)
    process.start()
    yield process
    process.stop()


def order(server: ServerProcess, content: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Keep a draft and order its publication; gives the job."""
    draft = server.ask("POST", "/drafts", content).data
    answer = server.ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"], **options})
    assert answer.status == 202
    job: dict[str, Any] = answer.data
    return job


def test_a_server_that_is_killed_under_a_job_finds_it_again(
    server: ServerProcess, practice_hub: FaultyHub, content: dict[str, Any]
) -> None:
    unrelated = server.ask("POST", "/drafts", {"title": "Not finished"}).data
    practice_hub.faults.add("slow", seconds=15, **SLOW)  # type: ignore[arg-type]
    job = order(server, content)
    wait_for(lambda: practice_hub.faults.to_list() == [])
    server.kill()
    server.start()
    assert server.ask("GET", f"/jobs/{job['id']}").data["state"] == "running"
    assert job["id"] in server.first_events(2)
    ended = server.settled(job)
    assert ended["state"] == "succeeded", ended
    assert server.ask("GET", "/records/iris").data["unfinished"] is False
    assert [draft["id"] for draft in server.ask("GET", "/drafts").data["drafts"]] == [unrelated["id"]]


def test_a_job_that_is_cancelled_after_a_restart_takes_back_what_it_began(
    server: ServerProcess, practice_hub: FaultyHub, content: dict[str, Any]
) -> None:
    practice_hub.faults.add("slow", seconds=15, **SLOW)  # type: ignore[arg-type]
    job = order(server, content)
    wait_for(lambda: practice_hub.faults.to_list() == [])
    server.kill()
    server.start()
    assert server.ask("DELETE", f"/jobs/{job['id']}").data["state"] == "running"
    assert server.settled(job)["state"] == "cancelled"
    listed = server.ask("GET", "/datasets").data
    assert (listed["datasets"], listed["unfinished"]) == ([], [])


def test_no_answer_log_or_file_of_a_whole_journey_has_a_token(
    server: ServerProcess, practice_hub: FaultyHub, content: dict[str, Any], tmp_path: Path
) -> None:
    wrong = "hf_practice_nobodysTokenOfThisTest"
    assert server.ask("PUT", "/session/token", {"token": wrong}).code == "forbidden"
    for role in ("read_scope", "read"):
        assert server.ask("PUT", "/session/token", {"token": practice_hub.tokens[role]}).status == 200
        refused = server.settled(order(server, content))
        assert (refused["state"], refused["error"]["code"]) == ("failed", "forbidden")
        if refused["kept"]:
            server.settled(server.ask("POST", "/jobs", {"kind": "undo", "name": "iris"}).data)
    session = server.ask("PUT", "/session/token", {"token": practice_hub.tokens["write"]}).data
    assert session["token"] == {"source": "entered in JupyterLab", "kept": True}
    server.ask("GET", "/session?check=1")
    practice_hub.faults.add("server_error", count=None, **SLOW)  # type: ignore[arg-type]
    failed = server.settled(order(server, content))
    assert (failed["error"]["code"], failed["kept"]) == ("upstream", True)
    practice_hub.faults.clear()
    resumed = server.settled(server.ask("POST", "/jobs", {"kind": "resume", "name": "iris"}).data)
    assert resumed["state"] == "succeeded", resumed
    draft = server.ask("POST", "/records/iris/drafts").data
    for rest in ("validate", "preview"):
        assert server.ask("POST", f"/drafts/{draft['id']}/{rest}", {} if rest == "preview" else None).status == 200
    assert server.ask("POST", f"/drafts/{draft['id']}/notebooks", {"folder": "data"}).status == 201
    assert server.ask("GET", f"/drafts/{draft['id']}/export").status == 200
    assert server.ask("POST", "/records/iris/copies", {"folder": ""}).status == 201
    assert server.ask("GET", "/records/iris").status == 200
    practice_hub.faults.add("drop_after", count=None, **SLOW)  # type: ignore[arg-type]
    server.settled(server.ask("POST", "/jobs", {"kind": "update", "draft_id": draft["id"]}).data)
    practice_hub.faults.clear()
    if server.ask("GET", "/records/iris").data["unfinished"]:
        server.settled(server.ask("POST", "/jobs", {"kind": "undo", "name": "iris"}).data)
    assert "event: job" in server.first_events(3)
    (kept,) = (tmp_path / "xdg_config_home" / "huggingnersc" / "tokens").iterdir()
    assert kept.read_text() == practice_hub.tokens["write"]
    assert server.ask("DELETE", "/session/token").status == 200
    server.stop()

    secrets = [token.encode() for token in (*practice_hub.tokens.values(), wrong)]
    assert [answer for answer in server.answers if any(secret in answer for secret in secrets)] == []
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    holding = {path.relative_to(tmp_path) for path in files if any(secret in path.read_bytes() for secret in secrets)}
    assert holding == {Path("practice/hub/tokens.json")}  # where the practice Hub keeps its own
    names = {path.name for path in files}  # that were searched
    assert {
        "server.log",
        "log",
        "job.json",
        "state.json",
        "record.json",
        "iris_loader.ipynb",
    } <= names
    assert len(server.log.read_bytes()) > 1000
    assert any(json.loads(path.read_text())["kind"] == "publish" for path in files if path.name == "job.json")
