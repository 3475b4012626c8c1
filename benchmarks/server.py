"""The server extension: what its load adds to a server's start, and how it answers under load.

The load is measured in fresh processes that import and initialize a Jupyter server with and without the extension, in
turns. The answers come from a running server, over connections that each ask again as soon as they have been answered,
and stand next to the server's own contents API with a folder of as many files as the catalog has records.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from measure import Figure, show

RECORDS = 1000
MANY_RECORDS = 10_000
STARTS = 15  # what else the machine does only adds time, so the best of them is compared
CONNECTIONS = (8, 32)
SEARCHERS = (1, 8)
ROUNDS = 2
SECONDS = 1.5  # of each round and kind of request
TOKEN = "of-this-benchmark"
EXAMPLE = Path(__file__).parents[1] / "huggingnersc_lab" / "examples" / "iris"

# Jupyter Server itself is imported before the clock starts: it takes fifty times as long, and varies by more than is
# measured. Whatever the extension imports, and the server for its sake, is imported within.
START = """
import sys, time
from jupyter_server.serverapp import ServerApp
app = ServerApp(jpserver_extensions=EXTENSIONS, reraise_server_extension_failures=True)
start = time.perf_counter()
app.initialize(argv=[], find_extensions=False, new_httpserver=False)
print(time.perf_counter() - start)
"""


def environment(folder: Path) -> dict[str, str]:
    """That of a person for whom nothing is set."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HUGGINGNERSC_", "HF_", "JUPYTER"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # as an installed program runs: with its bytecode cached
    homes = ("HF_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
    names = (*homes, "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR")
    own = {name: str(folder / name.lower()) for name in ("PYTHONPYCACHEPREFIX", *names)}
    return kept | own | {"HUGGINGNERSC_PRACTICE_DIR": str(folder / "practice")}


def measure_load(folder: Path) -> list[Figure]:
    """What the extension adds to the start of a server."""

    def start(extensions: dict[str, bool]) -> float:
        code = START.replace("EXTENSIONS", repr(extensions))
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(folder))
        return 1000 * float(done.stdout)

    kinds: tuple[dict[str, bool], ...] = ({"huggingnersc_lab": True}, {})
    for extensions in kinds:
        start(extensions)
    rounds = [[start(extensions) for extensions in kinds] for _ in range(STARTS)]
    with_it, without = (min(times) for times in zip(*rounds, strict=True))
    return [
        Figure("initialize a server with the extension", with_it, without, "the server without it", "ms"),
        Figure("  of which ours (aim: 20 ms)", max(with_it - without, 0.1), 20, "the aim", "ms", 1.0),
    ]


def fill(root: Path, files: Path, records: int) -> None:
    """A catalog of as many records as the other folder gets files."""
    document = json.loads((EXAMPLE / "metadata.json").read_bytes())
    for number in range(records):
        name = f"dataset-{number:05}"
        (root / name).mkdir(parents=True)
        record = {"schema_version": 1, "name": name, "pretty_name": f"Dataset {number}", "size_categories": ["n<1K"]}
        record |= {
            "description": "Measurements of many things. " * 12,
            "tags": ["physics", "tabular"],
            "license": "mit",
        }
        record |= {"data_path": f"/data/{name}", "repo_id": f"NERSC/{name}", "revision": "0" * 40}
        (root / name / "record.json").write_text(json.dumps(record))
        (root / name / "README.md").write_text(json.dumps(document))
        (files / f"{name}.csv").write_text("a,b\n1,2\n")


@contextmanager
def running_server(folder: Path, records: int) -> Iterator[int]:
    """A Jupyter server on the practice site with so many records; gives its port."""
    (folder / "root" / "many").mkdir(parents=True)
    fill(folder / "practice" / "catalog", folder / "root" / "many", records)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "IdentityProvider.token": TOKEN,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": folder / "root",
        "ServerApp.jpserver_extensions": {"huggingnersc_lab": True},
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "Application.log_level": 40,
    }
    command = [sys.executable, "-m", "jupyter_server", *(f"--{key}={value}" for key, value in options.items())]
    server = subprocess.Popen(command, env=environment(folder), cwd=folder)
    try:
        until_answered(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def until_answered(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(authorized(port, "/api/status"), timeout=5):
            return
        time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def authorized(port: int, path: str) -> urllib.request.Request:
    return urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"token {TOKEN}"})


