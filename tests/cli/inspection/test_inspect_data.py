"""``inspect-data``."""

from __future__ import annotations

import os
from pathlib import Path

import h5py
import numpy as np
import pytest

from huggingnersc_lab.sites import Site
from tests.cli.conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    root = tmp_path / "Sky Maps"
    (root / "train").mkdir(parents=True)
    for number in range(3):
        (root / "train" / f"part-{number}.csv").write_text("ra,dec\n1.5,2\n3,4\n")
    with h5py.File(root / "maps.h5", "w") as file:
        file["maps/t"] = np.zeros((4, 5))
        file["n"] = np.zeros(3)
    (root / "bad.h5").write_bytes(b"x")
    (root / "odd.xyz").write_bytes(b"\0")
    (root / "link").symlink_to("/")
    (root / os.fsdecode(b"\x1b[31m\xff.txt")).write_text("1\n")
    return root


def test_for_people(run: Run, data: Path) -> None:
    found = run("inspect-data", str(data))
    assert found.code == 0, found.err
    lines = [" ".join(line.split()) for line in found.out.splitlines()]
    assert "Files 7 in 2 folders" in lines
    assert "Splits train (3 files)" in lines
    assert "Series train/part-*.csv (3 files)" in lines
    assert "Links 1 out of it" in lines
    assert "Suggested size_categories: n<1K" in lines
    assert "CSV 3 51 B 6" in lines
    assert "train/part-0.csv 2 rows; 2 columns: ra, dec" in lines
    assert "maps.h5 2 arrays: n 3, maps/t 4x5" in lines
    assert ".xyz 1 Its content is of no known format." in lines
    assert "bad.h5 It is not HDF5, although its name says so." in lines
    assert "\x1b" not in found.out


def test_for_programs(run: Run, data: Path) -> None:
    document = run("inspect-data", str(data), "--json").json
    assert document["contents"]["files"] == 7
    assert document["contents"]["rows"] == 6
    assert document["problems"][0]["code"] == "damaged"


def test_a_relative_path(run: Run, folder: Path) -> None:
    (folder / "a.csv").write_text("a\n1\n")
    assert run("inspect-data", "a.csv", "--json").json["path"] == str(folder / "a.csv")


def test_what_cannot_be_inspected(run: Run, data: Path) -> None:
    assert run("inspect-data", str(data / "gone")).code == 4
    assert run("inspect-data", str(data), "--seconds", "0").code == 3


def test_not_on_a_login_node(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Site, "is_at_login_node", property(lambda _: True))
    assert run("inspect-data", str(data)).code == 9


def test_as_a_job(run: Run, data: Path) -> None:
    started = run("inspect-data", str(data), "--detach", "--json").json
    assert (started["kind"], started["dataset" if "dataset" in started else "name"]) == ("inspect", "sky-maps")
    assert run("job", "follow", started["id"]).code == 0
    assert run("job", "show", started["id"], "--json").json["result"]["contents"]["rows"] == 6
