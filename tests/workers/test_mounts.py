"""Where file systems are mounted, and what is remembered of those that hang."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from huggingnersc_lab.workers import mounts
from huggingnersc_lab.workers.mounts import Hung, is_below, mount_point_of, mount_points

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


class Process:
    """A worker that was killed, and may be held by the file system."""

    code: int | None = None

    def poll(self) -> int | None:
        return self.code


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


def test_where_the_call_hung_is_not_known_its_path_alone_is_left_alone() -> None:
    hung = Hung(60)
    hung.add("/global/cfs/link/x", None)
    assert "/global/cfs/link/x/below" in hung
    assert "/global/cfs/other" not in hung


def test_a_mount_that_holds_too_many_is_left_alone_until_one_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(mounts.time, "monotonic", lambda: now)
    hung, held = Hung(60), [Process() for _ in range(mounts.MOST_HELD)]
    for number, process in enumerate(held):
        hung.add(f"/global/cfs/{number}", f"/global/cfs/{number}", process)  # type: ignore[arg-type]
    now += 3600
    assert "/global/cfs/x" in hung
    assert "/global/cf/x" not in hung
    held[1].code = -9
    assert "/global/cfs/x" not in hung


def test_all_that_hung_at_a_mount_is_forgotten_when_it_answers() -> None:
    told: list[tuple[str, str]] = []
    hung = Hung(60)
    hung.on_hang = lambda point, place: told.append((point, place))
    hung.add("/data/link/x", "/global/cfs/cdirs/m1/y")
    hung.add("/global/cfs/cdirs/m2", "/global/cfs/cdirs/m2")
    hung.add("/global/cf/z", None)
    assert told == [
        ("/global/cfs/cdirs", "/global/cfs/cdirs/m1/y"),
        ("/global/cfs/cdirs", "/global/cfs/cdirs/m2"),
        ("/global/cf/z", "/global/cf/z"),
    ]
    hung.forget("/global/cfs/cdirs")
    assert [path in hung for path in ("/data/link/x", "/global/cfs/cdirs/m2", "/global/cf/z")] == [False, False, True]


def test_fewer_are_tried_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(mounts.time, "monotonic", lambda: now)
    hung = Hung(60)
    hung.add("/global/cfs/a", "/global/cfs/a", Process())  # type: ignore[arg-type]
    now += 61
    assert "/global/cfs/x" not in hung
