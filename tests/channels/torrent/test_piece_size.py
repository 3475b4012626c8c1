from __future__ import annotations

import pytest

from huggingnersc_lab.channels.torrent.piece_size import piece_length
from huggingnersc_lab.errors import CatalogError

KIB, MIB, GIB, TIB = 1024, 1024**2, 1024**3, 1024**4


@pytest.mark.parametrize(
    ("total", "length"),
    [
        (0, 256 * KIB),
        (375 * MIB, 256 * KIB),
        (376 * MIB, 512 * KIB),
        (4 * GIB, 4 * MIB),
        (20 * GIB, 16 * MIB),
        (100 * TIB, 16 * MIB),
    ],
)
def test_pieces_grow_with_the_data(total: int, length: int) -> None:
    assert piece_length("auto", total) == length


@pytest.mark.parametrize(
    ("chosen", "length"), [("256KiB", 256 * KIB), ("1m", MIB), ("16 MiB", 16 * MIB), ("524288", 512 * KIB)]
)
def test_a_size_can_be_chosen(chosen: str, length: int) -> None:
    assert piece_length(chosen, 100 * TIB) == length


@pytest.mark.parametrize("chosen", ["", "128KiB", "32MiB", "3MiB", "-1MiB", "big", "1GiB", "9" * 13])
def test_others_are_refused(chosen: str) -> None:
    with pytest.raises(CatalogError) as caught:
        piece_length(chosen, 1)
    assert caught.value.fields[0].pointer == "/options/piece_size"
