"""FITS: the sample was written by astropy 8.0.2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

STARS = Path(__file__).parent / "samples" / "stars.fits"


def card(text: str) -> bytes:
    return text.ljust(80).encode()


def file(*cards: str) -> bytes:
    return b"".join(card(one) for one in (*cards, "END")).ljust(2880)


def test_written_by_astropy(describe: Any) -> None:
    found = describe(STARS, "fits")
    assert found["attributes"] == {"TELESCOP": "Keck''s"} or found["attributes"] == {"TELESCOP": "Keck's"}
    assert found["arrays"] == [{"name": "SKY", "type": "float32", "unit": "Jy", "shape": [2, 3]}]
    assert found["rows"] == 3
    assert found["columns"] == [{"name": "ra", "type": "D", "unit": "deg"}, {"name": "id", "type": "K"}]
    assert "notes" not in found


def test_cut_off(tmp_path: Path, describe: Any, refuse: Any) -> None:
    content = STARS.read_bytes()
    (tmp_path / "a.fits").write_bytes(content[: 3 * 2880 - 1000])
    assert describe(tmp_path / "a.fits", "fits")["notes"] == ["It is cut off in HDU 1."]
    (tmp_path / "a.fits").write_bytes(content[:1000])
    assert refuse(tmp_path / "a.fits", "fits")["detail"] == "It is cut off in a header."


@pytest.mark.parametrize(
    "cards",
    [
        ("BITPIX  = 8", "NAXIS   = -1"),
        ("BITPIX  = 8", "NAXIS   = 1000000"),
        ("BITPIX  = x", "NAXIS   = 0"),
        ("BITPIX  = 8", "NAXIS   = 2", "NAXIS1  = 999999999999", "NAXIS2  = 999999999999"),
        ("BITPIX  = 8", "NAXIS   = 1"),
        ("BITPIX  = 8", "NAXIS   = 1", "NAXIS1  = -5"),
        ("BITPIX  = 8", "NAXIS   = 1", "NAXIS1  = 5", "GCOUNT  = -5"),
    ],
)
def test_headers_that_lie(tmp_path: Path, refuse: Any, cards: tuple[str, ...]) -> None:
    (tmp_path / "a.fits").write_bytes(file("SIMPLE  = T", *cards))
    assert refuse(tmp_path / "a.fits", "fits")["code"] == "damaged"


def test_a_header_that_does_not_end(tmp_path: Path, refuse: Any) -> None:
    (tmp_path / "a.fits").write_bytes(card("SIMPLE  = T") * 36 * 1001)
    assert refuse(tmp_path / "a.fits", "fits")["detail"] == "A header does not end."
