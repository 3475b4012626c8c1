"""Bodies of requests and answers that end in time, and at a length that memory can take."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import ModuleType
from typing import Any

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.deadline import Deadline

ENCODINGS = "gzip"
"""How an answer may be packed: as :func:`bounded` can unpack it without more memory than it allows."""

_GZIP = 16 + zlib.MAX_WBITS


def guarded(library: ModuleType, stream: Any, deadline: Deadline) -> Any:
    """The body of a request, which breaks off after the deadline: a Hub does nothing with a half of one.

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
    """The body of an answer, unpacked.

    Args:
        library: the HTTP library.
        response: the answer; that its body was packed is not said in it any more.
        deadline: when reading ends.
        most_bytes: length at which it ends.

    Raises:
        WrongAnswerError: it is packed otherwise than was asked for; while it is read, it is too long, or cut off.
        OutOfTimeError: while it is read.
    """
    stream = response.stream
    packed = response.headers.pop("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise WrongAnswerError("it is packed in another way than was asked for")

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
    """The pieces of a gzip file, none of them longer than one byte more than allowed."""
    unpack = zlib.decompressobj(_GZIP)
    is_empty = True
    try:
        for piece in stream:
            is_empty = is_empty and not piece
            yield unpack.decompress(piece, most_bytes + 1)
    except zlib.error as err:
        raise WrongAnswerError("it cannot be unpacked") from err
    if not is_empty and not unpack.eof:
        raise WrongAnswerError("it is cut off")


@cache
def _stream_class(library: ModuleType) -> Any:
    class Stream(library.SyncByteStream):  # type: ignore[name-defined, misc]
        """A body in pieces; the one it is made of is closed with it, and tells the rest."""

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
