"""Tests in forks of a process that has loaded the libraries."""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "preloaded.py"
TEST = "from pkg.a import double\n\n\ndef test_double():\n    assert double(3) == 6\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Any]:
    """A small project, and who runs its tests."""
    spec = importlib.util.spec_from_file_location("preloaded", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "a.py").write_text("def double(x):\n    return x * 2\n")
    (tmp_path / "test_a.py").write_text(TEST)
    made = module.Preloaded(tmp_path)
    yield made
    made.close()


def test_each_run_sees_the_files_as_they_are_then(project: Any) -> None:
    module, test = project.folder / "pkg" / "a.py", project.folder / "test_a.py"
    assert project.passes("test_a.py", 60)
    module.write_text("def double(x):\n    return x + 2\n\n")
    assert not project.passes("test_a.py", 60)
    module.write_text("def double(x):\n    return x + x\n\n\n")
    assert project.passes("test_a.py", 60)
    test.write_text(TEST + "    assert double(3) == 5\n")
    assert not project.passes("test_a.py", 60)
    assert not project.passes("test_none.py", 60)


def test_what_does_not_end_in_time_fails_and_is_killed_with_all_it_started(project: Any) -> None:
    (project.folder / "test_b.py").write_text(
        "import subprocess, pathlib\n\n\ndef test_forever():\n"
        "    child = subprocess.Popen(['sleep', '600'])\n"
        "    pathlib.Path('pid').write_text(str(child.pid))\n    child.wait()\n"
    )
    assert not project.passes("test_b.py", 2)
    pid = int((project.folder / "pid").read_text())
    for _ in range(500):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                break
        except (ProcessLookupError, FileNotFoundError):
            break
        time.sleep(0.02)
    else:
        pytest.fail("what the test started goes on")
    assert project.passes("test_a.py", 60)
