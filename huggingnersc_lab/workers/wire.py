"""Messages between a server and its workers: values that JSON can hold, and bytes.

A message is a line of JSON, a list with ``[value]`` for each value and the length of each bytes, which follow the line
as they are. Texts are written as the file system's bytes, so that any path can be sent, whatever the locale is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(*values: object) -> bytes:
    """One message.

    Raises:
        ValueError: a text has a character that no file system's name can have, such as half a character.
        TypeError: a value is neither bytes nor what JSON can hold.
    """
    head = [len(value) if isinstance(value, bytes) else [value] for value in values]
    line = os.fsencode(_encode(head))
    return b"".join([line, b"\n", *(value for value in values if isinstance(value, bytes))])


class Inbox:
    """Puts messages together again from the pieces in which they arrive."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def add(self, piece: bytes) -> Iterator[list[object]]:
        """Take one more piece; gives the messages that are complete now, each as its values."""
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
