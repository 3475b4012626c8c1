"""What every benchmark shares: repeated timing in turns, and one way to print and judge a ratio.

Run as a program it writes ``RESULTS.md`` from the figures that ``make bench`` collected.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured ratio.

    Attributes:
        name: what was measured.
        ours: our figure, in ``unit``.
        peer: the peer's, in the same unit and run.
        peer_name: who the peer is.
        unit: ``s``, ``ms``, ``requests``, ``records/s``, …
        aim: the ratio ours / peer that is aimed at; None where only the figure itself is judged.
        better: whether ``less`` or ``more`` of the unit is better.
    """

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    aim: float | None = None
    better: str = "less"

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def holds(self) -> bool | None:
        if self.aim is None:
            return None
        return self.ratio <= self.aim if self.better == "less" else self.ratio >= self.aim

    def line(self) -> str:
        aim = ""
        if self.aim is not None:
            sign = "≤" if self.better == "less" else "≥"
            aim = f"aim {sign} {self.aim:g}  {'holds' if self.holds else 'MISSED'}"
        return (
            f"{self.name:<44} {self.ours:>10.4g} {self.unit:<10} "
            f"{self.ratio:>6.2f} × {self.peer_name} ({self.peer:.4g})  {aim}"
        )


def in_turns(rounds: int, *functions: Callable[[], object]) -> list[list[float]]:
    """Seconds of each function, run in turns so that a busy machine is busy for all of them."""
    seconds: list[list[float]] = [[] for _ in functions]
    for _ in range(rounds):
        for times, function in zip(seconds, functions, strict=True):
            start = time.perf_counter()
            function()
            times.append(time.perf_counter() - start)
    return seconds


def median(values: list[float]) -> float:
    return statistics.median(values)


BY_HAND = "<!-- What follows is measured apart from `make bench`, which keeps it. -->"


def show(title: str, command: str, figures: list[Figure]) -> None:
    """Print a benchmark's figures, and add them to the file that ``make bench`` collects."""
    print(f"\n{title}\n  {command}")
    for figure in figures:
        print("  " + figure.line())
    sys.stdout.flush()
    if target := os.environ.get("BENCH_RESULTS"):
        with Path(target).open("a") as stream:
            entry = {
                "title": title,
                "command": command,
                "figures": [asdict(figure) | {"line": figure.line()} for figure in figures],
                "python": platform.python_version(),
                "cores": os.cpu_count(),
            }
            stream.write(json.dumps(entry) + "\n")


def write_results(collected: Path, target: Path) -> None:
    """Write the figures of one run of ``make bench`` as a page; what is measured apart from it, below, stays."""
    entries = [json.loads(line) for line in collected.read_text().splitlines()]
    lines = [
        "# Results",
        "",
        "Made by `make bench`. The machines are shared and noisy, so a figure counts as its ratio to the peer of the",
        "same run, measured in turns; the seconds beside it only give the scale.",
        "",
        f"Python {entries[0]['python']}, {entries[0]['cores']} cores.",
        "",
    ]
    for entry in entries:
        lines += [f"## {entry['title']}", "", f"    {entry['command']}", ""]
        lines += ["| what | ours | peer | ratio | aim |", "| --- | --- | --- | --- | --- |"]
        for values in entry["figures"]:
            values.pop("line")
            figure = Figure(**values)
            sign = "≤" if figure.better == "less" else "≥"
            aim = "" if figure.aim is None else f"{sign} {figure.aim:.3g}: {'holds' if figure.holds else '**missed**'}"
            peer = f"{figure.peer:.4g} {figure.unit} ({figure.peer_name})"
            lines.append(
                f"| {figure.name.strip()} | {figure.ours:.4g} {figure.unit} | {peer} | {figure.ratio:.2f} | {aim} |"
            )
        lines.append("")
    _, _, kept = target.read_text().partition(BY_HAND) if target.exists() else ("", "", "")
    target.write_text("\n".join(lines) + (f"\n{BY_HAND}{kept}" if kept else ""))


if __name__ == "__main__":
    write_results(Path(sys.argv[1]), Path(__file__).with_name("RESULTS.md"))
