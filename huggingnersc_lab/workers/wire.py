"""Messages between a server and its workers: JSON values and bytes.

A message is a line of JSON, a list with ``[value]`` for each value and the length of each bytes object, followed by the
raw bytes. Strings are encoded like file names, so that any path can be sent in any locale.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(*values: object) -> bytes:
    """Encode a message.

    Raises:
        ValueError: a string contains a character that no file name can have, such as a lone surrogate.
        TypeError: a value is neither bytes nor JSON.
    """
    head = [len(value) if isinstance(value, bytes) else [value] for value in values]
    line = os.fsencode(_encode(head))
    return b"".join([line, b"\n", *(value for value in values if isinstance(value, bytes))])


class Inbox:
    """Reassembles messages from the pieces in which they arrive."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def add(self, piece: bytes) -> Iterator[list[object]]:
        """Add a piece; yields the messages that are now complete, each as its values."""
        self._pieces += piece
        while (message := self._next()) is not None:
            yield message

    def _next(self) -> list[object] | None:
        begin = self._pieces.find(b"\n") + 1
        if not begin:
            return None
        head = json.loads(os.fsdecode(bytes(self._pieces[: begin - 1])))
        end = begin + sum(part for part in head if isinstance(part, int))
        if len(self._pieces) < end:
            return None
        values: list[object] = []
        for part in head:
            if isinstance(part, int):
                values.append(bytes(self._pieces[begin : begin + part]))
                begin += part
            else:
                values.append(part[0])
        del self._pieces[:end]
        return values
