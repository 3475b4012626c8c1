from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from huggingface_hub import CommitOperationAdd, HfApi

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sandbox import Connection, PracticeHub, connect, serve, tokens

SERVE = """
import sys
from pathlib import Path
from huggingnersc_lab.sandbox import serve
serve(Path(sys.argv[1]), on_ready=lambda c: print(c.url, c.token, c.started_here, flush=True))
print("stopped", flush=True)
"""


class Server:
    """`serve` in a process of its own."""

    def __init__(self, storage: Path, code: str = SERVE) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(storage)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> tuple[str, str]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().split()
        assert line, self.process.communicate()[1]
        return line[0], line[1]

    def end(self, number: signal.Signals) -> str:
        self.process.send_signal(number)
        return self.process.communicate(timeout=20)[0]


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "storage"


@pytest.fixture
def server(storage: Path) -> Iterator[Server]:
    started = Server(storage)
    yield started
    started.process.kill()
    started.process.communicate()


def api_for(connection: Connection) -> HfApi:
    return HfApi(endpoint=connection.url, token=connection.token)


def test_importing_the_package_is_cheap() -> None:
    code = """
        import sys
        import huggingnersc_lab.sandbox
        heavy = {"tornado", "dulwich", "ruamel", "markdown_it", "nh3", "huggingface_hub"}
        assert not heavy & set(sys.modules), heavy & set(sys.modules)
        huggingnersc_lab.sandbox.PracticeHub
        assert "huggingface_hub" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True)


def test_connect_starts_and_finds(storage: Path) -> None:
    first = connect(storage)
    try:
        assert first.started_here
        assert first.token == tokens(storage)["admin"]
        assert first.token not in repr(first)
        second = connect(storage)
        assert (second.url, second.token, second.started_here) == (first.url, first.token, False)
        second.close()
        assert api_for(first).whoami()["name"] == "practice-admin"
    finally:
        first.close()
    first.close()
    assert not (storage / "hub.json").exists()


def test_what_is_in_the_folder_is_private(storage: Path) -> None:
    connection = connect(storage)
    try:
        assert storage.stat().st_mode & 0o777 == 0o700
        hub = storage / "hub.json"
        assert hub.stat().st_mode & 0o777 == 0o600
        entry = json.loads(hub.read_text())
        assert (entry["url"], entry["pid"]) == (connection.url, os.getpid())
        assert {"instance", "started", "host", "organization"} <= entry.keys()
    finally:
        connection.close()


def test_everything_survives_a_restart_on_the_same_port(storage: Path) -> None:
    first = connect(storage)
    api = api_for(first)
    api.create_repo("NERSC/iris", repo_type="dataset", private=True)
    made = api.create_commit(
        "NERSC/iris",
        [CommitOperationAdd("a.txt", b"a\n"), CommitOperationAdd("b.bin", b"\0b")],
        commit_message="files",
        repo_type="dataset",
    )
    api.create_discussion("NERSC/iris", "title", repo_type="dataset")
    before = api.dataset_info("NERSC/iris")
    first.close()
    second = connect(storage)
    try:
        assert (second.url, second.token, second.started_here) == (first.url, first.token, True)
        after = api_for(second).dataset_info("NERSC/iris")
        assert (after.sha, after.private, after.created_at) == (made.oid, True, before.created_at)
        details = api_for(second).get_discussion_details("NERSC/iris", 1, repo_type="dataset")
        assert details.title == "title"
    finally:
        second.close()


def test_a_port_taken_meanwhile_is_not_insisted_on(storage: Path) -> None:
    first = connect(storage)
    first.close()
    port = int(first.url.rpartition(":")[2])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        second = connect(storage)
        second.close()
    assert second.url != first.url


def test_another_process_is_found_and_used(storage: Path, server: Server) -> None:
    url, token = server.ready()
    found = connect(storage)
    assert (found.url, found.token, found.started_here) == (url, token, False)
    found.close()
    assert api_for(found).whoami()["name"] == "practice-admin"
    with pytest.raises(CatalogError, match=f"running already at {url}") as error:
        serve(storage, on_ready=lambda _: None)
    assert error.value.code == "conflict"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_with_a_signal(storage: Path, server: Server, number: signal.Signals) -> None:
    server.ready()
    assert server.end(number) == "stopped\n"
    assert server.process.returncode == 0
    assert not (storage / "hub.json").exists()


def test_a_killed_server_is_recognised_and_replaced(storage: Path, server: Server) -> None:
    url, _ = server.ready()
    server.end(signal.SIGKILL)
    assert (storage / "hub.json").exists()
    began = time.monotonic()
    connection = connect(storage)
    try:
        assert time.monotonic() - began < 2
        assert (connection.started_here, connection.url) == (True, url)
        assert json.loads((storage / "hub.json").read_text())["pid"] == os.getpid()
    finally:
        connection.close()


def test_a_stranger_on_the_port_of_a_dead_server_is_not_taken_for_it(storage: Path) -> None:
    first = connect(storage)
    first.close()
    port = int(first.url.rpartition(":")[2])
    with PracticeHub(storage.parent / "other", port=port) as stranger:
        second = connect(storage)
        try:
            assert second.started_here
            assert second.url != stranger.url
        finally:
            second.close()


def test_a_hub_that_does_not_answer_is_not_replaced(
    storage: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingnersc_lab.sandbox import claims

    monkeypatch.setattr(claims, "_ASK_SECONDS", 0.2)
    url, _ = server.ready()
    server.process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, server.process.pid, os.WSTOPPED)  # until then it may answer
    try:
        with pytest.raises(CatalogError, match="does not answer") as error:
            connect(storage)
        assert error.value.code == "conflict"
    finally:
        server.process.send_signal(signal.SIGCONT)
    assert connect(storage).url == url


def test_a_claim_from_another_machine_counts_while_it_is_touched(
    storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingnersc_lab.sandbox import claims

    first = connect(storage)
    try:
        monkeypatch.setattr(claims.socket, "gethostname", lambda: "another-node")
        assert connect(storage).url == first.url
        (claim,) = (storage / "service").iterdir()
        long_ago = time.time() - 3600
        os.utime(claim, (long_ago, long_ago))
        assert claims.running(storage) is None
    finally:
        first.close()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"url": 1}', "\x00"])
def test_a_spoilt_claim_is_passed_over(storage: Path, content: str) -> None:
    (storage / "service").mkdir(parents=True)
    (storage / "service" / "00000004.json").write_text(content)
    (storage / "hub.json").write_text(content)
    connection = connect(storage)
    connection.close()
    assert connection.started_here


def test_of_many_that_start_at_once_exactly_one_serves(storage: Path) -> None:
    start = threading.Barrier(8)
    found: list[Connection] = []

    def go() -> None:
        start.wait()
        found.append(connect(storage))

    threads = [threading.Thread(target=go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert len(found) == 8
        assert len({connection.url for connection in found}) == 1
        assert sum(connection.started_here for connection in found) == 1
    finally:
        for connection in found:
            connection.close()


def test_of_many_processes_that_start_at_once_exactly_one_serves(storage: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from huggingnersc_lab.sandbox import connect
        connection = connect(Path(sys.argv[1]))
        print(connection.url, connection.token, connection.started_here, flush=True)
        sys.stdin.read()
    """
    storage.mkdir(parents=True)
    (storage / "service").mkdir()
    stale = {"url": "http://127.0.0.1:9", "pid": 1, "host": socket.gethostname()}
    stale |= {"instance": "x", "organization": "NERSC", "started": 0.0}
    (storage / "service" / "00000001.json").write_text(json.dumps(stale))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), str(storage)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(5)
    ]
    try:
        lines = [(process.stdout.readline() if process.stdout else "") for process in processes]
        assert sorted(line.split()[2] for line in lines) == ["False"] * 4 + ["True"]
        assert len({tuple(line.split()[:2]) for line in lines}) == 1
    finally:
        for process in processes:
            process.communicate("")


