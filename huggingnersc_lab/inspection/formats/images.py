"""Images: width and height from the first bytes, without decoding."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import BinaryIO, ClassVar

from huggingnersc_lab.inspection.description import Description
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, open_regular

_MOST_SEGMENTS = 1000
_MARK = 0xFF
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_Size = tuple[int, int]


class Image(Format):
    """One image."""

    size_of: ClassVar[Callable[[BinaryIO], _Size]]

    def describe(self, path: str) -> Description:
        """Its size."""
        with open_regular(path) as stream:
            try:
                size = type(self).size_of(stream)
            except (struct.error, IndexError) as err:
                raise DamagedError("It is cut off before its size.") from err
        if not all(0 < length < 2**31 for length in size):
            raise DamagedError(f"It claims a size of {size[0]} by {size[1]} pixels.")
        return Description(size=size)


def _png(stream: BinaryIO) -> _Size:
    head = stream.read(24)
    if head[12:16] != b"IHDR":
        raise DamagedError("It has no header.")
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _gif(stream: BinaryIO) -> _Size:
    width, height = struct.unpack("<HH", stream.read(10)[6:])
    return width, height


def _bmp(stream: BinaryIO) -> _Size:
    width, height = struct.unpack("<ii", stream.read(26)[18:])
    return width, abs(height)


def _webp(stream: BinaryIO) -> _Size:
    head = stream.read(30)
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = struct.unpack("<I", head[21:25])[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", head[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg(stream: BinaryIO) -> _Size:
    stream.read(2)
    for _ in range(_MOST_SEGMENTS):
        mark, kind = struct.unpack("BB", stream.read(2))
        while kind == _MARK:  # padding
            kind = stream.read(1)[0]
        if mark != _MARK:
            raise DamagedError("Its segments are damaged.")
        (length,) = struct.unpack(">H", stream.read(2))
        if kind in _JPEG_SIZES:
            height, width = struct.unpack(">HH", stream.read(5)[1:])
            return width, height
        stream.seek(max(length - 2, 0), 1)
    raise DamagedError("It does not say its size.")


def _tiff(stream: BinaryIO) -> _Size:
    """The first directory of classic TIFF; tags 256 and 257 are width and height."""
    head = stream.read(8)
    order = "<" if head[:2] == b"II" else ">"
    stream.seek(struct.unpack(order + "I", head[4:8])[0])
    (count,) = struct.unpack(order + "H", stream.read(2))
    found = {}
    for _ in range(count):
        entry = stream.read(12)
        tag, kind = struct.unpack(order + "HH", entry[:4])
        if tag in (256, 257):
            form, size = ("H", 2) if kind == 3 else ("I", 4)  # noqa: PLR2004 - type 3 is SHORT
            (found[tag],) = struct.unpack(order + form, entry[8 : 8 + size])
    if len(found) != 2:  # noqa: PLR2004
        raise DamagedError("It does not say its size.")
    return found[256], found[257]


class Png(Image):
    """PNG (ISO/IEC 15948)."""

    name, title, suffixes, magic = "png", "PNG", ("png",), (b"\x89PNG\r\n\x1a\n",)
    size_of = _png


class Jpeg(Image):
    """JPEG (ISO/IEC 10918-1)."""

    name, title, suffixes, magic = "jpeg", "JPEG", ("jpg", "jpeg"), (b"\xff\xd8\xff",)
    size_of = _jpeg


class Gif(Image):
    """GIF."""

    name, title, suffixes, magic = "gif", "GIF", ("gif",), (b"GIF87a", b"GIF89a")
    size_of = _gif


class Bmp(Image):
    """BMP."""

    name, title, suffixes, magic = "bmp", "BMP", ("bmp",), (b"BM",)
    size_of = _bmp


class WebP(Image):
    """WebP (RFC 9649)."""

    name, title, suffixes, magic = "webp", "WebP", ("webp",), (b"RIFF",)
    size_of = _webp

    def sniff(self, name: str, head: bytes) -> bool:
        """RIFF has other kinds, too."""
        return super().sniff(name, head) and head[8:12] == b"WEBP"


class Tiff(Image):
    """TIFF 6.0."""

    name, title, suffixes, magic = "tiff", "TIFF", ("tif", "tiff"), (b"II*\0", b"MM\0*")
    size_of = _tiff


FORMATS = (Png(), Jpeg(), Gif(), Bmp(), WebP(), Tiff())
