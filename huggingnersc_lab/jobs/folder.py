"""A job's folder: all its data, in private files.

``job.json`` is the spec, ``process.json`` identifies its process (which touches the file every few seconds),
``events.jsonl`` has one step per line, ``progress.json`` the progress, ``state.json`` the state, ``cancel`` the request
to stop it, ``log`` the output of its process. For a scheduler, ``scheduler.json`` has the ids that it assigned and
``batch.sh`` the submitted script. The starter of the job writes the spec, its process the rest.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.job import ENDED, Job, JobStep, Outcome, Progress
from huggingnersc_lab.jobs.reading import read_outcome, read_process, read_progress, read_scheduler_ids, read_step
from huggingnersc_lab.jobs.spec import JobSpec
from huggingnersc_lab.private_files import create_private, make_private_folder, storage_errors, write_private
from huggingnersc_lab.processes import Process
from huggingnersc_lab.regular import read_regular

HEARTBEAT_SECONDS = 5.0
"""Interval of the heartbeat of a job's process."""

LONGEST_SILENCE = 120.0
"""A process on another machine counts as gone after this many seconds of silence."""

LONGEST_START = 60.0
"""A process that cannot be observed counts as gone if it does not start within this many seconds."""

MAX_LOG_BYTES = 64 * 1024
"""The end of a log that is shown."""


