"""A folder with every kind of file that is digested in a way of its own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from huggingnersc_lab.checksums import Manifest, algorithms
from huggingnersc_lab.checksums.reading import planner

BLOCK = 2**14
RANGE = 2**16


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small blocks and ranges, so that small files go the ways of large ones."""
    from huggingnersc_lab.checksums.reading import reader

    monkeypatch.setattr(planner, "BLOCK_BYTES", BLOCK)
    monkeypatch.setattr(reader, "BLOCK_BYTES", BLOCK)
    for module in (algorithms, planner, reader):
        monkeypatch.setattr(module, "RANGE_BYTES", RANGE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    source = random.Random(1)
    sizes = [0, 1, 100, 5000, BLOCK - 1, BLOCK, BLOCK + 1, RANGE - 1, RANGE, RANGE + 1, 3 * RANGE + 17, 0]
    for number, size in enumerate(sizes * 3):
        path = root / "abc"[number % 3] / f"{number:02d}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.randbytes(size))
    (root / "a.txt").write_bytes(b"before the folder a, since '.' comes before '/'")
    (root / "empty").mkdir()
    return root


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    return Manifest(tmp_path / "manifest")
