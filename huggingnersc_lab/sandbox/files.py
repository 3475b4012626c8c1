"""Writing small files so that a crash leaves the old content or the new one, never a half."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


def write_atomically(path: Path, content: str, *, mode: int = 0o600) -> None:
    """Replaces `path` by `content`, on disk before it returns."""
    temporary = _write_temporary(path, content, mode)
    temporary.replace(path)


def create_private(path: Path, content: str) -> bool:
    """Makes `path` with mode 0600 and `content` unless it exists; returns whether it was made.

    Of several processes that try at once exactly one succeeds, and none sees a half-written file.
    """
    temporary = _write_temporary(path, content, 0o600)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    return True


def _write_temporary(path: Path, content: str, mode: int) -> Path:
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return temporary