class JobFolder:
    """One job on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def id(self) -> str:
        """The job's id."""
        return self.path.name

    @property
    def log(self) -> Path:
        """The output of its process."""
        return self.path / "log"

    def read_log(self) -> tuple[str, bool]:
        """The last :data:`MAX_LOG_BYTES` of the log, and whether there is more before them."""
        with storage_errors("read the job's log"):
            try:
                size, content = read_regular(self.log, MAX_LOG_BYTES)
                if size > MAX_LOG_BYTES:
                    with self.log.open("rb") as stream:
                        stream.seek(-MAX_LOG_BYTES, os.SEEK_END)
                        content = stream.read(MAX_LOG_BYTES)
            except FileNotFoundError:
                return "", False
        text = content.decode("utf-8", "replace")
        is_cut = size > MAX_LOG_BYTES
        return (text.partition("\n")[2] if is_cut else text), is_cut

    @classmethod
    def create(cls, path: Path, spec: JobSpec) -> JobFolder:
        """Store a spec. The folder appears atomically, with the spec in it."""
        content = json.dumps({"created_at": now(), **spec.to_dict()}, indent=1).encode()
        fresh = path.with_name(f".{path.name}")
        with storage_errors("save the new job", "Nothing was started."):
            make_private_folder(path.parent)
            fresh.mkdir(mode=0o700)
            try:
                write_private(fresh / "job.json", content)
                fresh.rename(path)
            except BaseException:
                for file in fresh.iterdir():
                    file.unlink()
                fresh.rmdir()
                raise
        return cls(path)

    @cached_property
    def _created(self) -> tuple[str, JobSpec]:
        with storage_errors("read the job"):
            try:
                content = (self.path / "job.json").read_bytes()
            except FileNotFoundError as err:
                raise CatalogError("not_found", f"There is no job in '{self.path}'.") from err
        try:
            data = json.loads(content)
            return str(data.pop("created_at")), JobSpec.from_dict(data)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as err:
            detail = f"The job's file '{self.path / 'job.json'}' is damaged: {err}. Delete its folder."
            raise CatalogError("invalid_record", detail) from err

    @property
    def spec(self) -> JobSpec:
        """The job's spec."""
        return self._created[1]

    @property
    def created_at(self) -> str:
        """When it was started, ISO 8601 in UTC."""
        return self._created[0]

    def claim(self) -> None:
        """Register the current process as the one that runs the job.

        Raises:
            CatalogError: ``conflict`` if another process does or did.
        """
        content = json.dumps(asdict(Process.this())).encode()
        with storage_errors("start the job"):
            if not create_private(self.path / "process.json", content):
                raise CatalogError("conflict", f"The job {self.id} is or was run by another process.")

    def process(self) -> Process | None:
        """The process that runs it, or did; None before it has started."""
        try:
            return read_process(json.loads((self.path / "process.json").read_bytes()))
        except (OSError, ValueError, RecursionError):
            return None

    def beat(self) -> None:
        """Send a heartbeat."""
        with suppress(OSError):
            os.utime(self.path / "process.json")

    def silent_seconds(self) -> float:
        """Time since the last heartbeat, or since the job was started if there was none yet."""
        for name in ("process.json", "job.json"):
            with suppress(OSError):
                return time.time() - (self.path / name).stat().st_mtime
        return float("inf")

    def add_step(self, name: str, phase: str, detail: str) -> None:
        """Add a step. A full disk must not stop the work itself, so the step is then lost."""
        line = json.dumps(asdict(JobStep(name, phase, detail, now()))).encode() + b"\n"
        with suppress(OSError):
            descriptor = os.open(self.path / "events.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(line)

    def report(self, progress: Progress) -> None:
        """Write the progress; lost on a full disk, like a step."""
        content = json.dumps({**progress.to_dict(), "at": now()}).encode()
        # Only its process writes here, and a crash may lose the last progress: so a fixed name, and no fsync.
        temporary = self.path / ".progress.json"
        with suppress(OSError):
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
            temporary.replace(self.path / "progress.json")

    def begin(self) -> None:
        """Mark the job as running."""
        self._write_state({"state": "running"})

    def end(self, outcome: Outcome) -> None:
        """Write the final state."""
        self._write_state(asdict(outcome))

    def _write_state(self, state: Mapping[str, Any]) -> None:
        with storage_errors("save the state of the job"):
            write_private(self.path / "state.json", json.dumps({**state, "updated_at": now()}, indent=1).encode())

    def ask_to_cancel(self) -> float:
        """Request that it stops; return how many seconds ago that was first requested."""
        path = self.path / "cancel"
        with storage_errors("cancel the job"):
            if create_private(path, b""):
                return 0.0
            return time.time() - path.stat().st_mtime

    @property
    def is_cancelled(self) -> bool:
        """Whether a stop was requested."""
        return (self.path / "cancel").exists()

    def keep_scheduler_ids(self, *ids: str) -> None:
        """Save its ids in the scheduler; the last one is that of the job that ends last."""
        with storage_errors("keep the job's id"):
            write_private(self.path / "scheduler.json", json.dumps({"ids": ids}).encode())

    def scheduler_ids(self) -> tuple[str, ...]:
        """Its ids in the scheduler; empty if it has none."""
        return read_scheduler_ids(self._read_object("scheduler.json"))

    @property
    def has_ended(self) -> bool:
        """Whether it has a final state; cheaper than :meth:`read`."""
        return read_outcome(self._read_object("state.json")).state in ENDED

    def read(self) -> Job:
        """The job according to its files."""
        spec = self.spec
        state = self._read_object("state.json")
        outcome = read_outcome(state)
        steps = tuple(self._steps())
        progress = self._read_object("progress.json")
        moments = (state.get("updated_at"), progress.pop("at", None), steps[-1].at if steps else None)
        return Job(
            id=self.id,
            kind=spec.kind,
            dataset=spec.dataset,
            state=outcome.state,
            steps=steps,
            kept=outcome.kept,
            created_at=self.created_at,
            updated_at=max([self.created_at, *(str(moment) for moment in moments if moment)]),
            executor=spec.executor,
            progress=read_progress(progress),
            result=outcome.result,
            error=outcome.error,
            scheduler_id="".join(self.scheduler_ids()[-1:]),
        )

    def _read_object(self, name: str) -> dict[str, Any]:
        """The object in one of the files; empty if the file is missing or damaged."""
        try:
            return dict(json.loads((self.path / name).read_bytes()))
        except (OSError, ValueError, TypeError, RecursionError):
            return {}

    def _steps(self) -> list[JobStep]:
        try:
            lines = (self.path / "events.jsonl").read_bytes().splitlines()
        except OSError:
            return []
        steps = []
        for line in lines:
            with suppress(ValueError, RecursionError):  # a line cut off by a crash
                step = read_step(json.loads(line))
                steps += [step] if step else []
        return steps


def now() -> str:
    """The current time, ISO 8601 in UTC."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
