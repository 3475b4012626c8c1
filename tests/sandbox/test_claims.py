"""Of all that start a practice Hub on one folder one serves, and the others find it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sandbox import Connection, PracticeHub, connect, serve

from .conftest import Server, api_for


def test_another_process_is_found_and_used(storage: Path, server: Server) -> None:
    url, token = server.ready()
    found = connect(storage)
    assert (found.url, found.token, found.started_here) == (url, token, False)
    found.close()
    assert api_for(found).whoami()["name"] == "practice-admin"
    with pytest.raises(CatalogError, match=f"already running at {url}") as error:
        serve(storage, on_ready=lambda _: None)
    assert error.value.code == "conflict"


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
        with pytest.raises(CatalogError, match="does not respond") as error:
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
