"""HDF5, written by h5py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from huggingnersc_lab.inspection.formats import hdf5


def test_arrays(tmp_path: Path, describe: Any) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.attrs["title"] = "Air"
        file.attrs["big"] = np.zeros(7000)
        data = file.create_dataset("air/t", (100, 20), "f4", chunks=(10, 20))
        data.attrs.update({"units": "K", "long_name": "temperature", "range": [0.0, 400.0]})
        file.create_dataset("names", (100,), h5py.string_dtype())
        file.create_dataset("nothing", data=h5py.Empty("f4"))
    found = describe(tmp_path / "a.h5", "hdf5")
    assert found["rows"] == 100
    assert found["attributes"] == {"title": "Air"}
    assert {one["name"]: one for one in found["arrays"]} == {
        "names": {"name": "names", "shape": [100], "type": "text"},
        "nothing": {"name": "nothing", "shape": [], "type": "empty"},
        "air/t": {
            "name": "air/t",
            "shape": [100, 20],
            "type": "float32",
            "unit": "K",
            "chunks": [10, 20],
            "attributes": {"long_name": "temperature", "range": "0, 400"},
        },
    }


def test_a_table(tmp_path: Path, describe: Any) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["table"] = np.zeros(7, [("pt", "f8"), ("n", "i4")])
    found = describe(tmp_path / "a.h5", "hdf5")
    assert (found["rows"], found["columns"]) == (7, [{"name": "pt", "type": "float64"}, {"name": "n", "type": "int32"}])


def test_arrays_of_different_lengths_are_no_table(tmp_path: Path, describe: Any) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["a"], file["b"] = np.zeros(3), np.zeros(4)
    assert "rows" not in describe(tmp_path / "a.h5", "hdf5")


def test_links_are_not_followed(tmp_path: Path, describe: Any) -> None:
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["key"] = np.zeros(3)
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["group/own"] = np.zeros(5)
        file["group/again"] = file["group"]
        file["soft"] = h5py.SoftLink("/group/own")
        file["external"] = h5py.ExternalLink("secret.h5", "/key")
    assert [one["name"] for one in describe(tmp_path / "a.h5", "hdf5")["arrays"]] == ["group/own"]


def test_too_many_objects(tmp_path: Path, describe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hdf5, "_MOST_OBJECTS", 5)
    with h5py.File(tmp_path / "a.h5", "w") as file:
        for number in range(10):
            file[f"{number}"] = 1
    found = describe(tmp_path / "a.h5", "hdf5")
    assert found["array_count"] == 5
    assert "more than 5" in found["notes"][0]


def test_a_huge_one_is_not_read(tmp_path: Path, describe: Any) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.create_dataset("x", (10**9, 1000), "f8", chunks=(1000, 1000))
    assert describe(tmp_path / "a.h5", "hdf5")["arrays"][0]["shape"] == [10**9, 1000]


def test_cut_off(tmp_path: Path, refuse: Any) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["x"] = np.zeros(10**4)
    (tmp_path / "a.h5").write_bytes((tmp_path / "a.h5").read_bytes()[:3000])
    assert refuse(tmp_path / "a.h5", "hdf5")["code"] == "damaged"
