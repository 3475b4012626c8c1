"""What is left of an index after its files were damaged: it is made again, or it is right."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Index, IndexEntry, Page, Refreshed, Search, writing
from huggingnersc_lab.index.generation import Seal
from huggingnersc_lab.index.lock import locked
from huggingnersc_lab.index.shelf import GRACE_SECONDS, STALE_SECONDS

FLIPS = int(os.environ.get("FLIPS", "300"))
WORDS = ("plasma", "lattice", "galaxy", "protein", "climate", "neutrino", "tokamak", "genome")
QUERIES = ("", "plasma", "lattice galaxy", '"climate neutrino"', "license:mit", "genom")
ENTRIES = {
    f"n{number}": IndexEntry(
        f"n{number}",
        f"{WORDS[number % 8]} {number}",
        (WORDS[number % 5],),
        f"{WORDS[number % 7]} {WORDS[(number + 1) % 8]} and more of it",
        facets={"license": (("mit", "cc0-1.0")[number % 2],)},
        updated=number,
        summary={"name": f"n{number}", "pretty_name": f"{WORDS[number % 8]} {number}"},
    )
    for number in range(40)
}
SIGNS = dict.fromkeys(ENTRIES, "1")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """An index of two writes, so that it has several segments and something removed."""
    index = Index(tmp_path / "whole")
    index.refresh(dict.fromkeys([*list(ENTRIES)[:30], "gone"], "1"), lambda key: ENTRIES.get(key, IndexEntry(key)))
    index.refresh(SIGNS, ENTRIES.get)
    return tmp_path / "whole"


def current(folder: Path) -> Path:
    """The folder of the state that counts."""
    return folder / (folder / "current").read_text()


def answers(index: Index) -> list[Page]:
    return [index.search(Search(query, sort="name")) for query in QUERIES]


def test_a_flipped_bit_is_never_believed(whole: Path, tmp_path: Path) -> None:
    files = [path for path in [whole / "current", *sorted(current(whole).iterdir())] if path.stat().st_size]
    contents = {path.relative_to(whole): path.read_bytes() for path in files}
    right, nothing = answers(Index(whole)), answers(Index(tmp_path / "none"))
    chance = random.Random(7)
    seen = 0
    for number in range(FLIPS):
        folder = tmp_path / f"flip{number}"
        damaged = chance.choice(list(contents))
        (folder / current(whole).name).mkdir(parents=True)
        for path in contents.keys() - {damaged}:
            (folder / path).hardlink_to(whole / path)
        content = bytearray(contents[damaged])
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (folder / damaged).write_bytes(content)
        index = Index(folder)
        found = answers(index)
        assert found in (right, nothing), damaged
        seen += found == nothing
        if found == right or number % 20 == 0:  # what is lost is made again, which takes its time
            index.refresh(SIGNS, ENTRIES.get)
            assert answers(index) == right, damaged
        shutil.rmtree(folder)
    assert seen > FLIPS / 2  # what it was made from is looked at by a refresh only


@pytest.mark.parametrize("damage", ["cut", "empty", "missing", "folder"])
def test_a_file_that_is_cut_or_gone_is_seen(whole: Path, tmp_path: Path, damage: str) -> None:
    right = answers(Index(whole))
    names = ["current", *(f"{current(whole).name}/{path.name}" for path in current(whole).iterdir())]
    for name in names:
        shutil.copytree(whole, tmp_path / "copy")
        path = tmp_path / "copy" / name
        content = path.read_bytes()
        path.unlink()
        if damage == "folder":
            path.mkdir()
        elif damage != "missing":
            path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")
        index = Index(tmp_path / "copy")
        assert index.search(Search("plasma")).total in (0, right[1].total)
        index.refresh(SIGNS, ENTRIES.get)
        assert answers(index) == right, name
        shutil.rmtree(tmp_path / "copy")


def test_what_was_damaged_after_it_was_opened_is_found_by_a_check(whole: Path) -> None:
    index = Index(whole)
    assert index.search().total == 40
    index.check()
    assert index.refresh(SIGNS, ENTRIES.get) == Refreshed()
    store = next(path for path in current(whole).iterdir() if path.suffix == ".store")
    content, status = store.read_bytes(), store.stat()
    store.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(store, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a bad disk would do it
    index.check()
    assert index.refresh(SIGNS, ENTRIES.get).changed == 40
    assert index.search().total == 40


CUT = """
import sys
from pathlib import Path
from huggingnersc_lab.index import Index, Search
index = Index(Path(sys.argv[1]))
assert index.search().total == 40
Path(sys.argv[2]).write_bytes(b"")
print(index.search(Search("plasma")).total, index.search().total)
"""


@pytest.mark.parametrize("suffix", [".store", ".fast", ".term", ".idx", ".pos"])
def test_a_file_that_is_cut_while_it_is_mapped_ends_no_process(whole: Path, suffix: str) -> None:
    largest = max(
        (path for path in current(whole).iterdir() if path.suffix == suffix), key=lambda it: it.stat().st_size
    )
    command = [sys.executable, "-c", CUT, str(whole), str(largest)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "0 0\n"), done.stderr
    index = Index(whole)
    assert index.refresh(SIGNS, ENTRIES.get).changed == 40
    assert index.search().total == 40


def test_one_of_another_layout_is_made_anew(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingnersc_lab.index.schema.VERSION", 1000)
    index = Index(whole)
    assert index.search().total == 0
    assert index.refresh(SIGNS, ENTRIES.get).changed == 40
    assert index.search().total == 40


def test_what_is_no_folder_at_all_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = Index(tmp_path / "file" / "index")
    assert index.search().total == 0
    assert index.refresh(SIGNS, ENTRIES.get).changed == 40
    assert index.search(Search("plasma")).total > 0
    assert index.refresh(SIGNS, ENTRIES.get) == Refreshed()


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_keeps_nobody_from_searching(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal: Callable[..., Seal] = writing._seal
    monkeypatch.setattr(
        writing, "_seal", lambda folder, *rest: _full() if whole in folder.parents else seal(folder, *rest)
    )
    index, other = Index(whole), Index(whole)
    assert (
        index.refresh(
            {**SIGNS, "n1": "2"}, lambda key: IndexEntry(key, "Orchids") if key == "n1" else ENTRIES[key]
        ).changed
        == 40
    )  # of the fresh one
    assert index.search(Search("orchids")).names == ("n1",)
    assert other.search(Search("orchids")).total == 0
    assert other.search(Search("plasma")).total > 0
    # What was begun is not left there, and the next start tries again.
    assert all((path / "seal.json").exists() for path in whole.iterdir() if path.is_dir())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(CatalogError) as err:
        other.refresh({}, ENTRIES.get)
    assert err.value.code == "storage"
    assert "Could not write the search index" in err.value.detail
    assert other.search(Search("plasma")).total > 0


def test_one_who_hangs_is_not_waited_for(whole: Path) -> None:
    index = Index(whole)
    changed = {**SIGNS, "n1": "2"}
    with locked(whole / ".lock") as held:
        assert held
        assert index.refresh(changed, ENTRIES.get) == Refreshed(is_held=True)
        assert index.search(Search("plasma")).total > 0
        assert index.refresh(SIGNS, ENTRIES.get) == Refreshed()  # which needs no lock
        long_ago = time.time() - STALE_SECONDS - 1
        os.utime(whole / ".lock", (long_ago, long_ago))
        assert index.refresh(changed, ENTRIES.get) == Refreshed(changed=1)


def test_old_states_go(whole: Path) -> None:
    index = Index(whole)
    for number in range(5):
        index.refresh({**SIGNS, "n1": f"{number + 2}"}, ENTRIES.get)
    states = [path for path in whole.iterdir() if path.is_dir()]
    assert len(states) == 7
    abandoned = whole / "abandoned"
    abandoned.mkdir()
    for path in [*states, abandoned]:
        if path != current(whole):
            long_ago = time.time() - GRACE_SECONDS - 1
            os.utime(path, (long_ago, long_ago))
    former = current(whole)
    index.refresh(SIGNS, ENTRIES.get)
    assert {path for path in whole.iterdir() if path.is_dir()} == {former, current(whole), abandoned}
