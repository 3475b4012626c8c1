"""The helper processes there are: none before there is work, and none waited for that a file system holds."""

from __future__ import annotations

import os
import threading
import time
from subprocess import Popen, TimeoutExpired

from huggingnersc_lab.access.helper import Helper

AT_ONCE = 3
"""So many look at once."""

MOST_ABANDONED = 4
"""With so many killed ones that have not ended nobody is sent after them."""

_END_SECONDS = 3.0


class Helpers:
    """Starts, keeps and ends helpers. May be used from any thread."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._taken = 0
        self._idle: list[Helper] = []
        self._abandoned: list[Popen[bytes]] = []
        self._person = _person()

    def reserve(self, wanted: int, seconds: float) -> int:
        """How many one may use, up to ``wanted``; 0 when others have had them all for so many seconds."""
        with self._change:
            self._change.wait_for(lambda: self._taken < AT_ONCE, seconds)
            reserved = min(wanted, AT_ONCE - self._taken)
            self._taken += reserved
            return reserved

    def release(self, reserved: int) -> None:
        """Let others use them."""
        with self._change:
            self._taken -= reserved
            self._change.notify_all()

    def get(self) -> Helper | None:
        """A helper without work; None where too many are held by file systems, or none can be started."""
        with self._change:
            if self._person != _person():  # after a fork, or as somebody else, these are not ours
                self._person, self._idle = _person(), []
            while self._idle:
                helper = self._idle.pop()
                if helper.process.poll() is None:
                    return helper
                helper.kill()
            self._abandoned = [process for process in self._abandoned if process.poll() is None]
            if len(self._abandoned) >= MOST_ABANDONED:
                return None
        try:
            return Helper()
        except OSError:
            return None

    def keep(self, helper: Helper) -> None:
        """Take one back that has done its work."""
        with self._change:
            self._idle.append(helper)

    def abandon(self, helper: Helper) -> None:
        """End one, and leave it to itself if it does not."""
        helper.kill()
        with self._change:
            self._abandoned.append(helper.process)

    def close(self) -> None:
        """End all that are without work, and wait a moment for those that were killed."""
        with self._change:
            idle, self._idle = self._idle, []
        for helper in idle:
            self.abandon(helper)
        end = time.monotonic() + _END_SECONDS
        for process in self._abandoned:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except TimeoutExpired:  # a file system holds it
                continue


def _person() -> tuple[int, int, int]:
    return os.getpid(), os.geteuid(), os.getegid()
