"""What aria2c says, in words; downloading and seeding themselves are in ``scenarios/test_swarm.py``."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from huggingnersc_lab.channels.torrent import engine
from huggingnersc_lab.channels.torrent.metainfo import Metainfo
from huggingnersc_lab.errors import CatalogError

SKY = Metainfo("sky.bin", (((), 1000),), 16 * 1024, b"x" * 20)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An aria2c that says what the test writes into it."""
    path = tmp_path / "aria2c"
    monkeypatch.setattr(engine, "which", lambda _: str(path))
    return path


def write(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def run(folder: Path, heard: list[tuple[int, str]]) -> None:
    engine.download(folder / "t", SKY, folder, lambda done, words: heard.append((done, words)), stop_after=5)


def test_its_readout_becomes_progress(program: Path, tmp_path: Path) -> None:
    write(
        program, "echo '[#2089b0 400B/1000B(40%) CN:3 SD:1 DL:115KiB ETA:5s]'\necho '[#2089b0 1000B/1000B(100%) CN:0]'"
    )
    heard: list[tuple[int, str]] = []
    run(tmp_path, heard)
    assert heard == [(400, "3 connections, 115KiB/s"), (1000, "0 connections")]


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (2, "upstream", "no peer or web seed answered in time"),
        (9, "storage", "the disk is full"),
        (15, "storage", "could not be opened for writing"),
        (32, "upstream", "does not fit the torrent"),
        (77, "upstream", "aria2c ended with status 77: errorCode=77 odd"),
    ],
)
def test_its_status_becomes_a_reason(program: Path, tmp_path: Path, status: int, code: str, reason: str) -> None:
    write(program, f"echo 'errorCode=77 odd'\nexit {status}")
    with pytest.raises(CatalogError, match=reason) as caught:
        run(tmp_path, [])
    assert caught.value.code == code
    assert "What has come is kept" in caught.value.detail


def test_it_reads_no_settings_of_the_persons_and_is_given_nothing_to_interpret(program: Path, tmp_path: Path) -> None:
    write(program, f'printf "%s\\n" "$@" > {tmp_path}/given')
    run(tmp_path, [])
    given = (tmp_path / "given").read_text().splitlines()
    assert "--no-conf=true" in given
    assert all(argument.startswith("--") and "=" in argument for argument in given)
    assert f"--torrent-file={tmp_path}/t" in given


def test_it_is_stopped_when_the_job_is(program: Path, tmp_path: Path) -> None:
    write(
        program,
        f"trap 'touch {tmp_path}/stopped; exit 7' TERM\necho '[#1 0B/1B(0%) CN:0]'\nwhile :; do sleep 0.05; done",
    )

    def stop(_done: int, _words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.download(tmp_path / "t", SKY, tmp_path, stop, stop_after=5)
    assert (tmp_path / "stopped").exists()
