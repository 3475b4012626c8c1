"""Both forms of archive, as the standard library and tar read them."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.archive.writers import (
    FORMATS,
    READ_BYTES,
    WRITERS,
    Format,
    TarZstWriter,
    ZipWriter,
)

LONG = "deep/" + "x" * 300 + ".bin"
FILES = {"top/a.csv": b"1,2\n" * 1000, "top/empty": b"", LONG: bytes(2 * READ_BYTES + 5), "top/é.txt": b"text"}


class Stream(io.RawIOBase):
    """What cannot seek."""

    def __init__(self) -> None:
        super().__init__()
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.data += piece
        return len(piece)


def reader(content: bytes, asked: list[int] | None = None) -> Callable[[int], bytes]:
    stream = io.BytesIO(content)

    def read(size: int) -> bytes:
        if asked is not None:
            asked.append(size)
        return stream.read(size)

    return read


def written(form: Format) -> bytes:
    target = Stream()
    writer = WRITERS[form](target)  # type: ignore[arg-type]
    writer.add_folder("top/none")
    for name, content in FILES.items():
        writer.add_file(name, len(content), reader(content))
    writer.complete()
    return target.data


def as_tar(data: bytes, folder: Path) -> tarfile.TarFile:
    (folder / "a.tar.zst").write_bytes(data)
    plain = subprocess.run(["zstd", "-dc", str(folder / "a.tar.zst")], check=True, capture_output=True).stdout
    return tarfile.open(fileobj=io.BytesIO(plain))


def test_a_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(written("zip"))) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()} == FILES
        infos = {info.filename: info for info in archive.infolist()}
    assert [name for name, info in infos.items() if info.is_dir()] == ["top/none/"]
    assert {info.date_time for info in infos.values()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in infos.values()} == {3}
    assert infos["top/none/"].external_attr >> 16 == 0o040755
    assert infos["top/none/"].external_attr & 0xFFFF == 0x10
    assert {infos[name].external_attr >> 16 for name in FILES} == {0o100644}
    assert {infos[name].compress_type for name in FILES} == {zipfile.ZIP_DEFLATED}
    assert infos[LONG].compress_size < 10_000


def test_a_tar(tmp_path: Path) -> None:
    with as_tar(written("tar.zst"), tmp_path) as archive:
        members = {info.name: info for info in archive}
        found = {name: archive.extractfile(info) for name, info in members.items() if info.isfile()}
        assert {name: stream and stream.read() for name, stream in found.items()} == FILES
    assert (members["top/none"].isdir(), members["top/none"].mode) == (True, 0o755)
    assert {members[name].mode for name in FILES} == {0o644}
    assert {info.mtime for info in members.values()} == {315532800}  # 1980-01-01T00:00:00Z
    assert {(info.uid, info.gid, info.uname, info.gname) for info in members.values()} == {(0, 0, "", "")}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_data_gives_the_same_archive(form: Format) -> None:
    assert written(form) == written(form)


@pytest.mark.parametrize("form", FORMATS)
def test_files_are_read_piece_by_piece(form: Format) -> None:
    asked: list[int] = []
    content = bytes(2 * READ_BYTES + 5)
    writer = WRITERS[form](io.BytesIO())
    writer.add_file("a", len(content), reader(content, asked))
    writer.complete()
    assert max(asked) == READ_BYTES
    assert sum(asked) == len(content)


@pytest.mark.parametrize("form", FORMATS)
def test_no_more_is_read_than_was_found(form: Format, tmp_path: Path) -> None:
    """A file that grows does not get into the way of those behind it."""
    target = io.BytesIO()
    writer = WRITERS[form](target)
    writer.add_file("a", 3, reader(b"12345"))
    writer.add_file("b", 1, reader(b"b"))
    writer.complete()
    data = target.getvalue()
    if form == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert (archive.read("a"), archive.read("b")) == (b"123", b"b")
    else:
        with as_tar(data, tmp_path) as tar:
            assert [(info.name, info.size) for info in tar] == [("a", 3), ("b", 1)]


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_is_too_short(form: Format) -> None:
    target = io.BytesIO()
    writer = WRITERS[form](target)
    with pytest.raises(EOFError):
        writer.add_file("a", READ_BYTES + 2, reader(bytes(READ_BYTES)))
    writer.abandon()


def test_nothing_is_written_to_a_zip_that_was_given_up() -> None:
    target = io.BytesIO()
    writer = ZipWriter(target)
    writer.add_file("a", 1, reader(b"a"))
    length = len(target.getvalue())
    writer.abandon()
    del writer
    assert len(target.getvalue()) == length


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    name = "a\udcff.txt"
    assert ZipWriter.refuses(name) == "its name is not UTF-8, which a zip cannot hold (a tar.zst can)"
    assert ZipWriter.refuses("é") is None
    assert TarZstWriter.refuses(name) is None
    target = io.BytesIO()
    writer = TarZstWriter(target)
    writer.add_file(name, 1, reader(b"x"))
    writer.complete()
    with as_tar(target.getvalue(), tmp_path) as archive:
        assert archive.getnames() == [name]
