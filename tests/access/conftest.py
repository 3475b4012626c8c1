"""Somebody else than who runs the tests, in a child process: whoever gives root up cannot become root again."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from huggingnersc_lab.access.access import Access, Walk
from huggingnersc_lab.access.rights import this_person

NOBODY = 65534


def _look_as(path: str | Path, uid: int = NOBODY, gid: int = NOBODY, groups: Sequence[int] = ()) -> Access:
    """What that user is told, who is in these groups."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups(groups)
            os.setgid(gid)
            os.setuid(uid)
            this_person.cache_clear()
            os.write(write, json.dumps(vars(Walk().look(str(path)))).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return Access(**json.loads(answer))


@pytest.fixture
def look_as() -> Callable[..., Access]:
    """Looks as somebody else, ``nobody`` if nothing is said; only root can."""
    if os.geteuid() != 0:
        pytest.skip("only root can look as somebody else")
    return _look_as


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may pass; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)
