"""Jobs as processes of this machine, which outlive whoever started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress

from huggingnersc_lab.jobs.folder import LONGEST_SILENCE, LONGEST_START, JobFolder
from huggingnersc_lab.private_files import storage_errors


class LocalExecutor:
    """Carries each job out in one detached ``python -m huggingnersc_lab job run FOLDER``."""

    def __init__(self) -> None:
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, folder: JobFolder, environment: Mapping[str, str]) -> None:
        """Start the job's process.

        Args:
            folder: the job.
            environment: variables that the process gets besides ours, a token among them.
        """
        with storage_errors("start the job", "Nothing was begun."):
            log = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                child = subprocess.Popen(
                    [sys.executable, "-m", "huggingnersc_lab", "job", "run", str(folder.path)],
                    # Python looks for modules there first: no file of the person's may be taken for one.
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

    def is_alive(self, folder: JobFolder) -> bool:
        """Whether the job's process works, or is about to begin."""
        process = folder.process()
        if process is not None:
            return process.is_alive(folder.silent_seconds(), LONGEST_SILENCE)
        child = self._children.get(folder.id)
        if child is not None:
            return child.poll() is None
        return folder.silent_seconds() < LONGEST_START

    def stop(self, folder: JobFolder, *, force: bool) -> None:
        """Tell the job's process to stop; one that has not begun, or is elsewhere, sees the wish in its folder."""
        process = folder.process()
        if process is not None and process.is_here and self.is_alive(folder):
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL if force else signal.SIGTERM)