class Requests:
    """Sends one request again and again over several connections, and takes the time of each answer."""

    def __init__(self, port: int, method: str, path: str, body: object = None) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Authorization: token {TOKEN}",
            f"Content-Length: {len(content)}",
        ]
        self._request = "\r\n".join([*lines, "", ""]).encode() + content
        self._port = port
        self.seconds: list[float] = []

    def run(self, connections: int, seconds: float) -> None:
        """Go on for some seconds."""

        async def together() -> None:
            end = time.perf_counter() + seconds
            await asyncio.gather(*(self._ask(end) for _ in range(connections)))

        asyncio.run(together())

    async def _ask(self, end: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**22)
        while time.perf_counter() < end:
            begin = time.perf_counter()
            writer.write(self._request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            assert head.startswith("http/1.1 200"), head
            await reader.readexactly(int(head.partition("content-length:")[2].split()[0]))
            self.seconds.append(time.perf_counter() - begin)
        writer.close()

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 of 100 were answered."""
        return 1000 * statistics.quantiles(self.seconds, n=20)[-1]


def measure_answers(port: int, root: Path) -> list[Figure]:
    """How long they take; ``root`` is what the server's file browser shows."""
    values = json.loads((EXAMPLE / "metadata.json").read_bytes())
    ours = "/huggingnersc-lab"
    with urllib.request.urlopen(authorized(port, f"{ours}/records"), timeout=30) as answer:
        (root / "same-size.json").write_bytes(answer.read())
    figures = []
    for connections in CONNECTIONS:
        kinds = {
            "records": Requests(port, "GET", f"{ours}/records"),
            "validate": Requests(port, "POST", f"{ours}/validate", {"values": values}),
            "contents": Requests(port, "GET", "/api/contents/many?content=1"),
            "file": Requests(port, "GET", "/files/same-size.json"),
            "status": Requests(port, "GET", "/api/status"),
        }
        for requests in kinds.values():
            requests.run(connections, 0.2)
            requests.seconds.clear()
        for _ in range(ROUNDS):
            for requests in kinds.values():
                requests.run(connections, SECONDS)
        at, p95 = f", p95 at {connections}", {kind: requests.p95 for kind, requests in kinds.items()}
        listing, sending = f"GET api/contents of {RECORDS:,} files", "GET files/… of one file of that size"
        figures += [
            Figure(f"GET records of {RECORDS:,}{at}", p95["records"], p95["contents"], listing, "ms", 1.0),
            Figure("  next to its sending alone", p95["records"], p95["file"], sending, "ms"),
            Figure(f"POST validate{at}", p95["validate"], p95["status"], "GET api/status", "ms"),
        ]
    return figures


def measure_search(port: int, records: int) -> list[Figure]:
    """How long a search takes with its facets, once the index is filled, next to the whole list that it spares."""
    ours = "/huggingnersc-lab"
    for _ in range(600):
        with urllib.request.urlopen(authorized(port, f"{ours}/datasets?limit=1"), timeout=30) as answer:
            page = json.load(answer)
        if page["total"] >= records and not page["is_refreshing"]:
            break
        time.sleep(0.1)
    search = Requests(port, "GET", f"{ours}/datasets?q=measurements+thing&license=mit&task=none&format=csv")
    narrow = Requests(port, "GET", f"{ours}/datasets?q=measurements+thing&license=mit")
    whole = Requests(port, "GET", f"{ours}/records")
    kinds = (search, narrow, whole)
    figures = []
    for connections in SEARCHERS:
        for requests in kinds:
            requests.run(connections, 0.5)
            requests.seconds.clear()
        for _ in range(ROUNDS):
            for requests in kinds:
                requests.run(connections, SECONDS)
        of, peer = f"of {records:,}, p95 at {connections}", f"GET records of {records:,}"
        figures += [
            Figure(f"GET datasets: words, 1 facet, 100 hits {of}", narrow.p95, whole.p95, peer, "ms"),
            Figure(f"GET datasets: words, 3 facets, no hit {of}", search.p95, whole.p95, peer, "ms"),
        ]
    return figures


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        show("Load of the server extension", "python benchmarks/server.py", measure_load(folder))
        with running_server(folder / "some", RECORDS) as port:
            figures = measure_answers(port, folder / "some" / "root")
            figures += measure_search(port, RECORDS)
        with running_server(folder / "many", MANY_RECORDS) as port:
            figures += measure_search(port, MANY_RECORDS)
        show("Answers under load (connections at once)", "python benchmarks/server.py", figures)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
