"""One helper process, seen from the one that has work for it; :mod:`huggingnersc_lab.access.helper_main` is it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.helper_main import NOTE_BYTES, from_wire, to_wire

_KEPT = ("LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
"""What of the environment a helper gets: what Python itself may need, and no token."""

_READ_BYTES = 65536


def command() -> list[str]:
    """Starts a helper: by our own Python, with none of the paths and variables that could bring in other modules."""
    home = str(Path(__file__).resolve().parents[2])
    start = f"import sys; sys.path.append({home!r}); from huggingnersc_lab.access.helper_main import main; main()"
    return [sys.executable, "-I", "-S", "-c", start]


class Helper:
    """A helper process, which is not ready at first.

    Attributes:
        process: the process.
        pending: paths it has been given and not yet answered, in their order.
        is_ready: whether it has begun to serve.
        since: when it got its work or answered last, by the monotonic clock.
    """

    def __init__(self) -> None:
        self._note = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            self.process = self._start()
        except OSError:
            self._note.close()
            raise
        assert self.process.stdin is not None  # noqa: S101 - both are pipes
        assert self.process.stdout is not None  # noqa: S101
        self.input, self.output = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.input, False)
        os.set_blocking(self.output, False)
        self.pending: deque[str] = deque()
        self.is_ready = False
        self.since = 0.0
        self._unsent = b""
        self._unread = b""

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._note,
            cwd="/",
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            start_new_session=True,  # Ctrl-C is for the server
            bufsize=0,
        )

    @property
    def has_unsent(self) -> bool:
        """Whether a part of its order is still here."""
        return bool(self._unsent)

    def order(self, paths: Sequence[str]) -> None:
        """Give it paths to look at."""
        os.pwrite(self._note.fileno(), b"\0", 0)  # which is of its former work
        self.since = time.monotonic()
        self.pending.extend(paths)
        self._unsent += json.dumps([to_wire(path) for path in paths]).encode() + b"\n"
        self.send()

    def send(self) -> None:
        """Send what it takes of its order. Of a helper that is gone nothing is sent: its output tells."""
        try:
            self._unsent = self._unsent[os.write(self.input, self._unsent) :]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self._unsent = b""

    def answers(self) -> Iterator[tuple[str, Access]]:
        """What it has answered since.

        Raises:
            EOFError: it is gone.
        """
        try:
            read = os.read(self.output, _READ_BYTES)
        except BlockingIOError:
            return
        if not read:
            raise EOFError
        self.since = time.monotonic()
        *lines, self._unread = (self._unread + read).split(b"\n")
        for line in lines:
            said = json.loads(line)
            if said == []:
                self.is_ready = True
            else:
                yield self.pending.popleft(), _access(said)

    def step(self) -> str | None:
        """The step of the way that it is at; None where it has left no word."""
        noted = os.pread(self._note.fileno(), NOTE_BYTES, 0).partition(b"\0")[0]
        return os.fsdecode(noted) if noted.startswith(b"/") else None

    def kill(self) -> None:
        """End it without waiting: nothing ends a process that a file system holds."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout, self._note):
            if stream is not None:
                stream.close()


def _access(said: dict[str, Any]) -> Access:
    blocked_at = cast("str | None", said.get("blocked_at"))
    return Access(**{**said, "blocked_at": None if blocked_at is None else from_wire(blocked_at)})
