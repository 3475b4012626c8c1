"""Making one archive of some members of a data folder."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.channels.drive.archive.members import Left, Member, shown
from huggingnersc_lab.channels.drive.archive.output import Output
from huggingnersc_lab.channels.drive.archive.writers import WRITERS, Format, Writer
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


@dataclass(frozen=True)
class Packed:
    """An archive that was made.

    Attributes:
        size: its bytes.
        md5: its digest.
        left: members that could not be read any more, and were left out.
    """

    size: int
    md5: str
    left: Sequence[Left] = ()


def digest_of(form: Format, top: str, members: Iterable[Member]) -> str:
    """Tells whether an archive of these members would be the same: paths, sizes and times of change go into it."""
    digest = hashlib.sha256(f"{form}\0{top}\0".encode())
    for member in members:
        digest.update(os.fsencode(member.path) + f"\0{member.size}\0{member.mtime_ns}\0".encode())
    return digest.hexdigest()


def pack(
    base: str,
    members: Iterable[Member],
    target: Path,
    *,
    form: Format,
    top: str,
    on_bytes: Callable[[int, str], None] = lambda *_: None,
    skip: bool = False,
) -> Packed:
    """Write an archive; at ``target`` nothing appears before it is complete.

    Args:
        base: the folder that members' paths are relative to.
        members: what goes into it, in this order.
        target: where it is written.
        form: its form.
        top: name of the folder in the archive that holds everything.
        on_bytes: told of each piece: its bytes, and the path that it is of.
        skip: whether files that cannot be read any more are left out; otherwise they are an error.

    Raises:
        CatalogError: ``conflict`` for a file that changed meanwhile, ``forbidden`` for one that cannot be read,
            ``storage`` where the disk is full; nothing is left then.
    """
    unfinished = target.with_name(target.name + ".part")
    left: list[Left] = []
    with storage_errors(f"write '{target}'", "Nothing was kept of it."):
        unfinished.unlink(missing_ok=True)
    try:
        with storage_errors(f"write '{target}'", "Nothing was kept of it."), Output(unfinished) as output:
            unfinished.chmod(0o644)
            writer = WRITERS[form](output)  # type: ignore[arg-type]
            try:
                for member in members:
                    if (reason := _add(writer, base, member, top, on_bytes)) is not None:
                        left.append(Left(member.path, reason))
                        if not skip:
                            raise _unreadable(left[0])
                writer.complete()
            except BaseException:
                writer.abandon()
                raise
            packed = Packed(output.size, output.finish(), left)
            unfinished.replace(target)
            return packed
    finally:
        unfinished.unlink(missing_ok=True)


def _add(writer: Writer, base: str, member: Member, top: str, on_bytes: Callable[[int, str], None]) -> str | None:
    """Add one member; why it could not be opened, if so."""
    name = f"{top}/{member.path}"
    if member.size is None:
        writer.add_folder(name)
        return None
    path = f"{base}/{member.path}"
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as err:
        return f"it cannot be read any more ({err.strerror})"
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode) or (before.st_dev, before.st_ino) != member.inode:
            raise _changed(member)

        def read(length: int) -> bytes:
            try:
                piece = stream.read(length) or b""
            except OSError as err:
                raise _unreadable(Left(member.path, f"it cannot be read ({err.strerror})")) from err
            on_bytes(len(piece), member.path)
            return piece

        try:
            writer.add_file(name, member.size, read)
        except EOFError as err:
            raise _changed(member) from err
        after = os.fstat(descriptor)
    if (after.st_size, after.st_mtime_ns) != (member.size, member.mtime_ns):
        raise _changed(member)
    return None


def _changed(member: Member) -> CatalogError:
    detail = (
        f"'{shown(member.path)}' changed while it was packed. Nothing was kept of this archive. "
        "Wait until nobody writes to the data, then try again."
    )
    return CatalogError("conflict", detail)


def _unreadable(left: Left) -> CatalogError:
    detail = f"'{shown(left.path)}' was not packed: {left.reason}. Nothing was kept of this archive."
    return CatalogError("forbidden", detail)
