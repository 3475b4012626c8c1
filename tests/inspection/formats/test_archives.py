"""Archives, written by the standard library."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection.formats import archives


def tar(path: Path, files: int, mode: str = "w") -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for number in range(files):
            info = tarfile.TarInfo(f"../{number}")
            info.size = 5
            archive.addfile(info, io.BytesIO(b"12345"))


def test_zip(tmp_path: Path, describe: Any) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.mkdir("folder")
        archive.writestr("../../etc/passwd", "x" * 10)
        archive.writestr("b", "y" * 20)
    assert describe(tmp_path / "a.zip", "zip") == {"members": {"files": 2, "bytes": 30}}


def test_a_zip_bomb_is_told_of(tmp_path: Path, describe: Any) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(10**8))
    content = bytearray((tmp_path / "a.zip").read_bytes())
    at = content.rindex(b"PK\1\2")
    content[at + 24 : at + 28] = (2**32 - 2).to_bytes(4, "little")  # its unpacked size, as the directory claims
    (tmp_path / "a.zip").write_bytes(content)
    found = describe(tmp_path / "a.zip", "zip")
    assert found["members"]["bytes"] == 2**32 - 2
    assert "times its size" in found["notes"][0]


def test_tar(tmp_path: Path, describe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tar(tmp_path / "a.tar", 30)
    assert describe(tmp_path / "a.tar", "tar") == {"members": {"files": 30, "bytes": 150}}
    monkeypatch.setattr(archives, "_MOST_MEMBERS", 11)
    found = describe(tmp_path / "a.tar", "tar")
    assert found["members"]["files"] == 10
    assert "more than 11" in found["notes"][0]


def test_a_tar_that_is_cut_off(tmp_path: Path, describe: Any) -> None:
    tar(tmp_path / "a.tar", 30)
    content = (tmp_path / "a.tar").read_bytes()
    (tmp_path / "a.tar").write_bytes(content[: 512 * 10 + 100])
    assert describe(tmp_path / "a.tar", "tar")["notes"] == ["It is cut off or damaged."]


def test_a_member_that_claims_too_much(tmp_path: Path, describe: Any) -> None:
    info = tarfile.TarInfo("large")
    info.size = 10**9
    (tmp_path / "a.tar").write_bytes(info.tobuf() + bytes(10240))
    assert "cut off" in describe(tmp_path / "a.tar", "tar")["notes"][0]


def test_packed_tar_is_not_unpacked(tmp_path: Path, describe: Any) -> None:
    tar(tmp_path / "a.tar.gz", 3, "w:gz")
    assert "members" not in describe(tmp_path / "a.tar.gz", "tar.gz")


@pytest.mark.parametrize("content", [b"PK\3\4", b"PK\5\6" + b"\xff" * 18, b"PK\3\4" + bytes(1000)])
def test_damaged_zip(tmp_path: Path, refuse: Any, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert refuse(tmp_path / "a.zip", "zip")["code"] == "damaged"
