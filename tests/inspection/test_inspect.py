"""Inspecting folders as they are."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.inspection.inspect import Progress, inspect
from huggingnersc_lab.inspection.problem import Problem
from huggingnersc_lab.inspection.reader import Reader

inspecting = import_module("huggingnersc_lab.inspection.inspect")  # the package has a function of this name
SAMPLES = Path(__file__).parent / "formats" / "samples"


def formats(document: dict[str, Any]) -> dict[str, tuple[int, int | None, bool]]:
    return {one["format"]: (one["files"], one["rows"], one["rows_estimated"]) for one in document["formats"]}


def test_a_folder_like_real_ones(tmp_path: Path) -> None:
    for split, rows in (("train", 80), ("test", 20)):
        (tmp_path / split).mkdir()
        for number in range(3):
            (tmp_path / split / f"part-{number:04}.csv").write_text("a,b\n" + "1,x\n" * rows)
    (tmp_path / "README.md").write_text("# Numbers\n")
    (tmp_path / "odd.xyz").write_bytes(b"\0\1")
    found = inspect(tmp_path)
    document = found.to_dict()
    assert formats(document) == {"csv": (6, 300, False), "text": (1, None, False)}
    assert document["splits"] == {"train": {"files": 3, "bytes": 972}, "test": {"files": 3, "bytes": 252}}
    assert document["unknown"] == [
        {"suffix": "xyz", "files": 1, "bytes": 2, "reason": "Its content is of no known format."}
    ]
    assert document["contents"]["rows"] == 300
    assert document["contents"]["formats"] == ["csv", "text"]
    assert document["suggestions"][0]["value"] == ["n<1K"]
    assert document["problems"] == []


def test_many_files_are_estimated_from_some(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"part-{number}.csv").write_text("a\n1\n2\n")
    assert formats(inspect(tmp_path).to_dict()) == {"csv": (50, 100, True)}


def test_what_cannot_be_read_does_not_count(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "good.h5", "w") as file:
        file["x"] = np.zeros(10)
    (tmp_path / "bad.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + b"\xff" * 1000)
    (tmp_path / "empty.h5").touch()
    shutil.copy(SAMPLES / "seven-by-five.png", tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("a\n1\n")
    found = inspect(tmp_path)
    counts = formats(found.to_dict())
    assert counts["hdf5"] == (3, 10, False)
    assert counts["csv"] == (2, 1, False)
    assert {problem.path: problem.code for problem in found.tally.problems} == {
        "bad.h5": "damaged",
        "empty.h5": "damaged",
    }
    assert {one.path: one.format for one in found.described}["a.csv"] == "png"


def test_names_without_suffix_are_told_by_content(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "stars.fits", tmp_path / "stars")
    assert formats(inspect(tmp_path).to_dict()) == {"fits": (1, 3, False)}


def test_one_file_and_zarr(tmp_path: Path) -> None:
    found = inspect(SAMPLES / "stars.fits")
    assert [(one.path, one.format) for one in found.described] == [("stars.fits", "fits")]
    shutil.copytree(SAMPLES / "version-3.zarr", tmp_path / "sky.zarr")
    for root in (tmp_path, tmp_path / "sky.zarr"):
        document = inspect(root).to_dict()
        assert formats(document) == {"zarr": (4, None, False)}
        assert document["described"][0]["arrays"][0]["name"] == "deep/t"


def test_it_tells_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    seen: list[Progress] = []
    inspect(tmp_path, on_progress=seen.append)
    assert [(one.phase, one.files, one.described) for one in seen] == [("walk", 1, 0), ("read", 1, 0), ("read", 1, 1)]

    def cancel(progress: Progress) -> None:
        if progress.phase == "read":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        inspect(tmp_path, on_progress=cancel)


def test_the_time_is_up(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    found = inspect(tmp_path, seconds=-1)
    assert (found.tally.stopped, found.contents(), found.described) == ("time", None, [])


def test_files_that_vanish(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")

    def remove(progress: Progress) -> None:
        (tmp_path / "a.csv").unlink(missing_ok=True)

    found = inspect(tmp_path, on_progress=remove)
    assert [problem.code for problem in found.tally.problems] == ["vanished"]


def test_descriptions_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.csv").write_text("x" * 100 + "\n1\n")
    monkeypatch.setattr(inspecting, "MOST_BYTES", 400)
    monkeypatch.setattr(inspecting, "MOST_DESCRIBED", 2)
    described = inspect(tmp_path).to_dict()["described"]
    assert ["columns" in one for one in described] == [True, True]
    monkeypatch.setattr(inspecting, "MOST_BYTES", 200)
    described = inspect(tmp_path).to_dict()["described"]
    assert [("columns" in one, one["column_count"], one["rows"]) for one in described] == [(True, 1, 1), (False, 1, 1)]


def test_no_data() -> None:
    with pytest.raises(CatalogError):
        inspect("/no/such/place")


@pytest.mark.parametrize("answer", [Problem("a.csv", "limit", "Slow."), "odd", None, {"rows": "x"}, {"rows": -1}])
def test_a_reader_that_answers_oddly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    monkeypatch.setattr(Reader, "describe", lambda *_: ("csv", answer))
    assert formats(inspect(tmp_path).to_dict()) == {"csv": (1, None, False)}
