"""Who can read a path, as somebody who is not root."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest

from huggingnersc_lab.inspection.access import Access, check_access, owner_group

NOBODY = 65534


def as_nobody(path: Path) -> Access:
    """What an account without any rights is told, in a child process: nobody cannot become root again."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(write, json.dumps(vars(check_access(str(path)))).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return Access(**json.loads(answer))


def test_what_can_be_read(tmp_path: Path) -> None:
    assert check_access(str(tmp_path)) == Access("readable")


def test_what_is_not_there(tmp_path: Path) -> None:
    assert check_access(str(tmp_path / "a" / "b")) == Access("missing", str(tmp_path / "a"))
    (tmp_path / "file").write_text("")
    assert check_access(str(tmp_path / "file" / "below")).status != "readable"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look as somebody else")
def test_the_first_part_that_stops_one_is_named() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # pytest's own folders are closed to others
        folder = Path(name)
        folder.chmod(0o755)
        inner = folder / "closed" / "data"
        inner.mkdir(parents=True)
        (folder / "closed").chmod(0o750)
        os.chown(folder / "closed", 0, 1)
        assert as_nobody(inner) == Access("unreadable", str(folder / "closed"), owner_group(folder / "closed"))
        (folder / "closed").chmod(0o755)
        assert as_nobody(inner).status == "readable"
        (inner / "secret").write_text("")
        (inner / "secret").chmod(0o600)
        assert as_nobody(inner / "secret").blocked_at == str(inner / "secret")


def test_a_group_without_a_name(tmp_path: Path) -> None:
    assert owner_group(tmp_path / "none") is None
