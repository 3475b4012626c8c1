"""Who can read a path, as somebody who is not root."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from huggingnersc_lab.inspection.access import Access, check_access, owner_group

NOBODY = 65534


def as_nobody(path: Path) -> Access:
    """What an account without any rights is told; the tests may run as root, who may read all."""
    code = (
        "import sys, json, os; os.setgid(65534); os.setuid(65534);"
        "sys.path.insert(0, sys.argv[2]);"
        "from huggingnersc_lab.inspection.access import check_access; print(json.dumps(vars(check_access(sys.argv[1]))))"
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", code, str(path), root], capture_output=True, text=True, check=True)
    return Access(**json.loads(done.stdout))


def test_what_can_be_read(tmp_path: Path) -> None:
    assert check_access(str(tmp_path)) == Access("readable")


def test_what_is_not_there(tmp_path: Path) -> None:
    assert check_access(str(tmp_path / "a" / "b")) == Access("missing", str(tmp_path / "a"))
    (tmp_path / "file").write_text("")
    assert check_access(str(tmp_path / "file" / "below")).status == "missing"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look as somebody else")
def test_the_first_part_that_stops_one_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Path("/tmp") / tmp_path_factory.mktemp("x").name  # pytest's own folders are closed to others
    folder.mkdir(mode=0o755)
    try:
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
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)


def test_a_group_without_a_name(tmp_path: Path) -> None:
    assert owner_group(tmp_path / "none") is None
