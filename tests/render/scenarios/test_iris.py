"""The bundled example: the numbers of Fisher's paper, and a loader that needs nothing but Python."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from huggingnersc_lab.record.metadata.document import read_json, read_metadata

EXAMPLE = Path(str(files("huggingnersc_lab"))) / "examples" / "iris"
LENGTHS = ("sepal_length", "sepal_width", "petal_length", "petal_width")


@pytest.fixture(scope="module")
def flowers() -> list[dict[str, str]]:
    with (EXAMPLE / "iris.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_fifty_flowers_of_each_species(flowers: list[dict[str, str]]) -> None:
    assert Counter(flower["species"] for flower in flowers) == {"setosa": 50, "versicolor": 50, "virginica": 50}


def test_the_sums_are_those_of_the_paper(flowers: list[dict[str, str]]) -> None:
    # Means of Fisher's table 2, times fifty.
    sums = {
        "setosa": (250.3, 171.4, 73.1, 12.3),
        "versicolor": (296.8, 138.5, 213.0, 66.3),
        "virginica": (329.4, 148.7, 277.6, 101.3),
    }
    for species, expected in sums.items():
        own = [flower for flower in flowers if flower["species"] == species]
        assert tuple(round(sum(float(flower[name]) for flower in own), 1) for name in LENGTHS) == expected


def test_the_two_flowers_that_the_uci_copy_has_wrong_are_right(flowers: list[dict[str, str]]) -> None:
    assert [flowers[34][name] for name in LENGTHS] == ["4.9", "3.1", "1.5", "0.2"]
    assert [flowers[37][name] for name in LENGTHS] == ["4.9", "3.6", "1.4", "0.1"]


def test_the_metadata_has_no_fault_and_earns_no_warning() -> None:
    metadata = read_metadata(read_json(EXAMPLE / "metadata.json"), {"data_path": "/data/iris"})
    assert (metadata.findings.errors, metadata.findings.warnings) == ((), ())
    assert metadata.to_record("metadata.json").name == "iris"


@pytest.mark.parametrize("data_path", ["", str(EXAMPLE)])
def test_the_loader_runs_alone_and_with_a_path(tmp_path: Path, data_path: str) -> None:
    environ = {**os.environ, "DATA_PATH": data_path}
    command = [sys.executable, "-I", "-S", str(EXAMPLE / "load_iris.py")]
    answer = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout == "Loaded 150 flowers of 3 species.\n"
