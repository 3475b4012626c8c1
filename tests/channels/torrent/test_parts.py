from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from huggingnersc_lab.channels.torrent.parts import Part, hash_part, parts_of
from huggingnersc_lab.errors import CatalogError


def test_all_of_the_data_or_each_thing_in_it(data: Path) -> None:
    assert parts_of(data, split=False) == [Part(data)]
    assert [part.label for part in parts_of(data, split=True)] == ["maps", "maps.txt", "read me \u00fc.txt"]
    single = data / "maps.txt"
    assert parts_of(single, split=True) == [Part(single)]
    with pytest.raises(CatalogError):
        hash_part(Part(data / "gone"), data.parent / "manifest", "auto", None, lambda _: None)


@pytest.mark.parametrize("threads", [1, 4])
def test_the_pieces_are_those_of_the_files_one_after_the_other(data: Path, tmp_path: Path, threads: int) -> None:
    hashed = hash_part(Part(data), tmp_path / "manifest", "256KiB", threads, lambda _: None)
    stream = b"".join((data / Path(*path)).read_bytes() for path, _ in hashed.metainfo.files)
    length = 256 * 1024
    expected = b"".join(
        hashlib.sha1(stream[start : start + length]).digest() for start in range(0, len(stream), length)
    )
    assert hashed.metainfo.pieces == expected
    assert hashed.metainfo.total_bytes == len(stream)


def test_a_link_out_of_the_data_is_left_out(data: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not shared")
    (data / "out").symlink_to(tmp_path / "secret")
    (data / "loop").symlink_to(data)
    (data / "dead").symlink_to(data / "nothing")
    hashed = hash_part(Part(data), tmp_path / "manifest", "auto", None, lambda _: None)
    assert [path[0] for path, _ in hashed.metainfo.files] == ["maps.txt", "maps", "maps", "maps", "read me \u00fc.txt"]
