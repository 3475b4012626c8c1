"""The hooks, by the faults, the log and the odd rows that tests hang on them."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import HfHubHTTPError

from huggingnersc_lab.sandbox import PracticeHub
from tests.practice_hub import Fault, Faults, FaultyHub

if TYPE_CHECKING:
    from .conftest import Answer

    Ask = Callable[..., Answer]

COMMIT = "*/commit/*"


def write(api: HfApi, repo_id: str) -> str:
    operations = [CommitOperationAdd("a.txt", b"a\n")]
    return api.create_commit(repo_id, operations, commit_message="a", repo_type="dataset").oid


def test_too_many_requests(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("too_many_requests", path=COMMIT, count=2, retry_after=7)
    head = api.dataset_info(iris).sha
    for _ in range(2):
        with pytest.raises(HfHubHTTPError) as error:
            write(api, iris)
        assert error.value.response.status_code == 429
        assert error.value.response.headers["Retry-After"] == "7"
        assert error.value.response.headers["RateLimit"] == '"api";r=0;t=7'
    assert api.dataset_info(iris).sha == head
    write(api, iris)


def test_the_client_itself_waits_where_it_retries(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("too_many_requests", path="*/preupload/*", retry_after=1)
    practice_hub.clear_requests()
    began = time.monotonic()
    write(api, iris)
    assert time.monotonic() - began >= 0.9
    assert [request.status for request in practice_hub.requests] == [429, 200, 200]


def test_server_error_once_and_always(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", method="GET", path=f"/api/datasets/{iris}")
    with pytest.raises(HfHubHTTPError) as error:
        api.dataset_info(iris)
    assert error.value.response.status_code == 500
    assert api.dataset_info(iris)
    practice_hub.faults.add("server_error", path="/api/whoami-v2", count=None)
    for _ in range(3):
        with pytest.raises(HfHubHTTPError):
            api.whoami()
    practice_hub.faults.clear()
    assert api.whoami()


def test_a_connection_dropped_after_the_commit_was_stored(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    head = api.dataset_info(iris).sha
    practice_hub.faults.add("drop_after", method="POST", path=COMMIT)
    with pytest.raises(Exception, match="disconnected without sending a response"):
        write(api, iris)
    assert practice_hub.requests[-1].status == 0
    assert api.dataset_info(iris).sha != head
    assert "a.txt" in api.list_repo_files(iris, repo_type="dataset")


def test_a_connection_dropped_before(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    head = api.dataset_info(iris).sha
    practice_hub.faults.add("drop_before", method="POST", path=COMMIT)
    with pytest.raises(Exception, match="disconnected without sending a response"):
        write(api, iris)
    assert api.dataset_info(iris).sha == head
    write(api, iris)


def test_an_upload_dropped_before_and_after_is_repeated_by_the_client(
    api: HfApi, iris: str, practice_hub: FaultyHub
) -> None:
    for kind in ("drop_before", "drop_after"):
        practice_hub.faults.add(kind, method="PUT", path="/storage/*")
        operations = [CommitOperationAdd(f"{kind}.bin", b"\0" + kind.encode())]
        api.create_commit(iris, operations, commit_message=kind, repo_type="dataset")
        assert f"{kind}.bin" in api.list_repo_files(iris, repo_type="dataset")


def test_a_truncated_answer(api: HfApi, iris: str, practice_hub: FaultyHub, ask: Ask) -> None:
    practice_hub.faults.add("truncate", path=f"/api/datasets/{iris}")
    with pytest.raises(http.client.IncompleteRead):
        ask("GET", f"/api/datasets/{iris}")
    assert ask("GET", f"/api/datasets/{iris}").json["id"] == iris


def test_a_truncated_download_is_resumed_by_the_client(
    api: HfApi, iris: str, practice_hub: FaultyHub, tmp_path: object
) -> None:
    data = b"\0" + bytes(range(256)) * 100_000
    operations = [CommitOperationAdd("x.bin", data)]
    api.create_commit(iris, operations, commit_message="x", repo_type="dataset")
    practice_hub.faults.add("truncate", method="GET", path="/storage/*")
    practice_hub.clear_requests()
    local = api.hf_hub_download(iris, "x.bin", repo_type="dataset", cache_dir=str(tmp_path))
    with open(local, "rb") as file:  # noqa: PTH123
        assert file.read() == data
    gets = [r.status for r in practice_hub.requests if r.method == "GET"]
    assert gets == [0, 206]


def test_slow_requests_and_latency(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("slow", path="/api/whoami-v2", seconds=0.4)
    began = time.monotonic()
    api.whoami()
    assert time.monotonic() - began >= 0.4
    practice_hub.faults.latency = 0.1
    began = time.monotonic()
    api.dataset_info(iris)
    api.dataset_info(iris)
    assert 0.2 <= time.monotonic() - began < 2
    practice_hub.faults.clear()
    assert practice_hub.faults.latency == 0


def test_other_requests_are_served_while_one_is_held(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("hold", path="/api/whoami-v2")
    held = threading.Thread(target=api.whoami)
    held.start()
    while practice_hub.faults.held == 0:
        time.sleep(0.005)
    assert api.dataset_info(iris).id == iris
    assert (held.is_alive(), practice_hub.faults.held) == (True, 1)
    practice_hub.faults.release()
    held.join()
    assert practice_hub.faults.held == 0
    assert practice_hub.requests[-1].path == "/api/whoami-v2"


def test_faults_and_requests_over_http(ask: Ask, practice_hub: FaultyHub, iris: str) -> None:
    for role, status in ((None, 401), ("write", 403), ("read", 403)):
        for method, path in (("POST", "/practice/faults"), ("GET", "/practice/requests")):
            assert ask(method, path, {} if method == "POST" else None, role=role).status == status
    fault = {"kind": "server_error", "path": "/api/whoami-v2", "count": 1, "latency": 0.01}
    answer = ask("POST", "/practice/faults", fault, role="admin")
    assert answer.json["faults"][0]["kind"] == "server_error"
    assert answer.json["latency"] == 0.01
    assert ask("DELETE", "/practice/requests", role="admin").json == []
    assert ask("GET", "/api/whoami-v2?x=1", role="read").status == 500
    assert ask("GET", "/api/whoami-v2", role="read").status == 200
    assert ask("GET", "/practice/requests", role="admin").json == [
        {"method": "GET", "path": "/api/whoami-v2", "query": "x=1", "status": 500},
        {"method": "GET", "path": "/api/whoami-v2", "query": "", "status": 200},
    ]
    assert ask("DELETE", "/practice/faults", role="admin").json == {"faults": [], "latency": 0.0}


@pytest.mark.parametrize(
    "body",
    [{"kind": "explode"}, {"kind": "slow", "wrong": 1}, {"latency": "x"}, {"latency": -1}, [1]],
)
def test_wrong_faults_are_refused(ask: Ask, body: object) -> None:
    assert ask("POST", "/practice/faults", body, role="admin").status == 400


def test_faults_are_used_up_in_order() -> None:
    faults = Faults()
    faults.add("server_error", method="POST", path="/a/*", count=2)
    faults.add("slow", count=None)
    taken = [faults.take(*r) for r in [("POST", "/a/b/c"), ("GET", "/a/b"), ("POST", "/a/x")]]
    assert [fault.kind for fault in taken if fault] == ["server_error", "slow", "server_error"]
    assert faults.take("POST", "/a/b") == Fault("slow", count=None)
    with pytest.raises(ValueError, match="unknown kind of fault"):
        faults.add("explode")  # type: ignore[arg-type]


def test_what_people_use_has_none_of_it(tmp_path: Path) -> None:
    with PracticeHub(tmp_path) as hub:
        assert not {"faults", "odd_rows", "requests"} & set(dir(hub))
        for path in ("/practice/faults", "/practice/requests"):
            request = Request(f"{hub.url}{path}", headers={"Authorization": f"Bearer {hub.tokens['admin']}"})
            with pytest.raises(HTTPError) as error:
                urlopen(request)
            assert error.value.code == 501
            error.value.close()


def test_what_is_installed_neither_has_nor_imports_any_of_it() -> None:
    package = Path(str(files("huggingnersc_lab")))
    names = re.compile(
        r"\b(?:Faults?|FaultyHub|FaultyHooks|FaultSwitches|RequestLog|LoggedRequest|odd_rows|tests)\b(?!/)"
    )
    for path in package.rglob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            is_code = line.lstrip().startswith(("import ", "from ", "class ")) or "odd_rows" in line
            assert not (is_code and names.search(line)), (path, line)
