"""The workers' operations for suggestions: list a folder, and read small files of it. No links are followed.

This module needs only the standard library, since worker processes use it (:mod:`huggingnersc_lab.workers`).
"""

from __future__ import annotations

import os

from huggingnersc_lab.regular import no_file, read_regular, reason
from huggingnersc_lab.workers.steps import note

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def list_files(folder: str, most: int) -> list[str]:
    """Names of the regular files in a folder, in no order; links and everything else are left out.

    Args:
        folder: its absolute path, with all links resolved.
        most: maximum number of directory entries to look at.

    Raises:
        OSError: it is not a folder, or cannot be listed.
    """
    note(folder)
    descriptor = os.open(folder, _FOLDER)
    try:
        names = []
        with os.scandir(descriptor) as entries:
            for count, entry in enumerate(entries):
                if count >= most:
                    break
                if entry.is_file(follow_symlinks=False):
                    names.append(entry.name)
        return names
    finally:
        os.close(descriptor)


def read_files(folder: str, names: list[str], limit: int) -> tuple[list[int | str], bytes]:
    """The content of some files of a folder, one after the other.

    Args:
        folder: its absolute path, with all links resolved.
        names: names of files in it.
        limit: maximum size of a file, in bytes.

    Returns:
        For each file its size, or why it was not read ("is larger than 512 KiB"); and the contents of those that were
        read, concatenated.

    Raises:
        OSError: the folder cannot be opened.
    """
    note(folder)
    descriptor = os.open(folder, _FOLDER)
    try:
        read = [_read(name, limit, descriptor) for name in names]
    finally:
        os.close(descriptor)
    return [one if isinstance(one, str) else len(one) for one in read], b"".join(
        one for one in read if isinstance(one, bytes)
    )


def _read(name: str, limit: int, folder: int) -> bytes | str:
    """The content of a file, or why it was not read."""
    if "/" in name:
        return "is not in this folder"
    try:
        size, content = read_regular(name, limit, follow=False, folder=folder)
    except (OSError, ValueError) as err:
        return no_file(err) or f"cannot be read: {reason(err)}"
    return content if size <= limit else f"is larger than {limit // 1024} KiB"
