"""Lines of manifests, sorted by path, brought together without having all of them in memory."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from huggingnersc_lab.checksums.manifest.line import joined, path_of


def nearly_sorted(lines: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Lines in order that are each no more than ``window`` places from there.

    Raises:
        ValueError: they are not.
    """
    heap: list[tuple[bytes, int, bytes]] = []
    last = b""
    for number, line in enumerate(lines):
        heapq.heappush(heap, (path_of(line), number, line))
        if len(heap) > window:
            path, _, found = heapq.heappop(heap)
            if path < last:
                raise ValueError("The lines are not sorted.")
            last = path
            yield found
    while heap:
        yield heapq.heappop(heap)[2]


def merged(base: Iterable[bytes], added: Iterable[bytes], gone: Iterable[bytes] = ()) -> Iterator[bytes]:
    """The lines of a manifest with those that were added, or take the place of former ones.

    Args:
        base: lines of the manifest.
        added: further ones.
        gone: lines of ``base`` that go.
    """
    former = _without(base, gone)
    old = next(former, None)
    for line in added:
        path = path_of(line)
        while old is not None and path_of(old) < path:
            yield old
            old = next(former, None)
        known = None
        if old is not None and path_of(old) == path:
            known, old = old, next(former, None)
        yield joined(known, line)
    if old is not None:
        yield old
        yield from former


def _without(lines: Iterable[bytes], gone: Iterable[bytes]) -> Iterator[bytes]:
    leaving = iter(gone)
    away = next(leaving, None)
    for line in lines:
        if line == away:
            away = next(leaving, None)
        else:
            yield line
