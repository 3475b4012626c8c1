"""A practice Hub that serves: its folder, its port, its end."""

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
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from huggingface_hub import CommitOperationAdd, HfApi

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sandbox import PracticeHub, connect, serve, tokens

from .conftest import Server, api_for


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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_with_a_signal(storage: Path, server: Server, number: signal.Signals) -> None:
    server.ready()
    assert server.end(number) == "stopped\n"
    assert server.process.returncode == 0
    assert not (storage / "hub.json").exists()


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
