"""Images: the samples were written by Pillow 13.0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parent / "samples"
FORMATS = {"png": "png", "jpg": "jpeg", "gif": "gif", "bmp": "bmp", "webp": "webp", "tif": "tiff"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        *((f"seven-by-five.{suffix}", name) for suffix, name in FORMATS.items()),
        ("lossless.webp", "webp"),
        ("alpha.webp", "webp"),
    ],
)
def test_sizes(describe: Any, name: str, wanted: str) -> None:
    assert describe(SAMPLES / name, wanted) == {"size": [7, 5]}


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_cut_off_at_any_byte(tmp_path: Path, suffix: str, refuse: Any) -> None:
    content = (SAMPLES / f"seven-by-five.{suffix}").read_bytes()
    path = tmp_path / f"a.{suffix}"
    for end in range(1, 10):
        path.write_bytes(content[:end])
        assert refuse(path, FORMATS[suffix])["code"] == "damaged"


def test_sizes_that_lie(tmp_path: Path, refuse: Any) -> None:
    content = (SAMPLES / "seven-by-five.png").read_bytes()
    for width in (b"\0\0\0\0", b"\xff\xff\xff\xff"):
        (tmp_path / "a.png").write_bytes(content[:16] + width + content[20:])
        assert "claims a size" in refuse(tmp_path / "a.png", "png")["detail"]


def test_segments_without_end(tmp_path: Path, refuse: Any) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8" + b"\xff\xe0\0\2" * 2000)
    assert refuse(tmp_path / "a.jpg", "jpeg")["detail"] == "It does not say its size."


def test_riff_has_other_kinds(tmp_path: Path, refuse: Any) -> None:
    (tmp_path / "a.webp").write_bytes(b"RIFF\0\0\0\0WAVEfmt " + bytes(20))
    assert refuse(tmp_path / "a.webp", "webp")["code"] == "damaged"
