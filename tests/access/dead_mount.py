"""Looks at data on a file system that never answers, in a mount namespace of its own.

The file system is FUSE with nobody at its other end: whoever asks it anything waits.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from pathlib import Path

from huggingnersc_lab.access.prober import Prober

MS_NODEV_NOSUID = 6


def mount(target: Path) -> int:
    """Mount it; it hangs while the descriptor is open."""
    descriptor = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={descriptor},rootmode=40000,user_id=0,group_id=0"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"nobody", os.fsencode(target), b"fuse.nobody", MS_NODEV_NOSUID, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    return descriptor


def main(folder: Path) -> None:
    (folder / "mount").mkdir()
    (folder / "alive").mkdir()
    (folder / "link").symlink_to(folder / "mount" / "by" / "link")
    descriptor = mount(folder / "mount")
    prober = Prober(seconds=0.5)
    paths = [folder / "alive", folder / "link" / "x", *(folder / "mount" / str(number) for number in range(200))]
    begin = time.monotonic()
    found = prober.look([str(path) for path in paths])
    first = time.monotonic() - begin
    begin = time.monotonic()
    prober.look([str(path) for path in paths])
    second = time.monotonic() - begin
    os.close(descriptor)
    begin = time.monotonic()
    prober.close()
    closed = time.monotonic() - begin
    statuses = [found[str(path)].status for path in paths]
    sys.stdout.write(json.dumps({"statuses": statuses, "first": first, "second": second, "closed": closed}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
