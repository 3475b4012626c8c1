"""A dataset that is shared, and what carries an action out."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.channels import Action, Dataset, Keys, Ledger, Outcome, Work
from huggingnersc_lab.channels.drive.rclone.program import Rclone
from huggingnersc_lab.jobs.arguments import read_arguments
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.sites import load_site

from .google import Google


@dataclass
class Share:
    """One dataset, and everything that its actions have told."""

    dataset: Dataset
    ledger: Ledger
    folder: Path
    steps: list[tuple[str, str, str]] = field(default_factory=list)
    progress: list[tuple[int | None, int | None]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def run(self, action: Action[Any], source: str | None = None, **options: Any) -> Outcome:
        """Carry an action out; what comes of it is in the record afterwards."""
        read = read_arguments(action.options, options)
        if action.takes == "dataset":
            assert list(action.missing(self.dataset, read)) == []
        found = self.dataset if source in (None, self.dataset.name) else None
        work = Work(
            source or self.dataset.name,
            read,
            Keys(()),
            self.ledger,
            self.folder,
            lambda *step: self.steps.append(step),
            self._report,
            self.lines.append,
            found,
        )
        outcome = action.run(work)
        record = self.dataset.record
        if outcome.distributions is not None:
            record = replace(record, distributions=outcome.distributions)
        if outcome.values:
            record = DatasetRecord.from_dict(record.to_dict() | dict(outcome.values))
        self.dataset = replace(self.dataset, record=record)
        return outcome

    def set(self, **settings: Any) -> None:
        """Other settings of the channel."""
        self.dataset = replace(self.dataset, settings={**self.dataset.settings, **settings})

    def change(self, **members: Any) -> None:
        """Another record."""
        self.dataset = replace(self.dataset, record=replace(self.dataset.record, **members))

    def _report(
        self,
        fraction: float | None = None,
        text: str = "",
        *,
        bytes_done: int | None = None,
        total_bytes: int | None = None,
    ) -> None:
        self.progress.append((bytes_done, total_bytes))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Some data: two folders, a loose file, an empty folder, an empty file."""
    root = tmp_path / "data"
    (root / "train").mkdir(parents=True)
    (root / "test" / "deep").mkdir(parents=True)
    (root / "empty").mkdir()
    (root / "train" / "a.csv").write_text("1,2\n" * 5000)
    (root / "train" / "b.bin").write_bytes(bytes(range(256)) * 64)
    (root / "test" / "deep" / "c.csv").write_text("3,4\n")
    (root / "readme.txt").write_text("hello\n")
    (root / "nothing.txt").touch()
    return root


@pytest.fixture
def transit(tmp_path: Path) -> Path:
    folder = tmp_path / "transit"
    folder.mkdir()
    return folder


@pytest.fixture
def share(tmp_path: Path, data: Path, transit: Path) -> Share:
    record = DatasetRecord(
        name="ocean-waves",
        pretty_name="Ocean waves",
        license="cc-by-4.0",
        data_path=str(data),
        papers=("2106.09685",),
        code=("https://github.com/example/waves",),
    )
    settings = {"transit": str(transit), "helpdesk_mail": "help@example.org", "root_folder_id": "1peJ6VF9wQ-LeETgcdG"}
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return Share(Dataset(record, load_site("mila"), settings), Ledger(tmp_path / "ledger.json"), scratch)


class Remotes:
    """rclone's configuration, of this test alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()

    def add(self, name: str, **options: str) -> None:
        """Add a remote."""
        with self.path.open("a") as stream:
            stream.write("\n".join([f"[{name}]", *(f"{key} = {value}" for key, value in options.items()), "\n"]))


@pytest.fixture
def remotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remotes:
    for name in list(os.environ):
        if name.startswith("RCLONE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "rclone.conf"))
    monkeypatch.setenv("RCLONE_RETRIES", "1")
    monkeypatch.setenv("RCLONE_LOW_LEVEL_RETRIES", "1")
    return Remotes(tmp_path / "rclone.conf")


Serve = Callable[..., str]


@pytest.fixture
def serve(tmp_path: Path, remotes: Remotes) -> Iterator[Serve]:
    """Starts ``rclone serve PROTOCOL FOLDER``; its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(protocol: str, folder: Path) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [str(Rclone.find().program), "serve", protocol, "--addr", f"127.0.0.1:{port}", str(folder)]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        running.append(process)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return f"http://127.0.0.1:{port}"
        raise TimeoutError

    yield start
    for process in running:
        process.terminate()
        process.wait()


@pytest.fixture
def google(tmp_path: Path, remotes: Remotes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    """A stand-in for Google Drive; the remote ``gd`` leads to the folder ``top`` of it."""
    with Google(tmp_path) as server:
        top = server.drive.add("top", "root")
        monkeypatch.setenv("HTTPS_PROXY", server.url)
        monkeypatch.setenv("https_proxy", server.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("RCLONE_CA_CERT", str(server.ca_file))
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(server.ca_file))
        monkeypatch.setenv("RCLONE_DRIVE_PACER_MIN_SLEEP", "1ms")
        remotes.add(
            "gd",
            type="drive",
            client_id="client.apps.googleusercontent.com",
            client_secret="client-secret-value",
            scope="drive",
            root_folder_id=top.id,
            token='{"access_token":"ya29.test-token","token_type":"Bearer","refresh_token":"r","expiry":"2099-01-01T00:00:00Z"}',
        )
        server.top = top.id
        yield server
        server.shutdown()
