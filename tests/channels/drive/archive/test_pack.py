"""Archives as the usual programs read them."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.archive.members import Member, survey
from huggingnersc_lab.channels.drive.archive.pack import Packed, digest_of, pack
from huggingnersc_lab.channels.drive.archive.writers import FORMATS, Format
from huggingnersc_lab.errors import CatalogError


def packed(data: Path, target: Path, form: Format, *, skip: bool = False) -> Packed:
    found = survey(data)
    return pack(found.base, found.members, target, form=form, top="top", skip=skip)


def test_zip64_where_it_is_needed(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    packed(data, tmp_path / "a.zip", "zip")
    subprocess.run(["unzip", "-q", str(tmp_path / "a.zip"), "-d", str(tmp_path / "out")], check=True)
    assert (tmp_path / "out/top/train/a.csv").read_bytes() == (data / "train/a.csv").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_memory_is_bounded_and_size_told(data: Path, tmp_path: Path, form: Format) -> None:
    (data / "long.bin").write_bytes(b"0123456789abcdef" * (5 << 16))
    target = tmp_path / f"a.{form}"
    told: list[int] = []
    found = survey(data)
    made = pack(found.base, found.members, target, form=form, top="top", on_bytes=lambda size, _: told.append(size))
    assert max(told) <= 1 << 20
    assert sum(told) == found.size
    assert made.size == target.stat().st_size
    digest = subprocess.run(["md5sum", str(target)], check=True, capture_output=True, text=True).stdout.split()[0]
    assert made.md5 == digest


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_is_replaced_shrinks_or_goes(data: Path, tmp_path: Path, form: Format) -> None:
    found = survey(data)
    target = tmp_path / f"a.{form}"
    shorter = [Member(one.path, one.size and one.size + 1, one.mtime_ns, one.inode) for one in found.members]
    with pytest.raises(CatalogError, match="changed while it was packed"):
        pack(found.base, shorter, target, form=form, top="top")
    other = [Member(one.path, one.size, one.mtime_ns, (0, 0)) for one in found.members]
    with pytest.raises(CatalogError, match="changed while it was packed"):
        pack(found.base, other, target, form=form, top="top")
    (data / "readme.txt").unlink()
    with pytest.raises(CatalogError, match=r"'readme\.txt' was not packed: it cannot be read any more"):
        pack(found.base, found.members, target, form=form, top="top")
    assert list(tmp_path.glob("a.*")) == []
    made = pack(found.base, found.members, target, form=form, top="top", skip=True)
    assert [left.path for left in made.left] == ["readme.txt"]


def test_a_full_disk(data: Path) -> None:
    found = survey(data)
    with pytest.raises(CatalogError, match="Nothing was kept of it") as error:
        pack(found.base, found.members, Path("/proc/nowhere.zip"), form="zip", top="top")
    assert error.value.code in ("storage", "forbidden")


def test_digest_tells_other_members(data: Path) -> None:
    members = survey(data).members
    one = digest_of("zip", "top", members)
    assert one == digest_of("zip", "top", survey(data).members)
    assert one != digest_of("tar.zst", "top", members)
    assert one != digest_of("zip", "top", members[1:])
