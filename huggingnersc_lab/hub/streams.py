"""Request and response bodies with limits of time and size."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.deadline import Deadline

ENCODINGS = "gzip"
"""Content encodings to accept: those that :func:`bounded` can decompress within its memory limit."""

_GZIP = 16 + zlib.MAX_WBITS


def guarded(library: ModuleType, stream: Any, deadline: Deadline) -> Any:
    """A request body that breaks off after the deadline: a Hub ignores an incomplete one.

    Args:
        library: the HTTP library.
        stream: the body.
        deadline: when it breaks off.
    """

    def pieces() -> Iterator[bytes]:
        for piece in stream:
            deadline.require()
            yield piece

    return _stream_class(library)(pieces, stream)


def bounded(library: ModuleType, response: Any, deadline: Deadline, most_bytes: int) -> Any:
    """The decompressed body of a response.

    Args:
        library: the HTTP library.
        response: the response, whose headers no longer mention a content encoding.
        deadline: when reading ends.
        most_bytes: maximum length.

    Raises:
        WrongAnswerError: its encoding was not requested; while reading, it is too long or truncated.
        OutOfTimeError: while reading.
    """
    stream = response.stream
    packed = response.headers.pop("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise WrongAnswerError("it has a content encoding that was not requested")

    def pieces() -> Iterator[bytes]:
        length = 0
        for piece in _unpacked(stream, most_bytes) if "gzip" in packed else stream:
            deadline.require()
            length += len(piece)
            if length > most_bytes:
                raise WrongAnswerError(f"it is longer than {most_bytes // 2**20} MiB")
            yield piece

    return _stream_class(library)(pieces, stream)


def _unpacked(stream: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    """The pieces of a gzip file, none longer than one byte more than allowed."""
    unpack = zlib.decompressobj(_GZIP)
    is_empty = True
    try:
        for piece in stream:
            is_empty = is_empty and not piece
            yield unpack.decompress(piece, most_bytes + 1)
    except zlib.error as err:
        raise WrongAnswerError("it cannot be decompressed") from err
    if not is_empty and not unpack.eof:
        raise WrongAnswerError("it is truncated")


@cache
def _stream_class(library: ModuleType) -> Any:
    class Stream(library.SyncByteStream):  # type: ignore[name-defined, misc]
        """A body in pieces; closes the underlying stream and delegates other attributes to it."""

        def __init__(self, pieces: Callable[[], Iterator[bytes]], inner: Any) -> None:
            self._pieces = pieces
            self._inner = inner

        def __iter__(self) -> Iterator[bytes]:
            return self._pieces()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inner, name)

        def close(self) -> None:
            if hasattr(self._inner, "close"):
                self._inner.close()

    return Stream
