"""The walk of an inspection next to ``find -printf``, ``du -a`` and a bare walk.

Needs as many inodes as ``FILES``; all of it is removed again. ``FILES`` and ``ROUNDS`` make it smaller or larger.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Figure, in_turns, show

from huggingnersc_lab.inspection.walk import walk

FILES = int(os.environ.get("FILES", "200000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
FILES_IN_A_FOLDER = 100
MEMORY = """
import resource, sys
from huggingnersc_lab.inspection.walk import walk
walk(sys.argv[1])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="inspection-", dir="/tmp") as folder:
        root = Path(folder)
        make(root)
        functions: dict[str, Callable[[], object]] = {
            "ours": lambda: walk(root),
            "find -printf": lambda: call("find", str(root), "-printf", "%s %T@ %p\n"),
            "du -a": lambda: call("du", "-a", str(root)),
            "a bare stat walk": lambda: bare_walk(root),
        }
        times = in_turns(ROUNDS, *functions.values())
        best = {name: min(seconds) for name, seconds in zip(functions, times, strict=True)}
        command = [sys.executable, "-c", MEMORY, str(root)]
        memory = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        figures = [
            Figure(f"next to {peer}", best["ours"], best[peer], peer, "s", 1.2 if peer != "a bare stat walk" else None)
            for peer in functions
            if peer != "ours"
        ]
        figures.append(Figure("memory", memory, 200, "the aim", "MB", 1))
        show(f"Inspection: a walk of {FILES:,} empty files", "python benchmarks/inspection.py", figures)


def make(root: Path) -> None:
    for number in range(FILES):
        folder = root / f"{number // FILES_IN_A_FOLDER:05d}"
        if number % FILES_IN_A_FOLDER == 0:
            folder.mkdir()
        os.close(os.open(folder / f"sample-{number:07d}.npy", os.O_WRONLY | os.O_CREAT))


def call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def bare_walk(root: Path) -> None:
    pending = [str(root)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)


if __name__ == "__main__":
    main()
