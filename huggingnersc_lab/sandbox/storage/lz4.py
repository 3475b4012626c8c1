"""Decompresses LZ4, as needed by the practice Hub: small frames of known length.

https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md next to it. Checksums are ignored:
everything decompressed here belongs to a file whose SHA-256 is checked in the end.
"""

from __future__ import annotations

_MAGIC = b"\x04\x22\x4d\x18"
_HAS_BLOCK_CHECKSUM = 0x10
_HAS_CONTENT_SIZE = 0x08
_HAS_DICTIONARY = 0x01
_IS_PLAIN = 0x80000000
_MORE = 15  # in a token: the length continues in the next bytes
_LONGER = 255  # in such a byte: it continues further
_MIN_MATCH = 4


def unpack(frame: bytes, length: int) -> bytes:
    """The `length` bytes in an LZ4 frame.

    Raises:
        ValueError: it is not an LZ4 frame, or contains another number of bytes.
    """
    try:
        output = _unpack(frame, length)
    except IndexError:
        raise ValueError("The LZ4 frame is truncated") from None
    if len(output) != length:
        raise ValueError(f"The LZ4 frame contains {len(output)} bytes, not {length}")
    return bytes(output)


def _unpack(frame: bytes, limit: int) -> bytearray:
    if frame[:4] != _MAGIC or frame[4] >> 6 != 1:
        raise ValueError("This is not an LZ4 frame")
    flags = frame[4]
    if flags & _HAS_DICTIONARY:
        raise ValueError("The LZ4 frame requires a dictionary")
    place = 6 + (8 if flags & _HAS_CONTENT_SIZE else 0) + 1
    output = bytearray()
    while True:
        head = frame[place : place + 4]
        if len(head) < 4:  # noqa: PLR2004
            raise ValueError("The LZ4 frame is truncated")
        size = int.from_bytes(head, "little")
        if size == 0:
            return output
        place += 4
        block = frame[place : place + (size & ~_IS_PLAIN)]
        place += (size & ~_IS_PLAIN) + (4 if flags & _HAS_BLOCK_CHECKSUM else 0)
        if size & _IS_PLAIN:
            _check(len(output) + len(block), limit)
            output += block
        else:
            _unpack_block(block, output, limit)


def _unpack_block(block: bytes, output: bytearray, limit: int) -> None:
    place = 0
    while place < len(block):
        token = block[place]
        literals, place = _length(block, place + 1, token >> 4)
        _check(len(output) + literals, limit)
        output += block[place : place + literals]
        place += literals
        if place >= len(block):  # the last sequence has literals only
            return
        offset = block[place] | block[place + 1] << 8
        matched, place = _length(block, place + 2, token & _MORE)
        _repeat(output, offset, matched + _MIN_MATCH, limit)


def _length(block: bytes, place: int, length: int) -> tuple[int, int]:
    """A length that started in a token, and the position after it."""
    if length == _MORE:
        while True:
            length += block[place]
            place += 1
            if block[place - 1] != _LONGER:
                break
    return length, place


def _repeat(output: bytearray, offset: int, length: int, limit: int) -> None:
    start = len(output) - offset
    if offset == 0 or start < 0:
        raise ValueError("The LZ4 frame refers to data before its start")
    _check(len(output) + length, limit)
    piece = output[start : start + length]
    output += piece if offset >= length else (piece * (length // offset + 1))[:length]


def _check(length: int, limit: int) -> None:
    if length > limit:
        raise ValueError(f"The LZ4 frame contains more than {limit} bytes")