def test_another_organization_is_a_conflict(storage: Path) -> None:
    connection = connect(storage, organization="Mila")
    try:
        with pytest.raises(CatalogError, match="running for the organization Mila"):
            connect(storage)
    finally:
        connection.close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for call in (connect, tokens):
        with pytest.raises(CatalogError, match="cannot use its folder") as error:
            call(tmp_path / "file" / "storage")
        assert error.value.code == "storage"


def test_a_port_that_is_taken(storage: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CatalogError, match=f"cannot listen on port {port}") as error:
            serve(storage, port=port, on_ready=lambda _: None)
    assert error.value.code == "conflict"


def test_it_listens_on_this_machine_only(storage: Path) -> None:
    connection = connect(storage)
    try:
        port = int(connection.url.rpartition(":")[2])
        address = socket.gethostbyname(socket.gethostname())
        if not address.startswith("127."):
            with pytest.raises(ConnectionRefusedError), socket.create_connection((address, port), timeout=2):
                pass
        assert connection.url == f"http://127.0.0.1:{port}"
    finally:
        connection.close()


def commit_plainly(url: str, token: str, path: str) -> str:
    """A commit without the client, which would wait long for a dead server."""
    lines = [
        {"key": "header", "value": {"summary": path}},
        {"key": "file", "value": {"path": path, "content": path, "encoding": "utf-8"}},
    ]
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request(
            "POST",
            "/api/datasets/NERSC/iris/commit/main",
            "\n".join(json.dumps(line) for line in lines),
            {"Authorization": f"Bearer {token}"},
        )
        oid: str = json.load(connection.getresponse())["commitOid"]
        return oid
    finally:
        connection.close()


