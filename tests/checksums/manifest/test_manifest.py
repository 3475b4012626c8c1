"""A manifest on disk: one writer, and nothing lost when that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from huggingnersc_lab.checksums import ALGORITHMS, Manifest, digest_tree
from huggingnersc_lab.checksums.manifest.journal import read_journal
from huggingnersc_lab.checksums.manifest.line import path_of
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.processes import Process

SLOW = """
import os, sys, time
from pathlib import Path
from huggingnersc_lab.checksums import ALGORITHMS, Manifest, algorithms, digest_tree
from huggingnersc_lab.checksums.manifest import journal
from huggingnersc_lab.checksums.reading import planner, reader, work
algorithms.RANGE_BYTES = planner.RANGE_BYTES = reader.RANGE_BYTES = 2**16
planner.BLOCK_BYTES = reader.BLOCK_BYTES = 2**14
journal._FLUSH_SECONDS = 0
real = os.preadv
def read(descriptor, buffers, offset):
    time.sleep(0.01)
    return real(descriptor, buffers, offset)
work.os.preadv = read
digest_tree(sys.argv[1], Manifest(Path(sys.argv[2])), ALGORITHMS, piece_length=2**14, threads=2)
"""


def known(manifest: Manifest) -> int:
    """How many files' digests would outlive the process."""
    return len({path_of(line) for line in (*read_journal(manifest.folder / "journal"), *manifest.lines())})


def test_killed_at_any_moment_the_next_run_gives_the_same(data: Path, manifest: Manifest) -> None:
    whole = Manifest(manifest.folder.with_name("whole"))
    expected = digest_tree(data, whole, ALGORITHMS, piece_length=2**14)
    for count in (1, 5, 20, 30):
        with subprocess.Popen([sys.executable, "-c", SLOW, str(data), str(manifest.folder)]) as process:
            while known(manifest) < count and process.poll() is None:
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
        assert known(manifest) >= count
    outcome = digest_tree(data, manifest, ALGORITHMS, piece_length=2**14)
    assert outcome.files_read <= expected.summary.files - 30
    assert outcome.pieces == expected.pieces
    assert outcome.summary.fingerprint == expected.summary.fingerprint
    assert list(manifest.lines()) == list(whole.lines())
    assert {path.name for path in manifest.folder.iterdir()} == {"files.tsv", "pieces-16384", "summary.json"}


def test_stopped_by_a_person_all_that_was_done_is_kept(data: Path, manifest: Manifest) -> None:
    def stop(progress: object) -> None:
        if getattr(progress, "files", 0) >= 10 and getattr(progress, "phase", "") == "read":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        digest_tree(data, manifest, ALGORITHMS, on_progress=stop)
    assert len(list(read_journal(manifest.folder / "journal"))) >= 10
    assert digest_tree(data, manifest, ALGORITHMS).files_read <= 27


def test_two_do_not_write_at_once(data: Path, manifest: Manifest) -> None:
    with manifest.held(), pytest.raises(CatalogError, match=f"Process {os.getpid()} is already computing") as caught:
        digest_tree(data, manifest)
    assert caught.value.code == "conflict"
    assert digest_tree(data, manifest).is_complete


@pytest.mark.parametrize(
    ("other", "silent", "is_free"),
    [
        (Process("elsewhere", "", 1, "1"), 0, False),
        (Process("elsewhere", "", 1, "1"), 3600, True),
        (Process(Process.this().host, Process.this().space, os.getpid(), "earlier"), 0, True),
    ],
)
def test_one_that_is_gone_does_not_stand_in_the_way(
    data: Path, manifest: Manifest, other: Process, silent: float, is_free: bool
) -> None:
    manifest.folder.mkdir()
    running = manifest.folder / "running"
    running.write_text(json.dumps(vars(other)))
    os.utime(running, (time.time() - silent,) * 2)
    if is_free:
        assert digest_tree(data, manifest).is_complete
    else:
        with pytest.raises(CatalogError, match="on elsewhere is already computing"):
            digest_tree(data, manifest)


def test_a_damaged_file_is_told_of_and_mended(data: Path, manifest: Manifest) -> None:
    digest_tree(data, manifest, ["md5"])
    path = manifest.folder / "files.tsv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], b"damaged\n", *lines[2:]]))
    with pytest.raises(CatalogError, match="is damaged"):
        list(manifest.entries())
    assert digest_tree(data, manifest, ["md5"]).files_read >= 1
    assert [path.rstrip(b"\n") for path in path.read_bytes().splitlines()] == [line.rstrip(b"\n") for line in lines]
    (manifest.folder / "summary.json").write_text("[]")
    assert manifest.summary is None


def test_nothing_can_be_kept(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CatalogError, match="Could not keep checksums"):
        digest_tree(data, Manifest(tmp_path / "file" / "manifest"))


def test_it_is_private(data: Path, manifest: Manifest) -> None:
    digest_tree(data, manifest, piece_length=2**14)
    assert manifest.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in manifest.folder.iterdir()} == {0o600}
