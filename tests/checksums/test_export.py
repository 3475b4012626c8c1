"""Forms that other programs read, checked by these programs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import bagit
import pytest

from huggingnersc_lab.checksums import ALGORITHMS, Manifest, digest_tree
from huggingnersc_lab.checksums.export import BAG_ALGORITHMS, bag_lines, sum_lines, write_bag, write_sums
from huggingnersc_lab.errors import CatalogError


@pytest.fixture
def known(data: Path, manifest: Manifest) -> Manifest:
    for name in ("line\nend", "back\\slash", "ä b", "\r"):
        (data / name).write_text(name)
    digest_tree(data, manifest, ALGORITHMS)
    return manifest


def test_bagit_accepts_the_bag_and_notices_a_change(data: Path, known: Manifest, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    written = write_bag(known, bag, BAG_ALGORITHMS)
    assert [path.name for path in written] == ["bagit.txt", "manifest-md5.txt", "manifest-sha256.txt", "bag-info.txt"]
    data.rename(bag / "data")
    bagit.Bag(str(bag)).validate()
    with (bag / "data" / "a" / "03.bin").open("r+b") as stream:
        stream.write(b"x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


def test_per_cent_signs_are_escaped_as_the_standard_says(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "100%0A").write_bytes(b"")
    digest_tree(tmp_path / "root", manifest, ["md5"])
    assert list(bag_lines(manifest, "md5")) == [b"d41d8cd98f00b204e9800998ecf8427e  data/100%250A\n"]


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
def test_coreutils_print_the_same_and_check_it(data: Path, known: Manifest, tmp_path: Path, algorithm: str) -> None:
    path = write_sums(known, tmp_path / "sums", algorithm)
    command = [f"{algorithm}sum", "--check", "--quiet", "--strict", str(path)]
    subprocess.run(command, cwd=data, check=True)
    paths = [entry.file.path for entry in known.entries()]
    printed = subprocess.run([f"{algorithm}sum", "--", *paths], cwd=data, check=True, capture_output=True).stdout
    assert path.read_bytes() == printed


def test_a_name_that_is_not_utf8(tmp_path: Path, manifest: Manifest) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / os.fsdecode(b"\xff")).touch()
    digest_tree(root, manifest, ["md5"])
    with pytest.raises(CatalogError, match="not UTF-8") as caught:
        write_bag(manifest, tmp_path / "bag", ("md5",))
    assert caught.value.code == "invalid_record"
    assert {path.name for path in (tmp_path / "bag").iterdir()} == {"bagit.txt"}
    assert list(sum_lines(manifest, "md5")) == [b"d41d8cd98f00b204e9800998ecf8427e  \xff\n"]


def test_a_digest_that_was_not_computed(data: Path, manifest: Manifest, tmp_path: Path) -> None:
    digest_tree(data, manifest, ["md5"])
    with pytest.raises(CatalogError, match=r"no sha256 of 'a\.txt' yet"):
        write_sums(manifest, tmp_path / "sums", "sha256")
    assert not (tmp_path / "sums").exists()


def test_a_place_that_cannot_be_written(known: Manifest, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="The checksums are kept"):
        write_sums(known, tmp_path / "missing" / "sums", "md5")
