"""A server whose catalog and whose data are on file systems that never answer: real ones, in a mount namespace."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rest.conftest import Answer, put
from tests.rest.scenarios.server_process import ServerProcess, wait_for

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not Path("/dev/fuse").exists() or shutil.which("unshare") is None,
    reason="only root can mount a file system that hangs, where the kernel has FUSE",
)

OWN = ("/session", "/drafts", "/datasets", "/jobs")
UNSHARE = ("unshare", "-m", "--propagation", "private")
SCRIPT = str(Path(__file__).with_name("dead_mounts.py"))


@pytest.fixture
def server(tmp_path: Path, root: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerProcess]:
    """The catalog hangs, and the folder ``hung`` of the file browser."""
    probe = subprocess.run(
        [*UNSHARE, sys.executable, SCRIPT, str(root), "--", "true"], capture_output=True, text=True, check=False
    )
    if "Operation not permitted" in probe.stderr:
        pytest.skip("nothing can be mounted here")
    hung = data.parents[1] / "hung"
    for folder in (hung, tmp_path / "server"):
        folder.mkdir()
    (hung / "load.py").write_text("x = 1\n")
    put(root, "sky")
    monkeypatch.setenv("HUGGINGNERSC_CATALOG_ROOT", str(root))
    program = (*UNSHARE, sys.executable, SCRIPT, str(root), str(hung), "--")
    process = ServerProcess(data.parents[1], tmp_path / "server", program)
    process.start()
    yield process
    process.stop()


def seconds_of(server: ServerProcess, path: str) -> float:
    begin = time.monotonic()
    assert server.ask("GET", path).status == 200
    return time.monotonic() - begin


def require_own(server: ServerProcess) -> None:
    for path in OWN:
        assert min(seconds_of(server, path) for _ in range(3)) < 1, path


def test_fifty_calls_that_hang_use_up_nothing(server: ServerProcess) -> None:
    questions = [
        ("GET", "/records/sky", None),
        ("GET", "/records/sky/citations", None),
        ("POST", "/locations", {"contents_path": "hung/x"}),
        ("GET", "/scripts?path=hung/load.py&member=loader", None),
        ("GET", "/access?name=sky", None),
    ]
    require_own(server)
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda question=question: answers.append(server.ask(*question)))  # type: ignore[misc]
        for question in questions * 10
    ]
    for thread in threads:
        thread.start()
    require_own(server)
    for thread in threads:
        thread.join()
    assert [(answer.status, answer.code) for answer in answers] == [(507, "storage")] * 50
    require_own(server)
    assert server.ask("GET", "/datasets").data["total"] == 0

    server.signal(signal.SIGUSR1)  # both are back
    wait_for(lambda: server.ask("GET", "/records/sky").status == 200)
    wait_for(lambda: server.ask("GET", "/datasets").data["total"] == 1)
    assert server.ask("POST", "/locations", {"contents_path": "data/iris"}).status == 200
    assert server.ask("GET", "/access?name=sky").status == 200
    require_own(server)
