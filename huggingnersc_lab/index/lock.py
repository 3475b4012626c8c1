"""One process at a time changes an index; several may open it."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_UNSUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


@contextmanager
def locked(path: Path, *, shared: bool = False, seconds: float = 0.0) -> Iterator[bool]:
    """Hold the lock that ``path`` stands for.

    Args:
        path: a file, made if it is missing.
        shared: whether others may hold it so, too.
        seconds: to wait for it at most.

    Yields:
        Whether it is held: False when somebody else has it. On a file system without locks it is held by everybody,
        and a checksum tells what came of it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + seconds
        while not (held := _try(descriptor, shared=shared)) and time.monotonic() < end:
            time.sleep(0.02)
        yield held
    finally:
        os.close(descriptor)


def _try(descriptor: int, *, shared: bool) -> bool:
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as err:
        if err.errno not in _UNSUPPORTED:
            raise
    return True
