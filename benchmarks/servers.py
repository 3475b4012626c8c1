"""Twenty servers on one catalog and one index, each refreshing and searching, while two processes publish.

Nobody may fail, nothing that was published may be missing in the end, and nobody may wait for another: what a search
takes is measured, and how long a publication takes to be found by everybody. ``SERVERS`` and ``SECONDS`` choose the
number and the time; with ``--json`` the figures are printed as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from measure import Figure, show

from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.index import Search
from huggingnersc_lab.record.model import dump_record
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.store import Store

SERVERS = int(os.environ.get("SERVERS", "20"))
SECONDS = float(os.environ.get("SECONDS", "60"))
PUBLISHERS = 2
BEFORE = 1000
PAUSE_SECONDS = 0.2


def store_of(root: Path) -> Store:
    return Store(root, 0o755, 0o644)


def put(store: Store, name: str, version: int) -> None:
    """Publish an entry, or another version of it, as far as the catalog's disk has to do with it."""
    publish_id = f"{name}-{version}"
    record = {"name": name, "pretty_name": f"Version v{version}", "size_categories": ["n<1K"], "tags": ["plasma"]}
    files = {"record.json": dump_record(record | {"publish_id": publish_id})}
    staging = store.stage(name, files, {"publish_id": publish_id})
    staging.swap_in()
    staging.close()


def publish(root: Path, number: int, ready: Any, results: Any) -> None:
    """Put in new entries and change some of them again; answer with the last version of each."""
    ready.wait()
    end = time.time() + SECONDS
    store, chance = store_of(root), random.Random(number)
    versions: dict[str, int] = {}
    errors: list[str] = []
    while time.time() < end:
        name = chance.choice([*versions, f"p{number}-{len(versions)}"])
        try:
            put(store, name, versions.get(name, 0) + 1)
            versions[name] = versions.get(name, 0) + 1
        except Exception:  # noqa: BLE001 - counted
            errors.append(traceback.format_exc())
        time.sleep(PAUSE_SECONDS * chance.random())
    results.put({"versions": versions, "errors": errors})


def serve(root: Path, cache: Path, number: int, ready: Any, results: Any, published: Any) -> None:
    """Refresh and search; then answer with what is found once the publishers have ended."""
    finder, chance = Finder(lambda: store_of(root), load_vocabulary(), cache), random.Random(number)
    errors: list[str] = []
    searches, refreshes, held = [], [], 0
    ready.wait()
    end = time.time() + SECONDS
    while time.time() < end:
        try:
            start = time.perf_counter()
            held += finder.refresh().is_held
            refreshes.append(time.perf_counter() - start)
            start = time.perf_counter()
            wanted = chance.choice(["plasma", "version", "p0", "lost"])
            if finder.index.search(Search(wanted)).total == 0 and finder.index.state:
                finder.index.search()
            searches.append(time.perf_counter() - start)
        except Exception:  # noqa: BLE001 - counted
            errors.append(traceback.format_exc())
        time.sleep(PAUSE_SECONDS * chance.random())
    published.wait()
    start = time.perf_counter()
    while finder.refresh().is_held:
        time.sleep(0.01)
    caught_up = time.perf_counter() - start
    found: dict[str, str] = {}
    while page := finder.index.search(Search("", sort="name", limit=1000, offset=len(found))).hits:
        found |= {hit.name: hit.summary["pretty_name"] for hit in page}
    results.put(
        {
            "found": found,
            "errors": errors,
            "searches": searches,
            "refreshes": refreshes,
            "held": held,
            "caught_up": caught_up,
        }
    )


def run(folder: Path) -> dict[str, Any]:
    root, cache = folder / "catalog", folder / "cache"
    root.mkdir()
    for number in range(BEFORE):
        (root / f"n{number}").mkdir()
        record = {"name": f"n{number}", "pretty_name": "Version v0", "size_categories": ["n<1K"]}
        (root / f"n{number}" / "record.json").write_bytes(dump_record(record))
    context = multiprocessing.get_context("spawn")
    served, done, published = context.Queue(), context.Queue(), context.Event()
    ready = context.Barrier(SERVERS + PUBLISHERS)
    writers = [context.Process(target=publish, args=(root, number, ready, done)) for number in range(PUBLISHERS)]
    servers = [
        context.Process(target=serve, args=(root, cache, number, ready, served, published)) for number in range(SERVERS)
    ]
    for process in (*writers, *servers):
        process.start()
    written = [done.get() for _ in writers]
    published.set()
    answers = [served.get() for _ in servers]
    for process in (*writers, *servers):
        process.join()
    wanted = {f"n{number}": "Version v0" for number in range(BEFORE)}
    for one in written:
        wanted |= {name: f"Version v{version}" for name, version in one["versions"].items()}
    errors = [error for one in (*written, *answers) for error in one["errors"]]
    searches = [seconds for one in answers for seconds in one["searches"]]
    refreshes = [seconds for one in answers for seconds in one["refreshes"]]
    return {
        "servers": SERVERS,
        "seconds": SECONDS,
        "published": sum(version for one in written for version in one["versions"].values()),
        "searches": len(searches),
        "errors": len(errors),
        "first_error": errors[0] if errors else None,
        "lost": sum(len(wanted.items() - one["found"].items()) for one in answers),
        "too_many": sum(len(one["found"].keys() - wanted.keys()) for one in answers),
        "longest_search": max(searches),
        "longest_refresh": max(refreshes),
        "median_refresh": statistics.median(refreshes),
        "refreshes_left_to_another": sum(one["held"] for one in answers) / len(refreshes),
        "longest_catching_up": max(one["caught_up"] for one in answers),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder))
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    label = f"{found['servers']} servers for {found['seconds']:g} s: "
    if found["first_error"]:
        print(found["first_error"], file=sys.stderr)
    show(
        "Many servers on one catalog",
        "python benchmarks/servers.py",
        [
            Figure(f"{label}errors", found["errors"], 1, "one", "errors", 0.0),
            Figure(f"{label}entries lost", found["lost"] + found["too_many"], 1, "one", "entries", 0.0),
            Figure(f"{label}longest search", found["longest_search"], 1, "the aim", "s", 1.0),
            Figure(f"{label}longest refresh", found["longest_refresh"], 1, "a second", "s"),
            Figure(f"{label}publications", found["published"], found["seconds"], "one a second", "", better="more"),
            Figure(f"{label}searches", found["searches"], found["seconds"], "one a second", "", better="more"),
        ],
    )


if __name__ == "__main__":
    main()
