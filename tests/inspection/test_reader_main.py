"""What is answered of one file."""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection.reader_main import answer


def test_a_name_that_says_something_else(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (7).to_bytes(4, "big") + (5).to_bytes(4, "big"))
    found = answer(str(tmp_path / "a.csv"), "csv")
    assert found["format"] == "png"
    assert found["description"] == {"size": [7, 5], "notes": ["Its name says CSV, but it is PNG."]}


def test_a_name_that_promises_too_much(tmp_path: Path) -> None:
    (tmp_path / "a.h5").write_text("Not found\n")
    found = answer(str(tmp_path / "a.h5"), "hdf5")
    assert (found["code"], found["detail"]) == ("damaged", "It is not HDF5, although its name says so.")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\0\1\2", "Its content is of no known format."),
        (gzip.compress(b"brain", mtime=0), "It is compressed in a form that is not unpacked."),
    ],
)
def test_what_no_format_describes(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "a.bin").write_bytes(content)
    assert answer(str(tmp_path / "a.bin"), None) == {"format": None, "code": "unknown", "detail": why}


def test_a_library_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    found = answer(str(tmp_path / "a.parquet"), "parquet")
    assert found["code"] == "missing_library"
    assert "needs the Python package pyarrow: pip install 'huggingnersc_lab[inspect]'" in found["detail"]


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "empty.csv").touch()
    details: dict[str, Any] = {
        "pipe.csv": "It is a named pipe, not a file.",
        "folder.csv": "It is a folder, not a file.",
        "empty.csv": "It is empty.",
        "gone.csv": "It vanished while it was looked at.",
    }
    assert {name: answer(str(tmp_path / name), "csv")["detail"] for name in details} == details
