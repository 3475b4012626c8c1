"""Parts that come in any order, taken in one after the other."""

from __future__ import annotations

from itertools import permutations
from queue import SimpleQueue

import pytest

from huggingnersc_lab.checksums.reading.lanes import Block, Lane, Task


class Joined:
    """A hasher whose digest is all that it was given."""

    def __init__(self) -> None:
        self.data = b""

    def update(self, data: memoryview, /) -> None:
        self.data += data

    def digest(self) -> bytes:
        return self.data


class Table:
    """A lane of three parts, ``ab``, ``cd`` and ``e``, and all that comes of it."""

    def __init__(self) -> None:
        self.tasks: SimpleQueue[Task | None] = SimpleQueue()
        self.done: list[bytes | None] = []
        self.freed: list[bytes] = []
        self.lane = Lane(Joined, 5, self.tasks, self.done.append)

    def offer(self, number: int, *, is_read: bool = True) -> None:
        part = (b"ab", b"cd", b"e")[number]
        block = Block(memoryview(b"<" + part + b">"), 1, lambda buffer: self.freed.append(bytes(buffer)))
        self.lane.offer(number, block, 1, 1 + len(part), is_read=is_read)

    def run_tasks(self) -> int:
        """Run the tasks that wait; how many there were."""
        count = 0
        while not self.tasks.empty():
            task = self.tasks.get()
            assert task is not None
            task()
            count += 1
        return count


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order(order: tuple[int, ...]) -> None:
    table = Table()
    for number in order:
        table.offer(number)
        table.run_tasks()
    assert table.done == [b"abcde"]
    assert table.freed == [b"<ab>", b"<cd>", b"<e>"]


def test_one_task_takes_in_all_that_follows() -> None:
    table = Table()
    table.offer(1)
    table.offer(2)
    assert table.run_tasks() == 0  # nothing can begin without the first
    assert table.freed == []
    table.offer(0)
    assert table.run_tasks() == 1
    assert table.done == [b"abcde"]


def test_no_second_task_while_one_waits() -> None:
    table = Table()
    for number in range(3):
        table.offer(number)
    assert table.run_tasks() == 1
    assert table.done == [b"abcde"]


def test_a_task_ends_where_a_part_is_missing() -> None:
    table = Table()
    table.offer(0)
    table.offer(2)
    assert table.run_tasks() == 1
    assert (table.done, table.freed) == ([], [b"<ab>"])
    table.offer(1)
    assert table.run_tasks() == 1
    assert table.done == [b"abcde"]


@pytest.mark.parametrize("failed", [0, 1, 2])
def test_a_part_that_could_not_be_read(failed: int) -> None:
    """There is no digest then, but all blocks are free again."""
    table = Table()
    for number in range(3):
        table.offer(number, is_read=number != failed)
        table.run_tasks()
    assert table.done == [None]
    assert table.freed == [b"<ab>", b"<cd>", b"<e>"]


def test_a_block_is_free_after_its_last_use() -> None:
    freed: list[memoryview] = []
    buffer = memoryview(b"x")
    block = Block(buffer, 2, freed.append)
    block.release()
    assert freed == []
    block.release()
    assert freed == [buffer]
