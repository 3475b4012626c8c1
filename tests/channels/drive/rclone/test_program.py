"""Running the real rclone."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.rclone.program import Rclone
from huggingnersc_lab.errors import CatalogError

from ..conftest import Remotes  # noqa: TID252 - fixtures of the folder above


def test_copies_and_tells_its_progress(data: Path, tmp_path: Path, remotes: Remotes) -> None:
    remotes.add("al", type="alias", remote=str(tmp_path / "out"))
    told: list[tuple[int, int]] = []
    lines: list[str] = []
    rclone = Rclone.find(lines.append)
    assert (rclone.kind_of("al"), rclone.kind_of("other")) == ("alias", None)
    (data / "large.bin").write_bytes(bytes(8 << 20))
    flags = ("--stats=100ms", "--stats-log-level=NOTICE", "--bwlimit=10M")
    ran = rclone.run("copy", *flags, operands=[str(data), "al:"], on_stats=lambda *at: told.append(at))
    assert (ran.code, ran.errors) == (0, [])
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 8 << 20


def test_no_flag_can_come_from_a_name(tmp_path: Path, remotes: Remotes) -> None:
    ran = Rclone.find().run("lsjson", operands=[f"--config={tmp_path / 'evil'}"])
    assert ran.code != 0
    assert not (tmp_path / "evil").exists()


def test_does_not_wait_for_a_password(remotes: Remotes, monkeypatch: pytest.MonkeyPatch) -> None:
    remotes.path.write_text("# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nAAAA\n")
    with pytest.raises(CatalogError, match="RCLONE_CONFIG_PASS"):
        Rclone.find().kind_of("al")


def test_what_a_person_has_set_for_the_log_does_not_count(
    remotes: Remotes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RCLONE_LOG_FILE", str(tmp_path / "log"))
    monkeypatch.setenv("RCLONE_DUMP", "auth")
    ran = Rclone.find().run("lsjson", operands=["nope:"])
    assert "didn't find section in config file" in ran.errors[-1]
    assert not (tmp_path / "log").exists()


def test_is_stopped_when_the_work_is(data: Path, tmp_path: Path, remotes: Remotes) -> None:
    remotes.add("al", type="alias", remote=str(tmp_path / "out"))
    (data / "large.bin").write_bytes(bytes(64 << 20))
    pids: list[int] = []

    def interrupt(*_: int) -> None:
        children = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children").read_text()
        pids.extend(map(int, children.split()))
        raise KeyboardInterrupt

    flags = ("--stats=100ms", "--stats-log-level=NOTICE", "--bwlimit=1M")
    with pytest.raises(KeyboardInterrupt):
        Rclone.find().run("copy", *flags, operands=[str(data), "al:"], on_stats=interrupt)
    assert pids
    assert [
        pid for pid in pids if Path(f"/proc/{pid}").exists() and "rclone" in Path(f"/proc/{pid}/comm").read_text()
    ] == []


def test_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CatalogError, match=r"rclone is not installed\. Nothing was done"):
        Rclone.find()
