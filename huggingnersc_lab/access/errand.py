"""One call of the prober: many paths, a few helpers, and a time for each."""

from __future__ import annotations

import os
import select
import time
from collections import Counter, deque
from collections.abc import Sequence

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.helper import Helper
from huggingnersc_lab.access.helpers import Helpers
from huggingnersc_lab.access.mounts import Hung

CHUNK = 64
"""So many paths a helper gets at a time: they share what is seen of their folders."""

_START_SECONDS = 15.0
_TRIES = 2


class Errand:
    """Has paths looked at.

    Args:
        paths: the paths, the most urgent ones first.
        helpers: where helpers are from.
        hung: what is not to be looked at, and learns what hangs now.
        seconds: time limit of one path.
        end: when to give up, by the monotonic clock.

    Attributes:
        waiting: what nobody looks at yet.
        found: what was found.
    """

    def __init__(self, paths: Sequence[str], helpers: Helpers, hung: Hung, *, seconds: float, end: float) -> None:
        self.waiting = deque(dict.fromkeys(paths))
        self.found: dict[str, Access] = {}
        self._helpers = helpers
        self._hung = hung
        self._seconds = seconds
        self._end = end
        self._busy: list[Helper] = []
        self._failures: Counter[str] = Counter()

    def run(self, count: int) -> None:
        """Look at everything, with so many helpers at once."""
        try:
            while count and time.monotonic() < self._end:
                self._hand_out(count)
                if not self._busy:
                    break
                self._listen()
                self._give_up_on_late_ones()
        finally:
            for helper in self._busy:
                self._helpers.abandon(helper)
                self.waiting.extend(helper.pending)
        self.found |= {path: unknown(path, "there was no time left to look") for path in self.waiting}

    def _hand_out(self, count: int) -> None:
        """Give work to helpers until all are busy."""
        while self.waiting and len(self._busy) < count:
            chunk: list[str] = []
            while self.waiting and len(chunk) < CHUNK:
                path = self.waiting.popleft()
                if path in self._hung:
                    self.found[path] = unknown(path, "the file system has not answered lately")
                elif _is_encodable(path):
                    chunk.append(path)
                else:
                    self.found[path] = Access("missing", path, detail="no name that a file system could hold")
            if not chunk:
                return
            helper = self._helpers.get()
            if helper is None:
                self.found |= {path: unknown(path, "no process to look with could be started") for path in chunk}
            else:
                helper.order(chunk)
                self._busy.append(helper)

    def _listen(self) -> None:
        """Wait for an answer, and no longer than there is time."""
        poll = select.poll()
        for helper in self._busy:
            poll.register(helper.output, select.POLLIN)
            if helper.has_unsent:
                poll.register(helper.input, select.POLLOUT)
        until = min(self._end, *(self._deadline(helper) for helper in self._busy))
        ready = {descriptor for descriptor, _ in poll.poll(max(0.0, 1000 * (until - time.monotonic())))}
        for helper in list(self._busy):
            if helper.input in ready:
                helper.send()
            if helper.output in ready:
                self._read(helper)

    def _read(self, helper: Helper) -> None:
        try:
            self.found.update(helper.answers())
        except EOFError:
            self._lost(helper)
        else:
            if not helper.pending:
                self._busy.remove(helper)
                self._helpers.keep(helper)

    def _lost(self, helper: Helper) -> None:
        """One has ended by itself; what it was at may be the reason."""
        path = helper.pending.popleft()
        self._failures[path] += 1
        if self._failures[path] < _TRIES:
            helper.pending.appendleft(path)
        else:
            self.found[path] = unknown(path, "the process that looked has ended")
        self._replace(helper)

    def _give_up_on_late_ones(self) -> None:
        now = time.monotonic()
        for helper in [helper for helper in self._busy if now > self._deadline(helper)]:
            path = helper.pending.popleft()
            if helper.is_ready:
                self._hung.add(path, helper.step())
            self.found[path] = unknown(path, f"the file system did not answer within {self._seconds:.0f} seconds")
            self._replace(helper)

    def _replace(self, helper: Helper) -> None:
        """Leave its work to others."""
        self.waiting.extendleft(reversed(helper.pending))
        helper.pending.clear()
        self._busy.remove(helper)
        self._helpers.abandon(helper)

    def _deadline(self, helper: Helper) -> float:
        return helper.since + (self._seconds if helper.is_ready else _START_SECONDS)


def unknown(path: str, why: str) -> Access:
    """What could not be looked at."""
    return Access("unknown", path, detail=why)


def _is_encodable(path: str) -> bool:
    """Whether a file system's name can be made of it: half a character is none."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True
