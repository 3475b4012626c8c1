"""Checksums next to the libraries alone, the programs that make torrents, a plain read and a bare walk.

Needs 5 GB of disk for one large file and 20,000 small ones, and as many inodes as ``FILES`` for the manifest; all of it
is removed again. ``GIB``, ``FILES`` and ``ROUNDS`` make it smaller. A peer that is not installed is left out.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from measure import Figure, in_turns, show

from huggingnersc_lab.checksums import Manifest, digest_tree, walk
from huggingnersc_lab.checksums.reading.reader import default_threads

GIB = float(os.environ.get("GIB", "4"))
FILES = int(os.environ.get("FILES", "1000000"))
SMALL_FILES = 20_000
SMALL_BYTES = 50_000
ROUNDS = int(os.environ.get("ROUNDS", "2"))
PIECE = 2**22
BLOCK = 2**20
THREADS = default_threads()
MEMORY = """
import resource, sys
from pathlib import Path
from huggingnersc_lab.checksums import Manifest, digest_tree
digest_tree(sys.argv[1], Manifest(Path(sys.argv[2])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
LIBTORRENT = """
import sys, libtorrent
files = libtorrent.file_storage()
libtorrent.add_files(files, sys.argv[1])
torrent = libtorrent.create_torrent(files, 2**22, libtorrent.create_torrent.v1_only)
libtorrent.set_piece_hashes(torrent, sys.argv[2])
torrent.generate()
"""
TORRENTOOL = "import sys; from torrentool.api import Torrent; Torrent.create_from(sys.argv[1])"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="checksums-", dir="/tmp") as folder:
        large, small, many = (Path(folder) / name for name in ("large", "small", "many"))
        make_large(large)
        make_small(small)
        for name, root in ((f"{GIB:g} GiB in one file", large), (f"{SMALL_FILES:,} small files", small)):
            show(f"Checksums: {name}", "python benchmarks/checksums.py", [*digests(root), *torrents(root)])
        shutil.rmtree(large)
        shutil.rmtree(small)
        make_many(many)
        show(f"Checksums: a manifest of {FILES:,} files", "python benchmarks/checksums.py", manifest(many))


def make_large(root: Path) -> None:
    root.mkdir()
    block = random.Random(1).randbytes(2**24)
    with (root / "data.bin").open("wb") as stream:
        for number in range(int(GIB * 64)):
            stream.write(number.to_bytes(8, "big") + block[8:])


def make_small(root: Path) -> None:
    block = random.Random(2).randbytes(SMALL_BYTES)
    for number in range(SMALL_FILES):
        path = root / f"{number % 100:02d}" / f"{number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(number.to_bytes(8, "big") + block[8:])


def make_many(root: Path) -> None:
    for number in range(FILES):
        folder = root / f"{number // 1000:04d}"
        if number % 1000 == 0:
            folder.mkdir(parents=True)
        descriptor = os.open(folder / f"sample-{number:07d}.npy", os.O_WRONLY | os.O_CREAT)
        os.write(descriptor, b"%d" % number)
        os.close(descriptor)


@contextmanager
def fresh() -> Iterator[Manifest]:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Manifest(Path(folder) / "manifest")


def ours(root: Path, *algorithms: str, piece_length: int | None = None) -> Callable[[], None]:
    def run() -> None:
        with fresh() as kept:
            assert digest_tree(root, kept, algorithms, piece_length=piece_length).is_complete

    return run


def alone(root: Path, algorithm: str) -> Callable[[], None]:
    """One digest of each file by the standard library, files in threads."""
    paths = [root / file.name for file in walk(root)]

    def one(path: Path) -> str:
        hasher = hashlib.new(algorithm)
        with path.open("rb", buffering=0) as stream:
            buffer = memoryview(bytearray(BLOCK))
            while count := stream.readinto(buffer):
                hasher.update(buffer[:count])
        return hasher.hexdigest()

    def run() -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in pool.map(one, paths):
                pass

    return run


def read(root: Path) -> None:
    """A plain read of everything."""
    buffer = memoryview(bytearray(BLOCK))
    for file in walk(root):
        with (root / file.name).open("rb", buffering=0) as stream:
            while stream.readinto(buffer):
                pass


def digests(root: Path) -> list[Figure]:
    functions = {
        "all": ours(root, "md5", "sha256", piece_length=PIECE),
        "MD5 alone": alone(root, "md5"),
        "SHA-256 alone": alone(root, "sha256"),
        "fingerprint": ours(root),
        "a plain read": lambda: read(root),
    }
    best = fastest(functions)
    slowest = max("MD5 alone", "SHA-256 alone", key=lambda name: best[name])
    return [
        Figure("MD5, SHA-256 and pieces in one pass", best["all"], best[slowest], slowest, "s", 1.1),
        Figure("BLAKE3 fingerprint", best["fingerprint"], best["a plain read"], "a plain read", "s", 1.5),
    ]


def torrents(root: Path) -> list[Figure]:
    target = str(root.parent / "peer.torrent")
    python = [sys.executable, "-c"]
    threads = str(THREADS)
    commands = {
        f"mktorrent -t {threads}": ["mktorrent", "-t", threads, "-l", "22", "-a", "http://x/", "-o", target, str(root)],
        f"libtorrent {version('libtorrent')}": [*python, LIBTORRENT, str(root), str(root.parent)],
        "torrentool": [*python, TORRENTOOL, str(root)],
    }

    def call(command: list[str]) -> Callable[[], None]:
        def run() -> None:
            Path(target).unlink(missing_ok=True)
            subprocess.run(command, check=True, capture_output=True)

        return run

    functions = {peer: call(command) for peer, command in commands.items() if is_there(command)}
    best = fastest({"ours": ours(root, piece_length=PIECE), **functions})
    aims = {"torrentool": 0.4}
    return [
        Figure(f"pieces of 4 MiB, next to {peer}", best["ours"], best[peer], peer, "s", aims.get(peer, 1.05))
        for peer in functions
    ]


def manifest(root: Path) -> list[Figure]:
    with fresh() as kept:
        command = [sys.executable, "-c", MEMORY, str(root), str(kept.folder)]
        memory = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        best = fastest({"ours": lambda: digest_tree(root, kept), "bare": lambda: bare_walk(root)}, 3)
    return [
        Figure("memory", memory, 300, "the aim", "MB", 1),
        Figure("a second run, nothing changed", best["ours"], best["bare"], "a bare stat walk", "s", 1.5),
    ]


def bare_walk(root: Path) -> None:
    pending = [str(root)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)


def fastest(functions: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    return {name: min(seconds) for name, seconds in zip(functions, in_turns(rounds, *functions.values()), strict=True)}


def version(module: str) -> str:
    code = f"import {module}; print({module}.__version__)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def is_there(command: list[str]) -> bool:
    if command[0] != sys.executable:
        return shutil.which(command[0]) is not None
    module = "libtorrent" if command[2] == LIBTORRENT else "torrentool"
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    main()
