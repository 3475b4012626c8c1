"""Archives for a hand-over next to the programs ``zip -r`` and ``tar --zstd``, on 1 GiB of mixed files, warm cache.

Ours also computes the MD5 of the archive, and lists what it packs beforehand; the programs do neither. Both are on the
disk when the time is taken.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Figure, in_turns, median, show

from huggingnersc_lab.channels.drive.archive.members import survey
from huggingnersc_lab.channels.drive.archive.pack import pack
from huggingnersc_lab.channels.drive.archive.writers import FORMATS

MIB = 1 << 20
ROUNDS: dict[str, int] = {"zip": 1, "tar.zst": 3}


def make_data(folder: Path) -> None:
    """A quarter each: random bytes, numbers as text, arrays of slowly changing integers, 4,000 small files."""
    source = random.Random(11)
    folder.mkdir()
    with (folder / "random.bin").open("wb") as stream:
        for _ in range(256):
            stream.write(source.randbytes(MIB))
    rows = "".join(f"{index},{source.gauss(0, 1):.6f},{source.choice('abcdef')}\n" for index in range(40_000)).encode()
    with (folder / "table.csv").open("wb") as stream:
        for index in range(256 * MIB // len(rows)):
            stream.write(rows[index % 1000 :])
    steps = b"".join((1000 + source.randrange(64)).to_bytes(4, "little") for _ in range(MIB // 4))
    with (folder / "counts.bin").open("wb") as stream:
        for index in range(256):
            stream.write(steps[index * 4 :] + steps[: index * 4])
    for index in range(4000):
        place = folder / "small" / f"{index % 40:02}" / f"{index:04}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        begin = source.randrange(len(rows) // 2)
        place.write_bytes(rows[begin : begin + 64 * 1024])


def with_cpu(used: list[float], place: int, function: Callable[[], None]) -> Callable[[], None]:
    """A function that adds up what it takes of all processors, for machines that others use, too."""

    def measured() -> None:
        before = os.times()
        function()
        after = os.times()
        used[place] += sum(after[:4]) - sum(before[:4])

    return measured


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "mixed"
        make_data(data)
        os.sync()  # so that nobody waits for these when an archive is brought to the disk
        figures = []
        for form in FORMATS:
            ours, theirs = Path(temporary) / f"ours.{form}", Path(temporary) / f"theirs.{form}"
            command = ["zip", "-q", "-r", str(theirs), "mixed"]
            if form == "tar.zst":
                command = ["tar", "--zstd", "-cf", str(theirs), "mixed"]
            if shutil.which(command[0]) is None:
                print(f"'{command[0]}' is not installed, so nothing is measured next to it", file=sys.stderr)
                continue

            def run_ours(form: str = form, target: Path = ours) -> None:
                found = survey(data)
                pack(found.base, found.members, target, form=form, top="mixed")

            def run_theirs(command: list[str] = command, target: Path = theirs) -> None:
                target.unlink(missing_ok=True)
                subprocess.run(command, check=True, cwd=temporary)
                subprocess.run(["sync", str(target)], check=True)

            used = [0.0, 0.0]
            mine, peers = in_turns(ROUNDS[form], with_cpu(used, 0, run_ours), with_cpu(used, 1, run_theirs))
            name = " ".join(command[:2]) if form == "tar.zst" else "zip -r"
            figures += [
                Figure(f"1 GiB of mixed files as .{form}", median(mine), median(peers), name, "s", 1.2),
                Figure("  its processor time", used[0], used[1], name, "s"),
                Figure("  its size", ours.stat().st_size / MIB, theirs.stat().st_size / MIB, name, "MiB"),
            ]
        show("Archives for a hand-over", "python benchmarks/archive.py", figures)


if __name__ == "__main__":
    main()
