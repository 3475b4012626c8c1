"""Runs jobs as processes on this machine that outlive their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from huggingnersc_lab.jobs.executors.base import JOB_COMMAND, Seen
from huggingnersc_lab.jobs.folder import LONGEST_SILENCE, LONGEST_START, JobFolder
from huggingnersc_lab.private_files import storage_errors


class LocalExecutor:
    """Runs each job as one detached process.

    Args:
        command: the command, to which the job's folder is appended; :data:`JOB_COMMAND` if omitted.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = command
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def submit(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        """Start the job's process."""
        with storage_errors("start the job", "Nothing was started."):
            log = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                child = subprocess.Popen(
                    [*(self._command or JOB_COMMAND), str(folder.path)],
                    # Python searches for modules there first: it must not find the user's files.
                    cwd=folder.path,
                    env={**os.environ, **environment},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            finally:
                os.close(log)
        self._children[folder.id] = child
        threading.Thread(target=child.wait, name=f"job-{folder.id}", daemon=True).start()  # leaves no zombie

    def cancel(self, folder: JobFolder, *, force: bool) -> None:
        """Send a signal; a process that has not started, or is elsewhere, finds the request in its folder."""
        process = folder.process()
        if process is not None and process.is_here and self._is_alive(folder):
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL if force else signal.SIGTERM)

    def states(self, folders: Sequence[JobFolder]) -> Mapping[str, Seen]:
        """Whether each process is running, or about to start."""
        return {folder.id: Seen("running" if self._is_alive(folder) else "gone") for folder in folders}

    def _is_alive(self, folder: JobFolder) -> bool:
        process = folder.process()
        if process is not None:
            return process.is_alive(folder.silent_seconds(), LONGEST_SILENCE)
        child = self._children.get(folder.id)
        if child is not None:
            return child.poll() is None
        return folder.silent_seconds() < LONGEST_START
