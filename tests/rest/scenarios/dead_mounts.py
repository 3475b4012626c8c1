"""Runs a program in a mount namespace in which some folders are file systems that never answer.

``dead_mounts.py FOLDER … -- PROGRAM ARGUMENT …``; on SIGUSR1 the file systems are taken away, and the folders are what
they were before.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[2] / "workers"))

from dead_mount import mount

MNT_DETACH = 2


def main(arguments: list[str]) -> int:
    """Run the program; its status."""
    split = arguments.index("--")
    folders, command = arguments[:split], arguments[split + 1 :]
    descriptors = [mount(Path(folder)) for folder in folders]
    program = subprocess.Popen(command)

    def release(_signal: int, _frame: FrameType | None) -> None:
        libc = ctypes.CDLL(None)
        while descriptors:
            os.close(descriptors.pop())
        for folder in folders:
            libc.umount2(os.fsencode(folder), MNT_DETACH)

    signal.signal(signal.SIGUSR1, release)
    signal.signal(signal.SIGTERM, lambda *_: program.terminate())
    return program.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
