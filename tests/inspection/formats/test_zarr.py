"""Zarr: the samples were written by zarr 3.1.6."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("consolidated", [True, False])
def test_written_by_zarr(tmp_path: Path, describe: Any, version: int, consolidated: bool) -> None:
    path = tmp_path / "a.zarr"
    shutil.copytree(SAMPLES / f"version-{version}.zarr", path)
    if version == 2 and not consolidated:
        (path / ".zmetadata").unlink()
    if version == 3 and consolidated:
        root = json.loads((path / "zarr.json").read_text())
        names = ("deep", "deep/t")
        root["consolidated_metadata"] = {
            "metadata": {name: json.loads((path / name / "zarr.json").read_text()) for name in names}
        }
        shutil.rmtree(path / "deep")
        (path / "zarr.json").write_text(json.dumps(root))
    found = describe(path, "zarr")
    assert found["attributes"] == {"title": "Sky"}
    (array,) = found["arrays"]
    assert array.pop("type") in ("<f4", "float32")
    assert array == {
        "name": "deep/t",
        "shape": [4, 6],
        "unit": "K",
        "dimensions": ["time", "x"],
        "chunks": [2, 3],
    }


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"shape": [-1]}', '{"shape": "x"}', '{"shape": [true]}', "[" * 10**6]
)
def test_damaged(tmp_path: Path, refuse: Any, content: str) -> None:
    for name in ("zarr.json", ".zarray"):
        (tmp_path / name).write_text(content)
        assert refuse(tmp_path, "zarr")["code"] == "damaged"
        (tmp_path / name).unlink()


def test_links_are_not_followed(tmp_path: Path, refuse: Any) -> None:
    (tmp_path / "zarr.json").symlink_to(SAMPLES / "version-3.zarr" / "zarr.json")
    assert refuse(tmp_path, "zarr")["code"] == "damaged"
