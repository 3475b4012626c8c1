"""NumPy's files, written by NumPy."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest


def test_an_array(tmp_path: Path, describe: Any) -> None:
    np.save(tmp_path / "a.npy", np.zeros((3, 4), "f4"))
    found = describe(tmp_path / "a.npy", "npy")
    assert (found["rows"], found["arrays"]) == (3, [{"type": "<f4", "shape": [3, 4]}])


def test_records(tmp_path: Path, describe: Any) -> None:
    np.save(tmp_path / "a.npy", np.zeros(3, [("x", "f8"), ("n", "i4", (2,))]))
    found = describe(tmp_path / "a.npy", "npy")
    assert found["columns"] == [{"name": "x", "type": "<f8"}, {"name": "n", "type": "<i4"}]


def test_objects_are_not_unpickled(tmp_path: Path, describe: Any) -> None:
    class Bad:
        def __reduce__(self) -> Any:
            return exec, ("raise SystemExit('unpickled')",)

    np.save(tmp_path / "a.npy", np.array([Bad()], object), allow_pickle=True)
    assert describe(tmp_path / "a.npy", "npy")["arrays"][0]["type"] == "Python objects (pickled)"


def test_archives(tmp_path: Path, describe: Any, refuse: Any) -> None:
    np.savez(tmp_path / "a.npz", x=np.zeros((2, 2)), y=np.int8(1))
    np.savez_compressed(tmp_path / "b.npz", x=np.zeros(10**7))
    found = {one["name"]: one["shape"] for one in describe(tmp_path / "a.npz", "npz")["arrays"]}
    assert found == {"x": [2, 2], "y": []}
    assert describe(tmp_path / "b.npz", "npz")["arrays"][0]["shape"] == [10**7]
    with zipfile.ZipFile(tmp_path / "c.npz", "w") as archive:
        archive.writestr("README", "x")
    assert refuse(tmp_path / "c.npz", "npz")["detail"] == "It is a zip archive without arrays."


HEADER = b"{'descr': '<f8', 'fortran_order': False, 'shape': (%s), }"


@pytest.mark.parametrize(
    "header",
    [
        b"",
        HEADER % b"-1,",
        HEADER % b"'x',",
        HEADER % b"1.5,",
        HEADER % b"True,",
        HEADER % b"__import__('os').getpid(),",
        b"(" * 60_000,
        b"[]",
        b"{'shape': (1,)}",
    ],
)
def test_headers_that_lie(tmp_path: Path, refuse: Any, header: bytes) -> None:
    (tmp_path / "a.npy").write_bytes(b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header)
    assert refuse(tmp_path / "a.npy", "npy")["code"] == "damaged"


def test_a_header_that_claims_gigabytes(tmp_path: Path, refuse: Any) -> None:
    (tmp_path / "a.npy").write_bytes(b"\x93NUMPY\2\0\xff\xff\xff\xff{")
    assert "claims 4294967295 bytes" in refuse(tmp_path / "a.npy", "npy")["detail"]
