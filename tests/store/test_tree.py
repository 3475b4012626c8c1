"""Reading what others may have put there: links, FIFOs, sockets, second names, too much of anything."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.store import tree
from huggingnersc_lab.store.tree import UnsafeError

from .conftest import AS_ROOT, names


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[int]:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    before = len(names(Path("/proc/self/fd")))
    yield
    assert len(names(Path("/proc/self/fd"))) <= before


def test_a_plain_file_is_read_whole(folder: int, tmp_path: Path) -> None:
    for size in (0, 1, 4096, 2**20, 2**20 + 1, tree.MAX_FILE_BYTES):
        (tmp_path / "file").write_bytes(b"x" * size)
        found = tree.read_at(folder, "file")
        assert found is not None
        assert (len(found[0]), found[1].st_size) == (size, size)
    assert tree.read_at(folder, "nothing") is None
    assert tree.read_at(folder, "x" * 255) is None


@pytest.mark.parametrize("size", [101, 5000, 2**40])
def test_what_is_too_large_is_not_read(folder: int, tmp_path: Path, size: int) -> None:
    with (tmp_path / "file").open("wb") as stream:
        stream.truncate(size)
    with pytest.raises(UnsafeError, match="larger than 100 bytes"):
        tree.read_at(folder, "file", 100)


def test_a_file_that_grows_is_read_up_to_the_limit(
    folder: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = tmp_path / "file", os.read
    path.write_bytes(b"x")

    def grow(descriptor: int, size: int) -> bytes:
        with path.open("ab") as stream:
            stream.write(b"y" * 20_000)
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", grow)
    with pytest.raises(UnsafeError, match="larger than 10000 bytes"):
        tree.read_at(folder, "file", 10_000)
    assert path.stat().st_size < 100_000  # it was not read on and on


def test_a_file_that_shrinks_is_read_as_it_is(folder: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, read = tmp_path / "file", os.read
    path.write_bytes(b"x" * 1000)

    def cut(descriptor: int, size: int) -> bytes:
        os.truncate(path, 10)
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", cut)
    assert tree.read_at(folder, "file")[0] == b"x" * 10  # type: ignore[index]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("kind", ["link", "loop", "dead link", "folder", "FIFO", "socket"])
def test_only_plain_files_are_read(folder: int, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "file"
    (tmp_path / "secret").write_text("mine")
    server = socket.socket(socket.AF_UNIX)
    if kind == "folder":
        place.mkdir()
    elif kind == "FIFO":
        os.mkfifo(place)
    elif kind == "socket":
        os.chdir(tmp_path)  # the path of a socket may be short only
        server.bind("file")
    else:
        place.symlink_to({"link": "secret", "loop": "file", "dead link": "nothing"}[kind])
    with pytest.raises(UnsafeError, match="should be a regular file"):
        tree.read_at(folder, "file")
    server.close()


@pytest.mark.timeout(10)
def test_a_fifo_with_a_writer_hangs_nobody(folder: int, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "file")
    writer = os.open(tmp_path / "file", os.O_RDWR)
    with pytest.raises(UnsafeError, match="FIFO"):
        tree.read_at(folder, "file")
    os.close(writer)


@pytest.mark.parametrize(
    ("mode", "same_group", "is_read"),
    [
        (0o600, True, False),
        (0o640, False, False),
        (0o640, True, True),
        (0o644, False, True),
        (0o604, False, True),
        (0o200, True, False),
    ],
)
def test_a_second_name_of_a_file_is_read_only_where_its_readers_are_the_catalogs(
    folder: int, tmp_path: Path, mode: int, same_group: bool, is_read: bool
) -> None:
    if not (same_group or AS_ROOT):
        pytest.skip("only root may give a file to a group it is not in")
    (tmp_path / "key").write_text("private")
    if not same_group:
        os.chown(tmp_path / "key", -1, 65534)
    (tmp_path / "key").chmod(mode)
    (tmp_path / "file").hardlink_to(tmp_path / "key")
    if is_read:
        assert tree.read_at(folder, "file") is not None
    elif mode & 0o400 or AS_ROOT:
        with pytest.raises(UnsafeError, match="hard link"):
            tree.read_at(folder, "file")


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc/passwd", "a\0b", "a\nb", "\udcff", "x" * 256])
def test_what_is_no_name_is_nothing(folder: int, tmp_path: Path, name: str) -> None:
    assert tree.read_at(folder, name) is None
    assert tree.open_folder_at(folder, name) is None
    assert tree.read_files(str(tmp_path), (name,), ("file",)) is None
    assert tree.read_folder(str(tmp_path), (name,)) is None


@pytest.mark.parametrize("at", [0, 1])
def test_no_folder_on_the_way_is_a_link(tmp_path: Path, at: int) -> None:
    (tmp_path / "home" / "below").mkdir(parents=True)
    (tmp_path / "home" / "below" / "key").write_text("mine")
    parts = [("link", "below"), ("home", "link")][at]
    (tmp_path.joinpath(*parts[:at], "link")).symlink_to("home" if at == 0 else "below")
    for read in (
        lambda: tree.read_files(str(tmp_path), parts, ["key"]),
        lambda: tree.read_folder(str(tmp_path), parts),
    ):
        with pytest.raises(UnsafeError, match="symbolic link, but should be a folder"):
            read()
    assert tree.read_files(str(tmp_path), ("home", "below"), ["key", "none"]) == {"key": b"mine"}


def test_a_folder_is_read_without_what_is_no_file_of_it(tmp_path: Path) -> None:
    (tmp_path / "sky").mkdir()
    (tmp_path / "sky" / "a.py").write_text("a")
    (tmp_path / "sky" / "checkpoints").mkdir()
    (tmp_path / "sky" / "link").symlink_to("/etc/passwd")
    (tmp_path / "sky" / "two\nlines").write_text("b")
    (tmp_path / "sky" / os.fsdecode(b"\xff")).write_text("c")
    files, damaged = tree.read_folder(str(tmp_path), ("sky",))  # type: ignore[misc]
    assert files == {"a.py": b"a"}
    assert damaged.keys() == {"checkpoints", "link", r"two\nlines", r"\xff"}
    assert tree.read_folder(str(tmp_path), ("none",)) is None


def test_a_folder_of_too_many_files_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "sky").mkdir()
    for number in range(tree.MAX_FILES + 1):
        (tmp_path / "sky" / f"{number}").touch()
    with pytest.raises(UnsafeError, match="more than 256 files"):
        tree.read_folder(str(tmp_path), ("sky",))
    assert tree.read_files(str(tmp_path), ("sky",), ["7"]) == {"7": b""}


def test_a_catalog_of_too_many_entries_is_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (tmp_path / f"{number}").mkdir()
    monkeypatch.setattr(tree, "MAX_ENTRIES", 4)
    assert len(tree.list_root(str(tmp_path))[0]) == 4
    monkeypatch.setattr(tree, "MAX_ENTRIES", 3)
    with pytest.raises(UnsafeError, match="more than 3"):
        tree.list_root(str(tmp_path))


def test_a_root_is_listed_by_inode(tmp_path: Path) -> None:
    for name in ("sky", ".sky.staging", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").touch()
    folders, damaged = tree.list_root(str(tmp_path))
    assert folders == {name: (tmp_path / name).stat().st_ino for name in folders}
    assert folders.keys() == {"sky", ".sky.staging", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"}
    assert damaged == {}


def test_an_open_folder_is_the_one_that_is_read(tmp_path: Path) -> None:
    """What is put in its place meanwhile is not."""
    (tmp_path / "sky").mkdir()
    (tmp_path / "sky" / "file").write_text("first")
    with tree.pass_to(str(tmp_path), ("sky",)) as folder:
        assert folder is not None
        (tmp_path / "sky").rename(tmp_path / "away")
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "file").write_text("second")
        (tmp_path / "sky").symlink_to("other")
        assert tree.read_at(folder, "file")[0] == b"first"  # type: ignore[index]


def test_while_folders_are_exchanged_nothing_else_is_ever_read(tmp_path: Path) -> None:
    """A link to a secret and the entry take turns under one name."""
    root, secret = tmp_path / "root", tmp_path / "home"
    (root / "sky").mkdir(parents=True)
    secret.mkdir()
    (root / "sky" / "file").write_text("public")
    (secret / "file").write_text("secret")
    (root / "link").symlink_to(secret)
    stop, turns = threading.Event(), 0

    def exchange() -> None:
        nonlocal turns
        while not stop.is_set():
            for source, target in (("sky", "away"), ("link", "sky"), ("sky", "link"), ("away", "sky")):
                (root / source).rename(root / target)
            turns += 1

    thread = threading.Thread(target=exchange)
    thread.start()
    seen = set()
    for _ in range(3000):
        try:
            seen.add((tree.read_files(str(root), ("sky",), ["file"]) or {}).get("file"))
            seen |= set((tree.read_folder(str(root), ("sky",)) or ({}, {}))[0].values())
        except UnsafeError:
            seen.add(b"a link")
    stop.set()
    thread.join()
    assert turns > 10
    assert b"public" in seen
    assert b"secret" not in seen


def test_a_status_is_that_of_the_link(folder: int, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("target")
    assert tree.inode_at(folder, "link") == (tmp_path / "link").lstat().st_ino
    assert tree.link_at(folder, "link") == "target"
    assert tree.status_at(folder, "target") is None
    assert tree.inode_at(folder, "target") is None
    assert tree.link_at(folder, "target") is None
    (tmp_path / "target").touch()
    assert tree.link_at(folder, "target") is None


def test_a_root_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError), tree.open_root(str(tmp_path / "file")):
        pass
    with pytest.raises(NotADirectoryError), tree.pass_to(str(tmp_path / "file"), []):
        pass


def test_a_file_in_the_place_of_a_folder(folder: int, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnsafeError, match="'file' is a file, but should be a folder"):
        tree.open_folder_at(folder, "file")


def test_a_terminal_that_lies_there_does_not_become_ours() -> None:
    assert tree._FILE & os.O_NOCTTY
    assert tree._FILE & os.O_NONBLOCK


def test_what_in_a_root_cannot_be_an_entry(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for name in ("sky", ".hidden", "a\x01", ".a\x01", "b\x01."):
        (root / name).mkdir()
    for name in ("link", ".link"):
        (root / name).symlink_to("sky")
    (root / "file").touch()
    folders, damaged = tree.list_root(str(root))
    assert set(folders) == {"sky", ".hidden"}
    odd, link = "its name is not a valid nickname", "it is a symbolic link, but should be a folder"
    assert sorted(damaged.values()) == [link, odd, odd]
    assert damaged["link"] == link


@pytest.mark.parametrize(("limit", "words"), [(3, "larger than 3 bytes"), (3 << 20, "larger than 3 MiB")])
def test_how_large_a_file_may_be(folder: int, tmp_path: Path, limit: int, words: str) -> None:
    with (tmp_path / "file").open("wb") as stream:
        stream.truncate(limit + 1)
    with pytest.raises(UnsafeError, match=words):
        tree.read_at(folder, "file", limit)
