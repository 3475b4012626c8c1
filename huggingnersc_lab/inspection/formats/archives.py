"""Archives: what their directories and headers list. Nothing is unpacked to disk."""

from __future__ import annotations

import tarfile
import zipfile

from huggingnersc_lab.inspection.description import Description
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, open_regular

_MOST_MEMBERS = 100_000
_BOMB = 1000


class Zip(Format):
    """Zip: its central directory."""

    name = "zip"
    title = "Zip archive"
    suffixes = ("zip",)
    magic = (b"PK\x03\x04", b"PK\x05\x06")

    def describe(self, path: str) -> Description:
        """Number of files and their size when unpacked, as the archive claims."""
        with open_regular(path) as stream:
            packed = stream.seek(0, 2)
            with zipfile.ZipFile(stream) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
        size = sum(info.file_size for info in infos)
        found = Description(members=(len(infos), size))
        if size > _BOMB * max(packed, 1):
            found.notes.append(f"It claims to unpack to {size // max(packed, 1)} times its size.")
        if any(info.flag_bits & 1 for info in infos):
            found.notes.append("It is encrypted.")
        return found


class Tar(Format):
    """Tar without compression: its headers, whose members are skipped."""

    name = "tar"
    title = "Tar archive"
    suffixes = ("tar",)

    def sniff(self, name: str, head: bytes) -> bool:
        """By the magic of POSIX and GNU tar."""
        del name
        return head[257:262] == b"ustar"

    def describe(self, path: str) -> Description:
        """Number of files and their size, of the first 100,000 members."""
        files = size = 0
        notes = []
        with open_regular(path) as stream:
            try:
                with tarfile.open(fileobj=stream, mode="r:") as archive:
                    for number, member in enumerate(archive):
                        if number >= _MOST_MEMBERS:
                            notes.append(f"It has more than {_MOST_MEMBERS} members; the rest was not counted.")
                            break
                        if member.isfile():
                            files, size = files + 1, size + member.size
                        archive.members = []  # type: ignore[attr-defined] # the library remembers all of them
            except tarfile.ReadError as err:
                if not files:
                    raise DamagedError(f"It is not a tar archive: {err}.") from err
                notes.append("It is cut off or damaged.")
            end = stream.seek(0, 2)
        if size > end:
            notes.append("It is cut off: its members claim more bytes than it has.")
        return Description(members=(files, size), notes=notes)


class PackedTar(Format):
    """Tar with compression: counting its members would read all of it."""

    name = "tar.gz"
    title = "Compressed tar archive"
    suffixes = ("tar.gz", "tgz", "tar.bz2", "tar.xz", "tar.zst")
    magic = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")

    def describe(self, path: str) -> Description:
        """That its members are not counted."""
        with open_regular(path):
            return Description(notes=["Its members are not listed: all of it would have to be unpacked for that."])


FORMATS = (Zip(), Tar(), PackedTar())
