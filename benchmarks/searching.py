"""Building, refreshing and asking the search index, at 1,000, 10,000 and 100,000 records (``BENCH_SIZES``).

The peers, in the same run: a scan of all record files, SQLite's ``LIKE`` over one table of the same texts, and Whoosh,
a search library in Python. None of them counts facets, marks what it found or forgives a typo, as ours does for every
question here. The slow ones are asked fewer questions; Whoosh is left out above 10,000 records, which it would take
minutes to index. The file-system calls of a refresh are those of our own code on the catalog (stat, open, listing;
reading and closing come on top of each open); what the search library does in its folder is not among them.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from measure import Figure, show

from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.index import Search
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.store import Store

AIMED_AT = 10_000
"""The aim of a refresh is one for so many records."""
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,10000,100000").split(",")]
WHOOSH_LIMIT = 10_000
SYLLABLES = ("ta", "ri", "mo", "ne", "ka", "lu", "so", "pe", "vi", "da", "ge", "hy", "co", "bra", "ster", "tion", "al")
SUBJECTS = ("cosmology", "simulation", "climate", "protein", "neutrino", "lattice", "galaxy", "genome", "plasma")


@cache
def vocabulary_of_texts() -> tuple[list[str], list[float]]:
    """Words, and how frequent they are: the n-th one in proportion to 1/n, as in a language."""
    chance = random.Random(0)
    words = dict.fromkeys(SUBJECTS)
    while len(words) < 30_000:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))] = None
    # The few most frequent words of a language are said in every text and asked for by nobody.
    return list(words), list(itertools.accumulate(1 / (rank + 30) for rank in range(len(words))))


def texts(seed: int) -> Iterator[str]:
    """Words without end."""
    chance = random.Random(seed)
    words, weights = vocabulary_of_texts()
    while True:
        yield from chance.choices(words, cum_weights=weights, k=1000)


def records(count: int) -> Iterator[dict[str, Any]]:
    """Records of several sentences each."""
    chance, words = random.Random(1), texts(2)
    lists = {name: sorted(load_vocabulary().ids(name)) for name in ("formats", "domains", "modalities", "licenses")}
    tasks = sorted(load_vocabulary().ids("task_categories"))
    for number in range(count):
        yield {
            "schema_version": 1,
            "name": f"{next(words)}-{next(words)}-{number}",
            "pretty_name": " ".join(itertools.islice(words, 5)).capitalize(),
            "description": " ".join(itertools.islice(words, chance.randint(40, 120))),
            "size_categories": [chance.choice(["n<1K", "1K<n<10K", "10K<n<100K", "1M<n<10M"])],
            "tags": [chance.choice(lists[name]) for name in ("formats", "domains", "modalities")],
            "license": chance.choice(lists["licenses"][:12]),
            "task_categories": [chance.choice(tasks)],
            "language": [chance.choice(["en", "de", "fr"])],
            "papers": [f"arxiv:{chance.randint(1000, 2400)}.{number:05d}"],
            "updated_at": f"2026-01-{chance.randint(1, 28):02d}T00:00:00Z",
        }


def write_catalog(root: Path, count: int) -> None:
    for record in records(count):
        folder = root / record["name"]
        folder.mkdir()
        (folder / "record.json").write_text(json.dumps(record))


def replace_one(root: Path, number: int) -> None:
    """As an update does it: a new folder in the place of the old one."""
    folder = sorted(path for path in root.iterdir())[number]
    fresh = root / f".{folder.name}.new"
    shutil.copytree(folder, fresh)
    record = json.loads((fresh / "record.json").read_bytes())
    (fresh / "record.json").write_text(json.dumps(record | {"pretty_name": "Changed"}))
    shutil.rmtree(folder)
    fresh.rename(folder)


def p95(function: Callable[[str], object], asked: Sequence[str], seconds: float = 4.0) -> float:
    """Milliseconds of which 95 of 100 calls stay below; a slow function is called for some seconds only."""
    times: list[float] = []
    end = time.monotonic() + seconds
    for query in asked:
        start = time.perf_counter()
        function(query)
        times.append(1000 * (time.perf_counter() - start))
        if time.monotonic() > end:
            break
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def queries() -> list[str]:
    """What people type, a letter at a time, and what they click; in an order of chance."""
    words = [word for word, _ in zip(texts(3), range(30), strict=False)]
    typed = [word[:end] for word in words for end in range(3, len(word) + 1)]
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    typos = [f"{word[:2]}{word[3]}{word[2]}{word[4:]} " for word in words if len(word) > 6]
    asked = [*typed, *pairs, *typos, "cosmology -plasma", "format:hdf5 climate", "license:mit", '"lattice plasma"', ""]
    random.Random(4).shuffle(asked)
    return asked


def scan(root: Path, query: str) -> list[str]:
    wanted = query.casefold().split()
    found = []
    for entry in os.scandir(root):
        text = (root / entry.name / "record.json").read_text().casefold()
        if all(word in text for word in wanted):
            found.append(json.loads(text)["name"])
    return found


def like(database: sqlite3.Connection, query: str) -> list[Any]:
    words = [f"%{word}%" for word in query.split()] or ["%"]
    where = " AND ".join("text LIKE ?" for _ in words)
    return database.execute(f"SELECT name FROM t WHERE {where} LIMIT 100", words).fetchall()


def whoosh_index(folder: Path, count: int) -> tuple[Callable[[str], object], float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh.fields import ID, TEXT, Schema
        from whoosh.index import create_in
        from whoosh.qparser import MultifieldParser, PrefixPlugin

    fields = ["name", "title", "tags", "text"]
    schema = Schema(id=ID(stored=True), name=TEXT, title=TEXT, tags=TEXT, text=TEXT)
    start = time.perf_counter()
    index = create_in(str(folder), schema)
    writer = index.writer()
    for record in records(count):
        writer.add_document(
            id=record["name"],
            name=record["name"],
            title=record["pretty_name"],
            tags=" ".join(record["tags"]),
            text=record["description"],
        )
    writer.commit()
    rate = count / (time.perf_counter() - start)
    parser = MultifieldParser(fields, schema)
    parser.add_plugin(PrefixPlugin())
    searcher = index.searcher()
    return lambda query: searcher.search(parser.parse(f"{query}*" if query else "*"), limit=100), rate


OPENING = """
import sys, time
start = time.perf_counter()
from pathlib import Path
from huggingnersc_lab.index import Index, Search
assert Index(Path(sys.argv[1])).search(Search("cosmology")).total
print(1000 * (time.perf_counter() - start))
"""


def opened(folder: Path) -> float:
    """Milliseconds that a new process takes for its first search, the search library's import among them."""
    runs = [subprocess.check_output([sys.executable, "-c", OPENING, str(folder)], text=True) for _ in range(5)]
    return statistics.median(map(float, runs))


