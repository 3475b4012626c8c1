"""The walk: what is counted, what is left out, when it stops."""

from __future__ import annotations

import os
import shutil
import socket
import tracemalloc
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.inspection import tally as tallies
from huggingnersc_lab.inspection import walk as walking
from huggingnersc_lab.inspection.walk import walk


def write(path: Path, size: int = 0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)


def test_counts(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path / "train" / f"part-{number}.csv", number)
    write(tmp_path / "test" / "deep" / "a.csv", 7)
    write(tmp_path / "README", 1000)
    os.utime(tmp_path / "README", (2e9, 2e9))
    found = walk(tmp_path).to_dict()
    assert (found["files"], found["bytes"], found["folders"], found["depth"]) == (14, 1073, 3, 2)
    assert found["newest"] == 2e9
    assert found["largest"][:2] == [{"path": "README", "bytes": 1000}, {"path": "train/part-11.csv", "bytes": 11}]
    assert len(found["largest"]) == 4  # one of each length of a number
    assert found["series"] == [{"path": "train/part-*.csv", "files": 12, "bytes": 66}]
    assert found["splits"] == {"train": {"files": 12, "bytes": 66}, "test": {"files": 1, "bytes": 7}}
    assert found["complete"] is True


def test_the_same_as_find(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path / f"{number % 7}" / f"{number % 3}" / f"{number:x}.{number % 5}", number)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    tally = walk(tmp_path)
    assert (tally.files, tally.bytes) == (len(files), sum(path.stat().st_size for path in files))
    assert tally.folders == sum(path.is_dir() for path in tmp_path.rglob("*"))
    assert sum(one.files for one in tally.suffixes.values()) == len(files)


def test_one_file(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", 5)
    tally = walk(tmp_path / "a.csv")
    assert (tally.files, tally.bytes, tally.suffixes["csv"].samples) == (1, 5, ["a.csv"])
    assert tally.newest == (tmp_path / "a.csv").stat().st_mtime


def test_links_are_counted_and_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "data"
    write(root / "a" / "file", 3)
    write(tmp_path / "secret", 100)
    for name, target in {"in": "a/file", "out": "../secret", "dead": "no", "self": "self", "up": "."}.items():
        (root / name).symlink_to(target)
    tally = walk(root)
    assert (tally.files, tally.bytes) == (1, 3)
    assert dict(tally.links) == {"inside": 1, "outside": 1, "dead": 1, "loop": 2}
    (tmp_path / "alias").symlink_to(root)
    assert walk(tmp_path / "alias").files == 1


def test_too_many_links_are_not_resolved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_MOST_LINKS", 2)
    for number in range(5):
        (tmp_path / str(number)).symlink_to("nowhere")
    assert dict(walk(tmp_path).links) == {"dead": 2, "unchecked": 3}


def test_what_is_no_file_is_left_out_with_the_reason(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "sock"))
        found = {problem.path: problem.detail for problem in walk(tmp_path).problems}
    assert found == {"pipe": "It is a named pipe.", "sock": "It is a socket."}


def test_names_of_any_bytes(tmp_path: Path) -> None:
    for name in (b"new\nline.csv", b"caf\xe9.csv", b"\xff\xfe"):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(b"1")
    found = walk(tmp_path).to_dict()
    assert found["files"] == 3
    assert {one["path"] for one in found["largest"]} == {"new\nline.csv", "caf\\xe9.csv", "\\xff\\xfe"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_right(tmp_path: Path) -> None:
    write(tmp_path / "shut" / "file")
    (tmp_path / "shut").chmod(0)
    tally = walk(tmp_path)
    (tmp_path / "shut").chmod(0o700)
    assert [(problem.path, problem.code) for problem in tally.problems] == [("shut/", "unreadable")]


def test_a_right_that_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "shut" / "file")
    write(tmp_path / "open" / "file")
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if path.endswith("/shut"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(walking.os, "open", refuse)
    tally = walk(tmp_path)
    assert [(problem.path, problem.code) for problem in tally.problems] == [("shut/", "unreadable")]
    assert tally.files == 1


def test_a_folder_that_is_deleted_while_it_is_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_ENTRIES_BETWEEN_CHECKS", 1)
    for number in range(5):
        write(tmp_path / "data" / f"{number}" / "file")
    tally = walk(tmp_path / "data", on_progress=lambda _: shutil.rmtree(tmp_path / "data", ignore_errors=True))
    assert tally.files == 0
    assert {problem.code for problem in tally.problems} == {"vanished"}


def test_a_folder_that_becomes_a_link_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_ENTRIES_BETWEEN_CHECKS", 1)
    write(tmp_path / "data" / "a" / "file")
    write(tmp_path / "secret" / "file")

    def swap(_: object) -> None:
        if not (tmp_path / "data" / "a").is_symlink():
            shutil.rmtree(tmp_path / "data" / "a")
            (tmp_path / "data" / "a").symlink_to(tmp_path / "secret")

    assert walk(tmp_path / "data", on_progress=swap).files == 0


@pytest.mark.parametrize("name", ["nothing", "pipe", "a\0b"])
def test_no_data(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CatalogError) as refused:
        walk(f"{tmp_path}/{name}")
    assert refused.value.code == "not_found"
    assert "Nothing was read." in refused.value.detail


def test_the_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_ENTRIES_BETWEEN_CHECKS", 10)
    for number in range(100):
        write(tmp_path / f"{number}")
    ticks = iter(range(1000))
    tally = walk(tmp_path, seconds=2, clock=lambda: next(ticks))
    assert tally.stopped == "time"
    assert tally.to_dict()["complete"] is False


def test_it_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_ENTRIES_BETWEEN_CHECKS", 10)
    for number in range(20):
        write(tmp_path / f"{number}")

    def cancel(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        walk(tmp_path, on_progress=cancel)


def test_zarr_counts_as_one(tmp_path: Path) -> None:
    write(tmp_path / "a.zarr" / "zarr.json")
    write(tmp_path / "a.zarr" / "t" / "zarr.json")
    write(tmp_path / "a.zarr" / "t" / "c" / "0", 10)
    write(tmp_path / "b.csv", 1)
    tally = walk(tmp_path)
    assert tally.stores == {"a.zarr/": "zarr"}
    assert (tally.store_files["zarr"], tally.store_bytes["zarr"], list(tally.suffixes)) == (3, 10, ["csv"])


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_ENTRIES_BETWEEN_CHECKS", 100)
    monkeypatch.setattr(walking, "_MOST_PATTERNS", 100)
    monkeypatch.setattr(tallies, "MOST_SUFFIXES", 50)
    for number in range(3000):
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        (tmp_path / f"{letters}.{letters}").touch()
    tracemalloc.start()
    tally = walk(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tally.files, len(tally.suffixes)) == (3000, 51)
    assert sum(one.files for one in tally.suffixes.values()) == 3000
    assert peak < 800_000
