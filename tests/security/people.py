"""Several real users in one group: a warm process that forks for each order and lets the fork become somebody.

Nobody but root can import what lies below root's home, so everything is imported, and run once, before the fork gives
its rights up. Orders and answers are JSON.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

GROUP = 64_000
PATIENCE = 60.0


@dataclass
class Failure(Exception):  # noqa: N818 - what a person was told, not an error of the tests
    """What a person was told instead of an answer.

    Attributes:
        code: of the :class:`CatalogError`; ``crash`` for any other exception.
        detail: what was said; a traceback for a crash.
        fields: the findings.
    """

    code: str
    detail: str
    fields: tuple[dict[str, Any], ...] = ()

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


class Machine:
    """The warm process.

    Args:
        folder: one that everybody may look into; the package is copied there.
        warm_up: the order that it carries out itself before any other.
    """

    def __init__(self, folder: Path, warm_up: dict[str, Any]) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        command = [sys.executable, str(Path(__file__).with_name("machine.py"))]
        environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder
        )
        self._send(warm_up)
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said == "warm\n", said

    def _send(self, order: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def begin(self, order: dict[str, Any]) -> Path:
        """Let somebody do something; their answer is going to be in that file."""
        answer = self._folder / f"answer-{next(self._numbers)}"
        self._send(order | {"answer": str(answer)})
        return answer

    def close(self) -> None:
        self._process.communicate()


@dataclass(frozen=True)
class Person:
    """A user of the machine, in the catalog's group.

    Attributes:
        machine: where they work.
        uid: their number.
        home: their home folder, which nobody else can look into.
        root: the catalog's folder.
        environ: their environment.
    """

    machine: Machine
    uid: int
    home: Path
    root: Path
    environ: dict[str, str] = field(default_factory=dict)

    def do(self, deed: str, **values: Any) -> Any:
        """Do one of ``deeds.py`` and tell what came of it; raises :class:`Failure`."""
        return self.wait_for(self.begin(deed, **values))

    def fails(self, deed: str, **values: Any) -> Failure:
        """Do something that is refused; what was said. A crash of the program is no refusal."""
        with pytest.raises(Failure) as told:
            self.do(deed, **values)
        assert told.value.code != "crash", told.value.detail
        return told.value

    def act(self, steps: list[list[Any]]) -> list[str | None]:
        """Change files by hand; see :func:`deeds.act`."""
        done: list[str | None] = self.do("act", steps=steps)
        return done

    def begin(self, deed: str, **values: Any) -> Path:
        order = {"uid": self.uid, "gid": GROUP, "home": str(self.home), "root": str(self.root)}
        return self.machine.begin(order | {"deed": deed, "values": values, "environ": self.environ})

    def wait_for(self, answer: Path) -> Any:
        end = time.monotonic() + PATIENCE
        while not answer.exists():
            assert time.monotonic() < end, f"no answer from {self.uid}"
            time.sleep(0.005)
        said = json.loads(answer.read_bytes())
        if "failure" in said:
            raise Failure(**said["failure"] | {"fields": tuple(said["failure"]["fields"])})
        return said["value"]

    @contextmanager
    def paused(self, deed: str, at: str, **values: Any) -> Iterator[Outcome]:
        """Within, this person is doing something and waits at a step; afterwards it goes on to its end."""
        gate = self.home / "gate"
        for name in ("waiting", "go"):
            gate.with_name(name).unlink(missing_ok=True)
        outcome = Outcome()
        answer = self.begin(deed, **values, pause_at=at, gate=str(self.home))
        end = time.monotonic() + PATIENCE
        while not (self.home / "waiting").exists():
            assert not answer.exists(), answer.read_text()
            assert time.monotonic() < end, f"'{at}' was not reached"
            time.sleep(0.005)
        try:
            yield outcome
        finally:
            (self.home / "go").touch()
            try:
                outcome.value = self.wait_for(answer)
            except Failure as failure:
                outcome.failure = failure


@dataclass
class Outcome:
    """What came of what was paused."""

    value: Any = None
    failure: Failure | None = None
