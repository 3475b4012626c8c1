"""Asking file systems by worker processes: who can read 100 datasets, or 10,000; single looks and files.

The peers, in the same run: ``os.access`` alone on the same paths, which neither says where one is stopped nor survives
a mount that hangs, and ``namei -l``, with which a person finds that out by hand; the same function in this process; and
a process of its own for each call, which survives a hang as well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from measure import Figure, in_turns, median, show

from huggingnersc_lab.access.access import Walk
from huggingnersc_lab.access.prober import Prober
from huggingnersc_lab.workers import operations
from huggingnersc_lab.workers.calls import Workers

ROWS = 100
RECORDS = 10_000
PROJECT = 50
DEPTHS = (4, 8, 12)

CALLS = {"lstat": 1, "stat": 1, "readlink": 1, "access": 1, "scandir": 4}
"""Functions that ask the file system, and how many calls to the kernel each makes."""


def make_data(root: Path, count: int, depth: int) -> list[str]:
    """So many folders with a few files each, fifty to a project, ``depth`` folders below the root."""
    paths = []
    for number in range(count):
        project = root.joinpath(*("level" for _ in range(depth)), f"m{number // PROJECT}", "www")
        folder = project / f"dataset-{number}"
        folder.mkdir(parents=True)
        for name in ("a.h5", "b.h5", "README"):
            (folder / name).touch()
        paths.append(str(folder))
    return paths


def calls_of(function: Callable[[], object]) -> int:
    """How many calls to the file system it makes."""
    counted = [0]

    def counting(real: Callable[..., Any], weight: int) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            counted[0] += weight
            return real(*args, **options)

        return call

    patches = [patch.object(os, name, counting(getattr(os, name), weight)) for name, weight in CALLS.items()]
    for one in patches:
        one.start()
    function()
    for one in patches:
        one.stop()
    return counted[0]


def speed(folder: Path) -> list[Figure]:
    paths = make_data(folder / "data", RECORDS, 4)
    rows = paths[:: RECORDS // ROWS]
    prober = Prober(Workers())

    def cold() -> None:
        fresh = Prober(Workers())
        fresh.look(rows)
        fresh.workers.close()

    prober.look(rows)
    ours, starting, alone = in_turns(15, lambda: prober.look(rows), cold, lambda: [os.access(path, 5) for path in rows])
    every, every_alone = in_turns(
        3, lambda: prober.look(paths, budget=60, at_once=1), lambda: [os.access(path, 5) for path in paths]
    )
    found = prober.look(paths, budget=60)
    assert {access.status for access in found.values()} == {"readable"}
    prober.workers.close()
    label = f"{ROWS} rows"
    figures = [
        Figure(f"{label}, workers running", 1000 * median(ours), 50, "the aim", "ms", 1.0),
        Figure("  next to os.access", 1000 * median(ours), 1000 * median(alone), "os.access", "ms"),
        Figure(f"{label}, workers not yet started", 1000 * median(starting), 500, "the aim", "ms", 1.0),
        Figure(f"{RECORDS:,} records, one worker", median(every), 5, "a sweep", "s", 1.0),
        Figure("  next to os.access", median(every), median(every_alone), "os.access", "s"),
    ]
    if shutil.which("namei"):
        command = ["namei", "-l", *rows]
        times = in_turns(5, lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))[0]
        figures.insert(2, Figure("  next to namei -l", 1000 * median(ours), 1000 * median(times), "namei", "ms"))
    return figures


def single_calls(folder: Path) -> list[Figure]:
    workers, path = Workers(), str(folder / "script.py")
    Path(path).write_bytes(b"#" * 100_000)
    command = [sys.executable, "-I", "-S", "-c", f"import os; os.stat({path!r})"]

    def cold() -> None:
        fresh = Workers()
        fresh.call("look", path, path=path)
        fresh.close()

    workers.call("look", path, path=path)
    ours, alone, process, starting = in_turns(
        25,
        lambda: [workers.call("look", path, path=path) for _ in range(20)],
        lambda: [operations.look(path) for _ in range(20)],
        lambda: subprocess.run(command, check=True),
        cold,
    )
    reading, reading_alone = in_turns(
        25,
        lambda: [workers.call("read_file", path, 1 << 20, path=path) for _ in range(20)],
        lambda: [operations.read_file(path, 1 << 20) for _ in range(20)],
    )
    memory = own_memory(workers.pool._idle[0].process.pid)  # noqa: SLF001 - which process it is tells nobody else
    workers.close()
    look, read = 1000 * median(ours) / 20, 1000 * median(reading) / 20
    return [
        Figure("one look", look, 1000 * median(alone) / 20, "in this process", "ms"),
        Figure("  next to a process for each", look, 1000 * median(process), "python -I -S", "ms", 1.0),
        Figure("one look, workers not yet started", 1000 * median(starting), 500, "the aim", "ms", 1.0),
        Figure("a script of 100 kB", read, 1000 * median(reading_alone) / 20, "in this process", "ms"),
        Figure("private memory of an idle worker", memory, 20, "the aim", "MB", 1.0),
    ]


def own_memory(pid: int) -> float:
    """Megabytes that a process shares with no other."""
    (kilobytes,) = re.findall(r"Private_Dirty: +([0-9]+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text())
    return int(kilobytes) / 1000


def calls(folder: Path) -> list[Figure]:
    figures = []
    for depth in DEPTHS:
        paths = make_data(folder / f"depth-{depth}", 500, depth)
        steps = len(Path(paths[0]).parts) - 1
        walk = Walk()
        together = calls_of(lambda walk=walk, paths=paths: [walk.look(path) for path in paths]) / len(paths)
        single = calls_of(lambda paths=paths: Walk().look(paths[0]))
        figures.append(
            Figure(f"calls to the file system, {steps} folders deep", together, single, "each by itself", "calls")
        )
    shutil.rmtree(folder / "depth-4")
    gone = calls_of(lambda: [Walk().look(path) for path in [paths[0].replace("depth-12", "depth-4")] * 10]) / 10
    figures.append(Figure("  of data that is gone", gone, single, "data that is there", "calls"))
    return figures


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = speed(Path(folder)) + single_calls(Path(folder)) + calls(Path(folder))
    show("Asking file systems", "python benchmarks/access.py", figures)


if __name__ == "__main__":
    main()
