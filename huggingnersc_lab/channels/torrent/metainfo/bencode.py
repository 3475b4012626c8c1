"""Bencoding, the form of torrent files (BEP 3), read within limits: a torrent file is other people's input."""

from __future__ import annotations

from typing import Any

MAX_DEPTH = 32
"""Deepest nesting that is read; torrent files have five levels."""

_LONGEST_NUMBER = 20


def encode(value: Any) -> bytes:
    """Bytes of integers, bytes, texts (as UTF-8), lists and dictionaries; keys are sorted as raw bytes."""
    parts: list[bytes] = []
    _encode(value, parts)
    return b"".join(parts)


def decode(data: bytes) -> Any:
    """The value that ``data`` stands for; keys and strings are bytes.

    Raises:
        ValueError: what is wrong, and where.
    """
    value, end = _decode(data, 0, 0)
    if end != len(data):
        raise ValueError(f"there is something after its end, at byte {end}")
    return value


def _encode(value: Any, parts: list[bytes]) -> None:
    if isinstance(value, int):
        parts.append(b"i%de" % value)
    elif isinstance(value, (bytes, str)):
        data = value.encode() if isinstance(value, str) else value
        parts += (b"%d:" % len(data), data)
    elif isinstance(value, (list, tuple)):
        parts.append(b"l")
        for item in value:
            _encode(item, parts)
        parts.append(b"e")
    else:
        parts.append(b"d")
        keyed = {key.encode() if isinstance(key, str) else key: item for key, item in value.items()}
        for key in sorted(keyed):
            _encode(key, parts)
            _encode(keyed[key], parts)
        parts.append(b"e")


def _decode(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > MAX_DEPTH:
        raise ValueError(f"it is nested deeper than {MAX_DEPTH} levels, at byte {at}")
    kind = data[at : at + 1]
    if kind == b"i":
        return _number(data, at + 1, b"e")
    if kind == b"l":
        return _items(data, at + 1, depth)
    if kind == b"d":
        found, end = _items(data, at + 1, depth)
        return _dictionary(found, at), end
    if kind.isdigit():
        length, start = _number(data, at, b":")
        end = start + length
        if end > len(data):
            raise ValueError(f"a string is longer than the file, at byte {at}")
        return data[start:end], end
    raise ValueError(f"it is not bencoded, at byte {at}")


def _items(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    items = []
    while data[at : at + 1] != b"e":
        item, at = _decode(data, at, depth + 1)
        items.append(item)
    return items, at + 1


def _dictionary(items: list[Any], at: int) -> dict[bytes, Any]:
    keys, values = items[::2], items[1::2]
    # Another order, or a key twice, would give another infohash when it is written again.
    if len(keys) != len(values) or not all(isinstance(key, bytes) for key in keys) or keys != sorted(set(keys)):
        raise ValueError(f"the keys of a dictionary are not in order, at byte {at}")
    return dict(zip(keys, values, strict=True))


def _number(data: bytes, at: int, end: bytes) -> tuple[int, int]:
    stop = data.find(end, at, at + _LONGEST_NUMBER + 1)
    digits = data[at : max(stop, at)]
    plain = digits.removeprefix(b"-")
    if not plain.isdigit() or (len(digits) > 1 and digits.startswith((b"0", b"-0"))):
        raise ValueError(f"a number is malformed, at byte {at}")
    return int(digits), stop + 1
