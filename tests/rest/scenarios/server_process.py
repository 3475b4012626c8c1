"""A Jupyter server as a process of its own, which may be killed and started again."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.rest.conftest import PATIENCE, Answer, check_contract

TOKEN = "of-this-test"


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.05)


class ServerProcess:
    """The server, and everything that it ever answered and logged.

    Args:
        root: what its file browser shows.
        surroundings: a folder for its settings and logs.
        runner: a program that it is run by.
    """

    def __init__(self, root: Path, surroundings: Path, runner: Sequence[str] = ()) -> None:
        self.root = root
        self.log = surroundings / "server.log"
        self.answers: list[bytes] = []
        self._runner = runner
        self._environment = {
            **os.environ,
            "HUGGINGNERSC_SITE": "sandbox",
            "HUGGINGNERSC_HUB_TIMEOUT": "30",
            **{f"JUPYTER_{name}_DIR": str(surroundings / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")},
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options: Mapping[str, object] = {
            "IdentityProvider.token": TOKEN,
            "ServerApp.port": self._port,
            "ServerApp.port_retries": 0,
            "ServerApp.root_dir": self.root,
            "ServerApp.jpserver_extensions": {"huggingnersc_lab": True},
            "ServerApp.open_browser": False,
            "ServerApp.allow_root": True,
            "Application.log_level": 10,
        }
        command = [
            *self._runner,
            sys.executable,
            "-m",
            "jupyter_server",
            *(f"--{key}={value}" for key, value in options.items()),
        ]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self._environment, cwd=self.root, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self._answers)

    def kill(self) -> None:
        """End it at once and its threads with it, as a crash of the machine's memory guard does."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def signal(self, number: signal.Signals) -> None:
        """Send it, or what runs it, a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> None:
        """End it in peace, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(PATIENCE)

    def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Ask it; the answer fits the contract."""
        answer = self._send(method, f"/huggingnersc-lab{path}", body)
        check_contract(method, path, answer)
        return answer

    def settled(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """A job once it has ended."""

        def stands() -> dict[str, Any]:
            found: dict[str, Any] = self.ask("GET", f"/jobs/{job['id']}").data
            return found

        wait_for(lambda: stands()["state"] in ("succeeded", "failed", "cancelled"))
        return stands()

    def first_events(self, count: int) -> str:
        """What the stream of events says first."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        connection.request("GET", "/huggingnersc-lab/jobs/events", headers={"Authorization": f"token {TOKEN}"})
        response = connection.getresponse()
        said = b""
        while said.count(b"\n\n") < count:
            said += response.readline()
        connection.close()
        self.answers.append(said)
        return said.decode()

    def _send(self, method: str, path: str, body: Any = None) -> Answer:
        from tornado.httputil import HTTPHeaders

        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        content = None if body is None else json.dumps(body)
        connection.request(method, path, content, {"Authorization": f"token {TOKEN}"})
        response = connection.getresponse()
        answer = Answer(response.status, HTTPHeaders(dict(response.getheaders())), response.read())
        connection.close()
        self.answers += [str(response.headers).encode(), answer.body]
        return answer

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log.read_text()
        try:
            return self._send("GET", "/api/status").status == 200
        except OSError:
            return False