def refreshed(finder: Finder, root: Path) -> tuple[list[float], list[int]]:
    """Milliseconds of each of some refreshes after one change, and their calls on the catalog."""
    seconds, calls = [], []
    for number in range(16):
        replace_one(root, number)
        counted: list[str] = []
        names = ("stat", "open", "scandir", "access")
        with ExitStack() as stack:
            for name in names:
                stack.enter_context(patch.object(os, name, _counting(getattr(os, name), str(root), counted)))
            start = time.perf_counter()
            assert finder.refresh().changed == 1
            seconds.append(1000 * (time.perf_counter() - start))
        calls.append(len(counted))
    return seconds, calls


def _counting(function: Callable[..., Any], root: str, counted: list[str]) -> Callable[..., Any]:
    def call(path: Any, *args: Any, **options: Any) -> Any:
        if str(path).startswith(root):
            counted.append(str(path))
        return function(path, *args, **options)

    return call


def table(count: int) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (name, text)")
    rows = (
        (it["name"], " ".join((it["name"], it["pretty_name"], *it["tags"], it["description"]))) for it in records(count)
    )
    database.executemany("INSERT INTO t VALUES (?, ?)", rows)
    return database


def measure(count: int, folder: Path) -> list[Figure]:
    root = folder / "catalog"
    root.mkdir()
    write_catalog(root, count)
    finder = Finder(lambda: Store(root, 0o755, 0o644), load_vocabulary(), folder / "cache")
    start = time.perf_counter()
    finder.refresh()
    rate = count / (time.perf_counter() - start)
    seconds, calls = refreshed(finder, root)
    asked = queries()
    found = p95(lambda query: finder.index.search(Search(query)), asked)
    database = table(count)
    liked, scanned = p95(lambda query: like(database, query), asked), p95(lambda query: scan(root, query), asked)
    label = f"{count:,} records: "
    at_most = 1.0 if count <= AIMED_AT else None
    figures = [
        Figure(f"{label}built", rate, 3000, "the aim", "records/s", 1.0, "more"),
        Figure(f"{label}refresh after one change", statistics.median(seconds), 50, "the aim", "ms", at_most),
        Figure(f"{label}  the slowest of 16, with a merge", max(seconds), 50, "the aim of the median", "ms"),
        Figure(f"{label}  its calls on the catalog", statistics.median(calls), count, "one a record", "calls"),
        Figure(f"{label}first search of a process", opened(folder / "cache"), 150, "the aim", "ms", 1.0),
        Figure(f"{label}search, facets and marks, p95", found, 10, "the aim", "ms", 1.0),
        Figure(f"{label}  next to a scan of the files", found, scanned, "scan", "ms"),
        Figure(f"{label}  next to SQLite LIKE", found, liked, "LIKE", "ms"),
    ]
    if count <= WHOOSH_LIMIT:
        (folder / "whoosh").mkdir()
        ask, whoosh_rate = whoosh_index(folder / "whoosh", count)
        figures += [
            Figure(f"{label}  next to Whoosh", found, p95(ask, asked), "Whoosh", "ms"),
            Figure(f"{label}built, next to Whoosh", rate, whoosh_rate, "Whoosh", "records/s", better="more"),
        ]
    return figures


def place(count: int) -> str | None:
    """Where the catalog is: in memory if there is enough, since the machine's disk is not what is measured."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 20_000 * count else None


def main() -> None:
    figures: list[Figure] = []
    for count in SIZES:
        with tempfile.TemporaryDirectory(dir=place(count), ignore_cleanup_errors=True) as folder:
            figures += measure(count, Path(folder))
    show("Searching", "python benchmarks/searching.py", figures)


if __name__ == "__main__":
    main()
