"""Fixtures for tests that talk to a practice Hub with the real `huggingface_hub` over real HTTP."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from huggingnersc_lab.sandbox import Connection
from tests.practice_hub import FaultyHub

if TYPE_CHECKING:
    from huggingface_hub import HfApi

for name in ("HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_XET", "HF_HUB_DISABLE_PROGRESS_BARS"):
    os.environ[name] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The client uploads large files in a way that its own HTTP library calls deprecated."""
    ignore = pytest.mark.filterwarnings("ignore:Use 'content=<:DeprecationWarning")
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(ignore)


@pytest.fixture(scope="session", autouse=True)
def _quiet_client() -> Iterator[None]:
    """The client reads its switches when it is imported, which may have been before this file."""
    from huggingface_hub import close_session, constants

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)
        patch.setattr(constants, "HF_HUB_DISABLE_XET", True)
        yield
    close_session()


@pytest.fixture
def practice_hub(tmp_path: Path) -> Iterator[FaultyHub]:
    with FaultyHub(tmp_path / "hub") as hub:
        yield hub


@pytest.fixture
def api_of(practice_hub: FaultyHub) -> Callable[[str | None], HfApi]:
    """The client of a role; None is somebody without a token."""
    from huggingface_hub import HfApi

    def make(role: str | None) -> HfApi:
        token = practice_hub.tokens[role] if role else False
        return HfApi(endpoint=practice_hub.url, token=token)

    return make


@pytest.fixture
def api(api_of: Callable[[str | None], HfApi]) -> HfApi:
    """The admin's client."""
    return api_of("admin")


@pytest.fixture
def iris(api: HfApi) -> str:
    """An empty dataset in the organization, made by the admin."""
    api.create_repo("NERSC/iris", repo_type="dataset")
    return "NERSC/iris"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@pytest.fixture
def ask(practice_hub: FaultyHub) -> Callable[..., Answer]:
    """One plain HTTP request, as a role or as nobody, with no client's comfort around it."""

    def send(method: str, path: str, body: Any = None, *, role: str | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(practice_hub.url).netloc, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if role is not None:
            named["Authorization"] = f"Bearer {practice_hub.tokens[role]}"
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    return send


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
    from huggingface_hub import HfApi

    return HfApi(endpoint=connection.url, token=connection.token)
