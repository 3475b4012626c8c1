"""Digests in forms that other programs read: coreutils' ``md5sum -c``, and BagIt (RFC 8493)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from huggingnersc_lab.checksums.manifest.manifest import Manifest
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors

BAG_ALGORITHMS = ("md5", "sha256")
"""Of :data:`ALGORITHMS`, those that BagIt knows."""

_COREUTILS = {b"\\": b"\\\\", b"\n": b"\\n", b"\r": b"\\r"}
_BAGIT = re.compile(rb"[\r\n%]")


def sum_lines(manifest: Manifest, algorithm: str) -> Iterator[bytes]:
    """What ``md5sum``, ``sha256sum`` or ``b3sum`` would print in the data's folder, and checks with ``-c``.

    Raises:
        CatalogError: ``not_found`` when a file's digest is not known.
    """
    for entry in manifest.entries():
        path = re.sub(rb"[\\\n\r]", lambda found: _COREUTILS[found[0]], entry.file.path)
        mark = b"\\" if path != entry.file.path else b""
        yield b"%b%b  %b\n" % (mark, _digest(entry.digests, algorithm, entry.file.name), path)


def bag_lines(manifest: Manifest, algorithm: str) -> Iterator[bytes]:
    """The lines of ``manifest-md5.txt`` or ``manifest-sha256.txt``; the data is the bag's ``data``.

    Raises:
        CatalogError: ``invalid_record`` for a name that is not UTF-8, which BagIt cannot say; ``not_found`` when the
            digest of a file is not known.
    """
    for entry in manifest.entries():
        path = entry.file.path
        try:
            path.decode()
        except UnicodeDecodeError as err:
            detail = f"The name of '{entry.file.name}' is not UTF-8, which BagIt requires. Rename it, or write a FILE."
            raise CatalogError("invalid_record", detail) from err
        escaped = _BAGIT.sub(lambda found: b"%%%02X" % ord(found[0]), path)
        yield b"%b  data/%b\n" % (_digest(entry.digests, algorithm, entry.file.name), escaped)


def write_bag(manifest: Manifest, folder: Path, algorithms: tuple[str, ...]) -> list[Path]:
    """Write BagIt's tag files and manifests into a folder, beside which, or in which, the data is to be ``data``.

    Args:
        manifest: the digests.
        folder: made if it is not there; files of these names are replaced.
        algorithms: of :data:`BAG_ALGORITHMS`.

    Returns:
        The files that were written.

    Raises:
        CatalogError: as :func:`bag_lines`; ``storage`` or ``forbidden`` when they cannot be written.
    """
    summary = manifest.summary
    files: dict[str, Iterator[bytes]] = {
        "bagit.txt": iter([b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"]),
        **{f"manifest-{name}.txt": bag_lines(manifest, name) for name in algorithms},
    }
    if summary is not None:
        files["bag-info.txt"] = iter([b"Payload-Oxum: %d.%d\n" % (summary.bytes, summary.files)])
    with storage_errors(f"write into '{folder}'", "The checksums are kept."):
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, lines) for name, lines in files.items()]


def write_sums(manifest: Manifest, path: Path, algorithm: str) -> Path:
    """Write what :func:`sum_lines` gives into a file, which is replaced in one step."""
    with storage_errors(f"write '{path}'", "The checksums are kept."):
        return _write(path, sum_lines(manifest, algorithm))


def _write(path: Path, lines: Iterator[bytes]) -> Path:
    temporary = path.with_name(f".{path.name[:200]}.new")
    try:
        with temporary.open("wb") as stream:
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        return temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _digest(digests: object, algorithm: str, name: str) -> bytes:
    if not isinstance(digests, dict) or algorithm not in digests:
        raise CatalogError("not_found", f"There is no {algorithm} of '{name}' yet. Nothing was written.")
    return str(digests[algorithm]).encode()
