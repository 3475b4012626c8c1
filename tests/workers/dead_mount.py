"""Looks at files of a file system that never answers, in a mount namespace of its own.

The file system is FUSE with nobody at its other end: whoever asks it anything waits.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huggingnersc_lab.access.prober import Prober
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workers.calls import Workers
from huggingnersc_lab.workers.disk import Seen

MS_NODEV_NOSUID = 6


def mount(target: Path) -> int:
    """Mount it; it hangs while the descriptor is open."""
    descriptor = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={descriptor},rootmode=40000,user_id=0,group_id=0"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"nobody", os.fsencode(target), b"fuse.nobody", MS_NODEV_NOSUID, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    return descriptor


def seconds_of(action: Callable[[], object]) -> float:
    begin = time.monotonic()
    action()
    return time.monotonic() - begin


def failure_of(workers: Workers, operation: str, *arguments: object) -> dict[str, Any]:
    """How a call fails, and how long it takes to."""
    begin = time.monotonic()
    try:
        workers.call(operation, *arguments, path=str(arguments[0]), seconds=0.5)
    except CatalogError as err:
        return {"code": err.code, "detail": err.detail, "seconds": time.monotonic() - begin}
    return {}


def main(folder: Path) -> None:
    """Say as JSON what becomes of looks and calls."""
    dead, alive = folder / "mount", folder / "alive"
    dead.mkdir()
    alive.mkdir()
    (folder / "link").symlink_to(dead / "by" / "link")
    descriptor = mount(dead)
    told: dict[str, Any] = {}

    prober = Prober(Workers(), seconds=0.5)
    paths = [str(path) for path in (alive, folder / "link" / "x", *(dead / str(number) for number in range(200)))]
    told["first"] = seconds_of(lambda: told.update(statuses=[access.status for access in prober.look(paths).values()]))
    prober.look(paths[:1])  # so that a worker is there
    told["second"] = seconds_of(lambda: prober.look(paths))

    workers = Workers(hung_seconds=1.0)
    told["link"] = failure_of(workers, "look", str(folder / "link" / "x"))
    told["beside"] = failure_of(workers, "read_file", str(dead / "y"), 100)
    told["written"] = failure_of(workers, "create_file", str(dead), ["a"], b"a")
    told["alive"] = workers.call("create_file", str(alive), ["a"], b"a", path=str(alive))

    os.close(descriptor)  # from now on the file system answers that it is gone
    time.sleep(1.0)
    told["back"] = errno.errorcode[Seen(*workers.call("look", str(dead / "y"), path=str(dead / "y"))).error]
    told["closed"] = seconds_of(lambda: (prober.workers.close(), workers.close()))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
