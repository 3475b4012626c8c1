"""What goes into which buffer."""

from __future__ import annotations

from queue import SimpleQueue

import pytest

from huggingnersc_lab.checksums.reading.planner import Planner
from huggingnersc_lab.checksums.reading.work import Piece, Reading, Span, Unit
from huggingnersc_lab.checksums.walk import File
from tests.checksums.conftest import BLOCK, RANGE


def span(name: str, size: int, at: int = 0, *, ranges: bool = True, algorithms: tuple[str, ...] = ()) -> Span:
    return Span(File(name.encode(), size, 1, 1), 0, size, algorithms, ranges, at)


def stream(*sizes: int, ranges: bool = True) -> list[Span]:
    """Files ``a``, ``b`` … that follow each other in the stream."""
    return [span(chr(97 + at), size, sum(sizes[:at]), ranges=ranges) for at, size in enumerate(sizes)]


def planner(pieces: set[int] | None = None, length: int | None = None, total: int = 0) -> Planner:
    """A planner of which pieces of some length are wanted; all if None."""
    results: list[Reading | Piece] = []
    return Planner(
        SimpleQueue(),
        on_done=results.append,
        on_piece=results.append,
        piece_length=length,
        stream_bytes=total,
        wants_piece=lambda index: pieces is None or index in pieces,
    )


def shown(units: list[Unit]) -> list[list[tuple[str, int, int, int]]]:
    """Of each unit its slices: file, offset in it, place in the buffer."""
    return [[(part.reading.span.file.name, *part[1:]) for part in unit.slices] for unit in units]


def parts_of(unit: Unit) -> list[tuple[int, int, int]]:
    return [(part.number, part.low, part.high) for part in unit.pieces]


def test_small_files_share_a_buffer() -> None:
    plan = planner()
    units = list(plan.units(stream(10, 0, BLOCK - 10, 1)))
    assert shown(units) == [[("a", 0, 0, 10), ("b", 0, 10, 10), ("c", 0, 10, BLOCK)], [("d", 0, 0, 1)]]
    assert plan.begun == 4
    assert all(unit.pieces == [] and unit.whole_range is None for unit in units)


def test_so_many_files_share_a_buffer_at_most() -> None:
    assert [len(unit) for unit in shown(list(planner().units(stream(*[1] * 130))))] == [64, 64, 2]


def test_a_large_file_is_read_range_by_range_where_nothing_else_is_wanted() -> None:
    plan = planner()
    units = list(plan.units([span("a", 5), span("b", 2 * RANGE + 7), span("c", 5)]))
    assert shown(units) == [
        [("a", 0, 0, 5)],
        [("b", 0, 0, RANGE)],
        [("b", RANGE, 0, RANGE)],
        [("b", 2 * RANGE, 0, 7)],
        [("c", 0, 0, 5)],
    ]
    assert [unit.whole_range for unit in units] == [None, 0, 1, 2, None]
    reading = units[1].slices[0].reading
    assert (reading.slices, reading.expected, reading.lanes, plan.begun) == (9, 3, {}, 3)


@pytest.mark.parametrize(("size", "slices"), [(BLOCK, 1), (BLOCK + 1, 2), (2 * BLOCK, 2), (RANGE + 1, 5)])
def test_a_large_file_with_digests_is_read_block_by_block(size: int, slices: int) -> None:
    units = list(planner().units([span("a", size, algorithms=("md5", "sha256"))]))
    assert len(units) == slices
    assert [unit.slices[0].offset for unit in units] == list(range(0, size, BLOCK))
    assert sum(unit.slices[0].high for unit in units) == size
    reading = units[0].slices[0].reading
    assert reading.slices == slices
    if slices > 1:
        ranges = list(range(-(-size // RANGE)))
        assert list(reading.lanes) == ["sha256", "md5", *ranges]  # the slowest first
        assert reading.expected == 2 + len(ranges)


def test_a_part_of_a_large_file() -> None:
    part = Span(File(b"a", 4 * RANGE, 1, 1), RANGE, 3 * RANGE)
    assert shown(list(planner().units([part]))) == [[("a", RANGE, 0, RANGE)], [("a", 2 * RANGE, 0, RANGE)]]


def test_pieces_reach_over_files() -> None:
    plan = planner(length=8, total=20)
    (unit,) = plan.units(stream(5, 0, 6, 9))
    assert parts_of(unit) == [(0, 0, 8), (0, 8, 16), (0, 16, 20)]
    assert len({id(part.lane) for part in unit.pieces}) == 3
    assert plan.begun == 4 + 3


def test_pieces_reach_over_buffers() -> None:
    sizes = (BLOCK - 3, 2 * BLOCK, 5)
    plan = planner(length=2 * BLOCK, total=sum(sizes))
    units = list(plan.units(stream(*sizes)))
    assert [parts_of(unit) for unit in units] == [
        [(0, 0, BLOCK - 3)],
        [(1, 0, BLOCK)],
        [(2, 0, 3), (0, 3, BLOCK)],
        [(1, 0, 5)],
    ]
    lanes = [[part.lane for part in unit.pieces] for unit in units]
    assert lanes[0] == lanes[1] == lanes[2][:1]
    assert lanes[2][1:] == lanes[3]
    assert plan.begun == 3 + 2


def test_only_what_wanted_pieces_need_is_read() -> None:
    plan = planner({2}, length=8, total=32)
    (unit,) = plan.units(stream(7, 9, 2, 20 - 6, ranges=False))
    assert shown([unit]) == [[("c", 0, 0, 2), ("d", 0, 2, 16)]]
    assert parts_of(unit) == [(0, 0, 8)]
    assert plan.begun == 2 + 1


def test_files_that_do_not_follow_each_other_are_parts_of_their_own() -> None:
    plan = planner({0, 2}, length=8, total=24)
    (unit,) = plan.units(stream(8, 8, 8, ranges=False))
    assert shown([unit]) == [[("a", 0, 0, 8), ("c", 0, 8, 16)]]
    assert parts_of(unit) == [(0, 0, 8), (0, 8, 16)]


def test_only_blocks_of_wanted_pieces_are_read_of_a_large_file() -> None:
    plan = planner({1}, length=2 * BLOCK, total=6 * BLOCK)
    units = list(plan.units(stream(6 * BLOCK, ranges=False)))
    assert shown(units) == [[("a", 2 * BLOCK, 0, BLOCK)], [("a", 3 * BLOCK, 0, BLOCK)]]
    reading = units[0].slices[0].reading
    assert (reading.slices, reading.is_for_pieces, plan.begun) == (2, True, 2)


@pytest.mark.parametrize("size", [0, 5, 3 * BLOCK])
def test_a_file_of_which_nothing_is_wanted_is_not_read(size: int) -> None:
    plan = planner(set(), length=8, total=size)
    assert list(plan.units(stream(size, ranges=False))) == []
    assert plan.begun == 0


def test_an_empty_file_has_a_result() -> None:
    plan = planner()
    assert shown(list(plan.units(stream(0)))) == [[("a", 0, 0, 0)]]
    assert plan.begun == 1


def test_a_piece_whose_bytes_do_not_come() -> None:
    plan = planner(length=8, total=16)
    with pytest.raises(ValueError, match=r"^The spans lack 3 bytes of piece 1\.$"):
        list(plan.units(stream(13)))
