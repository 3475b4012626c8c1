"""Runs tests in forks of a process that has loaded pytest and the libraries, but nothing of the project.

Loading them takes several times as long as most tests do. ``preloaded.py`` reads ``[test, seconds]`` as lines of JSON,
and writes for each whether the test passes in time.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_OPTIONS = ["-x", "-q", "-p", "no:cacheprovider"]


class Preloaded:
    """A process that runs the tests of a project, as seen by who asks it. For one thread at a time.

    Args:
        folder: the project, which modules are looked for in.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def passes(self, test: str, seconds: float) -> bool:
        """Whether a test passes; False also where it does not end in time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([test, seconds]) + "\n")
        self._process.stdin.flush()
        return bool(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def forget(folder: Path) -> None:
    """Take all modules of the project out of memory, so that each fork loads them as they are then."""
    there = {
        name for name, module in sys.modules.items() if str(getattr(module, "__file__", "")).startswith(f"{folder}/")
    }
    tops = {name.partition(".")[0] for name in there}
    for name in list(sys.modules):
        if name.partition(".")[0] in tops - {"__main__"}:
            del sys.modules[name]
    importlib.invalidate_caches()


def run(test: str, seconds: float) -> bool:
    """Whether a test passes in a fork; whatever it started is killed."""
    import pytest

    child = os.fork()
    if child == 0:
        os.setsid()
        code = 1
        try:
            code = int(pytest.main([*_OPTIONS, test]) != 0)
        finally:
            os._exit(code)
    end = time.monotonic() + seconds
    status = None
    while status is None and time.monotonic() < end:
        ended, its = os.waitpid(child, os.WNOHANG)
        status = its if ended else None
        time.sleep(0.01)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if status is None:
        os.waitpid(child, 0)
    return status == 0


def main() -> None:
    """Answer until the input ends."""
    import pytest

    orders, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    seen = set()
    for line in orders:
        test, seconds = json.loads(line)
        if test not in seen:
            seen.add(test)
            pytest.main([*_OPTIONS, "--collect-only", test])
            forget(Path.cwd())
        print(json.dumps(run(test, seconds)), file=answers, flush=True)


if __name__ == "__main__":
    main()
