"""Reads headers of files in a process that may crash, hang or run out of memory without harm to its caller."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast, get_args

from huggingnersc_lab.inspection.problem import Problem, ProblemCode

if TYPE_CHECKING:
    from typing_extensions import Self

SECONDS = 20.0
"""Time for one file: its header may be on a slow file system."""

START_SECONDS = 60.0
"""Time for a process to start: its modules may be on a slow file system, too."""

_MOST_BYTES = 2**24
_KEPT = ("LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE")
"""Environment variables it gets: those that Python itself may need, and no token."""

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "ARROW_IO_THREADS": "1"}
"""Each thread of a library reserves address space, which is limited."""


def command() -> list[str]:
    """The command that starts a process with the module search path of this one."""
    home = str(Path(__file__).resolve().parents[2])
    places = [place for place in sys.path if Path(place).is_absolute()]
    places += [] if home in places else [home]
    start = f"import sys; sys.path[:] = {places!r}; from huggingnersc_lab.inspection.reader_main import main; main()"
    return [sys.executable, "-I", "-S", "-B", "-c", start]


class Reader:
    """Reads one file at a time; a context manager. Not thread-safe.

    After a file that it could not read it is replaced: the library may have been damaged by it.

    Args:
        seconds: time for one file.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End its process."""
        process, self._process, self._unread = self._process, None, b""
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.wait()

    def describe(self, base: str, path: str, wanted: str | None) -> tuple[str | None, Mapping[str, Any] | Problem]:
        """The format of a file, and its description, or why there is none.

        Args:
            base: absolute path of the data's root.
            path: path of the file, relative to it.
            wanted: the format that its name promises; None to go by its content.
        """
        try:
            answer = self._ask({"path": f"{base}/{path}".rstrip("/"), "format": wanted})
        except _NoAnswerError as err:
            self.close()
            return wanted, Problem(path, "limit", str(err))
        found = answer.get("format")
        found = found if isinstance(found, str) else None
        description = answer.get("description")
        if isinstance(description, dict):
            return found, description
        code = answer.get("code")
        known = cast("ProblemCode", code) if code in get_args(ProblemCode) else "damaged"
        if known in ("damaged", "limit"):
            self.close()
        return found, Problem(path, known, str(answer.get("detail", "It cannot be read.")))

    def _ask(self, order: Mapping[str, Any]) -> dict[str, Any]:
        process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")
        except BrokenPipeError as err:
            raise _NoAnswerError(_ended(process)) from err
        return self._line(process, self._seconds)

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = process = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={name: os.environ[name] for name in _KEPT if name in os.environ} | _ONE_THREAD,
            start_new_session=True,  # Ctrl-C is for its parent
            bufsize=0,
        )
        self._line(process, START_SECONDS)
        return process

    def _line(self, process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        end = time.monotonic() + seconds
        output = process.stdout.fileno()
        poll = select.poll()
        poll.register(output, select.POLLIN)
        while b"\n" not in self._unread:
            if len(self._unread) > _MOST_BYTES:
                raise _NoAnswerError("Its description is too large.")
            if not poll.poll(max(0.0, 1000 * (end - time.monotonic()))):
                raise _NoAnswerError(f"Reading its header took longer than {seconds:g} seconds.")
            if not (part := os.read(output, 65536)):
                raise _NoAnswerError(_ended(process))
            self._unread += part
        line, _, self._unread = self._unread.partition(b"\n")
        try:
            answer = json.loads(line)
        except ValueError as err:
            raise _NoAnswerError("The process that read it answered with nonsense.") from err
        if not isinstance(answer, dict):
            raise _NoAnswerError("The process that read it answered with nonsense.")
        return answer


class _NoAnswerError(Exception):
    """The process did not answer; the message is a sentence for people."""


def _ended(process: subprocess.Popen[bytes]) -> str:
    code = process.wait()
    how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
    return f"It crashed the process that read it, which ended {how}."
