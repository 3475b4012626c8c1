"""One short text for the state of all files.

``data-blake3:`` tells of contents: BLAKE3 over the lines ``PATH TAB SIZE TAB DIGEST`` of all files in order, with paths
as in :mod:`huggingnersc_lab.checksums.manifest.line` and of each file the BLAKE3 digest, in ranges where it is large.
``stat-blake3:`` is cheap and tells only of names, sizes and times: ``PATH TAB SIZE TAB MTIME``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from huggingnersc_lab.checksums.algorithms import blake3
from huggingnersc_lab.checksums.manifest.line import Entry, content_of, escape
from huggingnersc_lab.checksums.walk import File

CONTENT = "data-blake3:"
STATE = "stat-blake3:"
_LINES = 1000


def content_fingerprint(entries: Iterable[Entry]) -> str:
    """The fingerprint of contents, of the entries of a manifest."""
    return CONTENT + _digest(map(_content_line, entries))


def state_fingerprint(files: Iterable[File]) -> str:
    """The cheap fingerprint, of the files that :func:`walk` finds."""
    return STATE + _digest(b"%b\t%d\t%d\n" % (escape(file.path), file.size, file.mtime_ns) for file in files)


def _content_line(entry: Entry) -> bytes:
    return b"%b\t%d\t%b\n" % (escape(entry.file.path), entry.file.size, content_of(entry).hex().encode())


def _digest(lines: Iterator[bytes]) -> str:
    hasher = blake3()
    while some := b"".join(islice(lines, _LINES)):
        hasher.update(memoryview(some))
    return hasher.digest().hex()
