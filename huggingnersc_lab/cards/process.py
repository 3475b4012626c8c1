"""The server's side of a process that renders texts; :mod:`huggingnersc_lab.cards.process_main` is its main module."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path

from huggingnersc_lab.render.html.safe_html import MAX_CHARACTERS, SafeHtml

START_SECONDS = 20.0
"""Timeout for starting a process: its modules may be on a slow file system."""

_KEPT = ("LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
"""Environment variables it gets: those that Python itself may need, and no token."""

_READ_BYTES = 65536


def command() -> list[str]:
    """The command that starts a process with the module search path of this one."""
    home = str(Path(__file__).resolve().parents[2])
    places = [place for place in sys.path if Path(place).is_absolute()]
    places += [] if home in places else [home]
    start = f"import sys; sys.path[:] = {places!r}; from huggingnersc_lab.cards.process_main import main; main()"
    return [sys.executable, "-I", "-S", "-c", start]


class CardProcess:
    """A process that renders one text at a time. Not thread-safe."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        self._input, self._output = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(self._input, False)
        self._unread = b""

    @classmethod
    def start(cls) -> CardProcess | None:
        """Start a process and wait until it is ready; None if that fails."""
        try:
            popen = subprocess.Popen(
                command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
                start_new_session=True,  # Ctrl-C is for the server
                bufsize=0,
            )
        except OSError:
            return None
        process = cls(popen)
        if process._line(time.monotonic() + START_SECONDS) is None:
            process.kill()
            return None
        return process

    @property
    def is_alive(self) -> bool:
        """Whether it is still running; it exits after a while without work."""
        return self._process.poll() is None

    def render(self, text: str, seconds: float) -> SafeHtml | None:
        """Render a text as safe HTML; None if it takes too much time or memory: the process is then unusable."""
        end = time.monotonic() + seconds
        order = json.dumps(text[: MAX_CHARACTERS + 1]).encode() + b"\n"
        line = self._line(end) if self._send(order, end) else None
        return None if line is None else SafeHtml(*json.loads(line))

    def kill(self) -> None:
        """End it."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait()

    def _send(self, order: bytes, end: float) -> bool:
        while order and self._wait(self._input, select.POLLOUT, end):
            try:
                order = order[os.write(self._input, order) :]
            except BrokenPipeError:
                return False
        return not order

    def _line(self, end: float) -> bytes | None:
        """The next line of its output; None if the output or the time ends first."""
        while b"\n" not in self._unread:
            read = os.read(self._output, _READ_BYTES) if self._wait(self._output, select.POLLIN, end) else b""
            if not read:
                return None
            self._unread += read
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    @staticmethod
    def _wait(descriptor: int, event: int, end: float) -> bool:
        poll = select.poll()
        poll.register(descriptor, event)
        return bool(poll.poll(max(0.0, 1000 * (end - time.monotonic()))))
