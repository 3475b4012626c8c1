"""The list of datasets in Chromium, at 1,000, 10,000 and 100,000 datasets: opening, typing, scrolling, memory.

Chromium is headless and draws without a graphics card, on the processor that the Jupyter server uses, too: with a
card, frames cost less. A keystroke counts until the list that fits it has been painted, the server's answer included.
Ten keys a second are pressed, as fast as people type.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from front_end import ROOT, jupyter_lab
from measure import Figure, median, show
from searching import SIZES, queries, write_catalog


def main() -> None:
    figures = []
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            figures += figures_of(f"{count:,} datasets: ", measure(count, Path(folder)))
    show("Searching in the panel", "python benchmarks/searching_panel.py", figures)


def measure(count: int, folder: Path) -> dict[str, Any]:
    """What Chromium needed for a catalog of that many datasets."""
    catalog = folder / "practice" / "catalog"
    catalog.mkdir(parents=True)
    write_catalog(catalog, count)
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    with jupyter_lab(folder, folder / "no-extensions") as url:
        wait_for_index(url, count)
        script = ROOT / "ui-tests" / "measure-search.mjs"
        done = subprocess.run(["node", script, url, json.dumps(typed())], stdout=subprocess.PIPE, check=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def typed() -> list[str]:
    """Words to type, a letter at a time; 100 letters and more."""
    words = [query for query in queries() if query.isalpha()]
    whole = [word for word, after in zip(words, [*words[1:], ""], strict=True) if not after.startswith(word)]
    return [*whole[:10], "cosmology sim", "galaxy plasma"]


def wait_for_index(url: str, count: int) -> None:
    """Wait until the server's index knows all datasets."""
    address, token = url.split("/lab?token=")
    request = urllib.request.Request(
        f"{address}/huggingnersc-lab/datasets?limit=1", headers={"Authorization": f"token {token}"}
    )
    while True:
        with urllib.request.urlopen(request, timeout=60) as answer:
            page = json.load(answer)
        if page["total"] >= count and not page["is_refreshing"]:
            return
        time.sleep(0.5)


def figures_of(label: str, measured: dict[str, Any]) -> list[Figure]:
    deltas = measured["deltas"]
    p95 = statistics.quantiles(measured["keystrokes"], n=20)[-1]
    rate = 1000 * len(deltas) / sum(deltas)
    over = measured["full"] - measured["empty"]
    return [
        Figure(f"{label}opened first, index warm", median(measured["openings"]), 150, "the aim", "ms", 1.0),
        Figure(f"{label}key to painted list, p95", p95, 50, "the aim", "ms", 1.0),
        Figure(f"{label}  median of {len(measured['keystrokes'])} keys", median(measured["keystrokes"]), 50, "", "ms"),
        Figure(f"{label}scrolling", rate, 55, "the aim", "frames/s", 1.0, "more"),
        Figure(f"{label}  rows that came too late", 100 * measured["waiting"], 1, "one of 100", "%"),
        Figure(f"{label}memory over the empty panel", over, 50, "the aim", "MB", 1.0),
    ]


if __name__ == "__main__":
    main()