def test_a_server_killed_while_it_writes_leaves_whole_repositories(storage: Path) -> None:
    """Commits run without pause while the server is killed again and again."""
    from dulwich import porcelain

    stored: list[str] = []
    for round_number in range(4):
        server = Server(storage)
        url, token = server.ready()
        api = HfApi(endpoint=url, token=token)
        api.create_repo("NERSC/iris", repo_type="dataset", exist_ok=True)
        killer = threading.Timer(0.1 + 0.05 * round_number, server.process.kill)
        killer.start()
        with contextlib.suppress(OSError, http.client.HTTPException):  # the server is gone
            for number in itertools.count():
                oid = commit_plainly(url, token, f"{round_number}-{number}.txt")
                stored.append(oid)
        killer.join()
        server.process.communicate()
    connection = connect(storage)
    try:
        api = api_for(connection)
        history = [c.commit_id for c in api.list_repo_commits("NERSC/iris", repo_type="dataset")]
        assert stored
        assert set(stored) <= set(history)
        assert not list(porcelain.fsck(str(storage / "repos" / "NERSC" / "iris")))
        listed = api.list_repo_files("NERSC/iris", repo_type="dataset")
        assert len(listed) == len(history)
        api.delete_repo("NERSC/iris", repo_type="dataset")
    finally:
        connection.close()


def test_what_a_killed_server_left_behind_is_cleared_away(storage: Path) -> None:
    with PracticeHub(storage) as hub:
        api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
        api.create_repo("NERSC/iris", repo_type="dataset")
    (storage / "staging" / "half" / "objects").mkdir(parents=True)
    (storage / "lfs" / "incoming" / "half").write_bytes(b"x")
    lock = storage / "repos" / "NERSC" / "iris" / "refs" / "heads" / "main.lock"
    lock.write_bytes(b"")
    with PracticeHub(storage) as hub:
        api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
        api.create_commit(
            "NERSC/iris",
            [CommitOperationAdd("a.txt", b"a")],
            commit_message="a",
            repo_type="dataset",
        )
    assert not list((storage / "staging").iterdir())
    assert not list((storage / "lfs" / "incoming").iterdir())
