"""Where file systems are mounted, and what is remembered of those that hang."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from huggingnersc_lab.access import mounts
from huggingnersc_lab.access.mounts import Hung, is_below, mount_point_of, mount_points

LIST = rb"""22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:28 / /global/cfs rw,relatime shared:1 master:2 - gpfs cfs rw
31 30 0:29 / /global/cfs/cdirs rw - gpfs cdirs rw
32 22 0:30 / /mnt/with\040space\134 rw - nfs x:/y rw
33 22 0:31 / /global/cf rw - nfs x:/z rw
short
"""


@pytest.fixture(autouse=True)
def _mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mountinfo").write_bytes(LIST)
    monkeypatch.setattr(mounts, "MOUNTS", tmp_path / "mountinfo")


def test_the_kernels_list_is_read() -> None:
    assert mount_points() == ["/", "/global/cfs", "/global/cfs/cdirs", "/mnt/with space\\", "/global/cf"]


def test_the_deepest_mount_counts_and_the_roots_does_not() -> None:
    assert mount_point_of("/global/cfs/cdirs/m1/www") == "/global/cfs/cdirs"
    assert mount_point_of("/global/cfs/cdirsX") == "/global/cfs"
    assert mount_point_of("/global/cfsX/a") == "/global/cfsX/a"
    assert mount_point_of("/data/iris") == "/data/iris"


def test_this_machines_own_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    if mounts.MOUNTS.exists():
        assert "/proc" in mount_points()
        assert mount_point_of("/proc/self/stat") == "/proc"


def test_without_a_list_the_path_alone_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mounts, "MOUNTS", tmp_path / "none")
    assert mount_point_of("/global/cfs/x") == "/global/cfs/x"


def test_what_is_below() -> None:
    assert is_below("/a", "/a")
    assert is_below("/a/b", "/a")
    assert is_below("/a", "/")
    assert not is_below("/ab", "/a")


def test_what_hung_is_remembered_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(mounts.time, "monotonic", lambda: now)
    hung = Hung(60)
    hung.add("/data/link/x", "/global/cfs/cdirs/m1/y")
    assert "/data/link/x" in hung
    assert "/data/link" not in hung
    assert "/global/cfs/cdirs/m2" in hung
    assert "/global/cfs/other" not in hung
    now += 61
    assert "/data/link/x" not in hung
    assert "/global/cfs/cdirs/m2" not in hung
