"""Every format with files that are cut off, changed at random, or something else altogether."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import feather, parquet
from scipy.io import netcdf_file

from huggingnersc_lab.inspection.problem import Problem
from huggingnersc_lab.inspection.reader import Reader

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"
TABLE = pa.table({"a": list(range(1000)), "b": ["x"] * 1000})


def _hdf5(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["group/x"] = np.zeros((100, 100))
        file["group/x"].attrs["units"] = "K"


def _netcdf(path: Path) -> None:
    with netcdf_file(path, "w") as file:
        file.createDimension("x", 3)
        file.createVariable("x", "f8", ("x",))[:] = [1, 2, 3]


def _sqlite(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE t (a INTEGER)")
    database.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(1000)])
    database.commit()
    database.close()


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "x" * 1000)


def _tar(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("a")
        info.size = 1000
        archive.addfile(info, io.BytesIO(b"x" * 1000))


def _sample(name: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes((SAMPLES / name).read_bytes())


MAKERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "csv": ("csv", lambda path: path.write_text("a,b\n" + "1,2\n" * 1000)),
    "json": ("json", lambda path: path.write_text(json.dumps([{"a": 1}] * 1000))),
    "jsonl": ("jsonl", lambda path: path.write_text('{"a": 1}\n' * 1000)),
    "parquet": ("parquet", lambda path: parquet.write_table(TABLE, path)),
    "arrow": ("arrow", lambda path: feather.write_feather(TABLE, path)),
    "hdf5": ("h5", _hdf5),
    "netcdf": ("nc", _netcdf),
    "npy": ("npy", lambda path: np.save(path, np.zeros(1000))),
    "npz": ("npz", lambda path: np.savez(path, x=np.zeros(1000))),
    "fits": ("fits", _sample("stars.fits")),
    "png": ("png", _sample("seven-by-five.png")),
    "jpeg": ("jpg", _sample("seven-by-five.jpg")),
    "tiff": ("tif", _sample("seven-by-five.tif")),
    "webp": ("webp", _sample("seven-by-five.webp")),
    "sqlite": ("sqlite", _sqlite),
    "zip": ("zip", _zip),
    "tar": ("tar", _tar),
}


@pytest.mark.parametrize("name", list(MAKERS))
def test_damaged_in_any_way_the_caller_lives(tmp_path: Path, name: str) -> None:
    suffix, make = MAKERS[name]
    path = tmp_path / f"a.{suffix}"
    make(path)
    content = path.read_bytes()
    chance = random.Random(name)
    cuts = [content[: len(content) * part // 8] for part in (0, 1, 7)]
    lies = []
    for _ in range(5):
        changed = bytearray(content)
        for _ in range(20):
            changed[chance.randrange(min(len(changed), 2000))] = chance.choice((0, 0x7F, 0xFF, chance.randrange(256)))
        lies.append(bytes(changed))
    with Reader(10) as reader:
        found, description = reader.describe(str(tmp_path), path.name, name)
        assert (found, type(description)) == (name, dict)
        began = time.monotonic()
        for bad in (*cuts, *lies, chance.randbytes(5000)):
            path.write_bytes(bad)
            _, answer = reader.describe(str(tmp_path), path.name, name)
            if isinstance(answer, Problem):
                assert answer.detail.endswith(".")
                assert len(answer.detail) < 400
            else:
                json.dumps(answer)
        assert time.monotonic() - began < 100


def test_a_file_that_grows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    with Reader() as reader:
        for rows in range(1, 20):
            _, answer = reader.describe(str(tmp_path), "a.csv", "csv")
            assert not isinstance(answer, Problem)
            assert answer["rows"] == rows
            with path.open("a") as stream:
                stream.write("3,4\n")
