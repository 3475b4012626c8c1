"""What is left of an index after its files were damaged: it is built again, or its answers are right."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from huggingnersc_lab.index import Index, IndexEntry, Page, Refreshed, Search
from huggingnersc_lab.index.schema import VERSION
from huggingnersc_lab.index.snapshot.snapshot import META_FILE, Snapshot, is_sources

FLIPS = int(os.environ.get("FLIPS", "300"))
QUERIES = ("", "plasma", "lattice galaxy", '"climate neutrino"', "license:mit", "genom")
OLD_INDEX = Path(__file__).with_name("index-of-version-7.zip")

Entries = dict[str, IndexEntry]


def answers(index: Index) -> list[Page]:
    return [index.search(Search(query, sort="name")) for query in QUERIES]


def fingerprints(entries: Entries) -> dict[str, str]:
    return dict.fromkeys(entries, "1")


def test_a_flipped_bit_is_never_believed(whole: Path, snapshot_folder: Path, forty: Entries, tmp_path: Path) -> None:
    files = [path for path in [whole / "current", *sorted(snapshot_folder.iterdir())] if path.stat().st_size]
    contents = {path.relative_to(whole): path.read_bytes() for path in files}
    right, nothing = answers(Index(whole)), answers(Index(tmp_path / "none"))
    chance = random.Random(7)
    seen = 0
    for number in range(FLIPS):
        folder = tmp_path / f"flip{number}"
        damaged = chance.choice(list(contents))
        (folder / snapshot_folder.name).mkdir(parents=True)
        for path in contents.keys() - {damaged}:
            (folder / path).hardlink_to(whole / path)
        content = bytearray(contents[damaged])
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (folder / damaged).write_bytes(content)
        index = Index(folder)
        found = answers(index)
        assert found in (right, nothing), damaged
        seen += found == nothing
        if found == right or number % 20 == 0:  # what is lost is built again, which takes its time
            index.refresh(fingerprints(forty), forty.get)
            assert answers(index) == right, damaged
        shutil.rmtree(folder)
    assert seen > FLIPS / 2  # what it was made from is looked at by a refresh only


@pytest.mark.parametrize("damage", ["cut", "empty", "missing", "folder"])
def test_a_file_that_is_cut_or_gone_is_seen(
    whole: Path, snapshot_folder: Path, forty: Entries, tmp_path: Path, damage: str
) -> None:
    right = answers(Index(whole))
    names = ["current", *(f"{snapshot_folder.name}/{path.name}" for path in snapshot_folder.iterdir())]
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
        index.refresh(fingerprints(forty), forty.get)
        assert answers(index) == right, name
        shutil.rmtree(tmp_path / "copy")


def test_damage_after_it_was_opened_is_found_by_a_check(whole: Path, snapshot_folder: Path, forty: Entries) -> None:
    index = Index(whole)
    assert index.search().total == 40
    index.check()
    assert index.refresh(fingerprints(forty), forty.get) == Refreshed()
    store = next(path for path in snapshot_folder.iterdir() if path.suffix == ".store")
    content, status = store.read_bytes(), store.stat()
    store.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(store, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a bad disk would do it
    index.check()
    assert index.refresh(fingerprints(forty), forty.get).changed == 40
    assert index.search().total == 40


CUT = """
import os, sys
from pathlib import Path
from huggingnersc_lab.index import Index, IndexEntry, Search
index = Index(Path(sys.argv[1]))
assert index.search().total == 40
for path in sys.argv[2:]:
    os.truncate(path, os.stat(path).st_size // 2)
print(index.search(Search("plasma")).total, index.search(Search("license:mit", sort="newest")).total)
print(len(index.related(IndexEntry("x", tags=("galaxy",)))), index.values(Search(), "license", bool).counts)
"""


@pytest.mark.parametrize("suffix", [".store", ".fast", ".term", ".idx", ".pos", ".fieldnorm", ".del", ".json", ""])
def test_whoever_has_it_open_goes_on_when_its_files_are_cut(
    whole: Path, snapshot_folder: Path, forty: Entries, suffix: str
) -> None:
    cut = [str(path) for path in snapshot_folder.iterdir() if path.name.endswith(suffix)]
    assert cut
    command = [sys.executable, "-c", CUT, str(whole), *cut]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    expected = "19 20\n5 {'cc0-1.0': 20, 'mit': 20}\n"
    assert (done.returncode, done.stdout) == (0, expected), done.stderr
    index = Index(whole)
    assert index.refresh(fingerprints(forty), forty.get).changed == 40
    assert index.search().total == 40


STORM = """
import sys, time
from pathlib import Path
from huggingnersc_lab.index import Index, IndexEntry, Search
index = Index(Path(sys.argv[1]))
end = time.monotonic() + float(sys.argv[2])
number = 0
while time.monotonic() < end or number < 5:
    number += 1
    keys = {f"n{place}": "1" for place in range(60)} | {f"n{number % 60}": str(number)}
    index.refresh(keys, lambda key: IndexEntry(key, f"Title {key}", ("galaxy",), "some words " * 20))
    for query in ("title", "galaxy", "words -n1", "tag:galaxy", ""):
        index.search(Search(query))
    if number % 7 == 0:
        index.check()
print("done")
"""


@pytest.mark.parametrize("seconds", [float(os.environ.get("STORM_SECONDS", "2"))])
def test_nobody_dies_while_files_are_cut_again_and_again(tmp_path: Path, seconds: float) -> None:
    folder = tmp_path / "index"
    command = [sys.executable, "-c", STORM, str(folder), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        chance = random.Random(5)
        while process.poll() is None:
            found = [path for path in folder.glob("*/*") if chance.random() < 0.3]
            for path in found:
                try:
                    os.truncate(path, path.stat().st_size // 2)
                except OSError:  # it is gone by now
                    continue
            time.sleep(0.01)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "done\n"), err


def test_a_large_index_is_copied_to_disk(
    whole: Path, forty: Entries, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    right = answers(Index(whole))
    monkeypatch.setattr("huggingnersc_lab.index.snapshot.private_file.MEMORY_BYTES", 0)
    monkeypatch.setattr(os, "memfd_create", lambda *_: pytest.fail("in memory"), raising=False)
    index = Index(whole)
    assert answers(index) == right
    assert index.refresh({**fingerprints(forty), "n1": "2"}, forty.get) == Refreshed(changed=1)
    assert answers(index) == right


def test_nothing_is_copied_twice(whole: Path, forty: Entries) -> None:
    index, other = Index(whole), Index(whole)
    before = _opened(index)
    _opened(other)
    index.refresh({**fingerprints(forty), "n1": "2"}, forty.get)
    for after in (_opened(index), _opened(other)):
        assert after.folder != before.folder
    shared = [name for name, file in _opened(index).files.items() if before.files.get(name) is file]
    assert {Path(name).suffix for name in shared} >= {".store", ".fast", ".term", ".idx", ".pos"}


def _opened(index: Index) -> Snapshot:
    index.search()
    assert index._snapshot is not None
    return index._snapshot


def _open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_no_scratch_folder_and_no_open_file_is_left(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("huggingnersc_lab.index.snapshot.scratch.MEMORY", scratch)
    before = _open_files()
    index = Index(whole)
    assert index.search().total == 40
    assert list(scratch.iterdir()) == []
    assert _open_files() == before + len(_opened(index).files)
    del index
    assert _open_files() == before


def test_an_index_of_the_version_before_is_built_again_without_a_word(
    forty: Entries, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.unpack_archive(OLD_INDEX, tmp_path / "index")
    index = Index(tmp_path / "index")
    assert index.search().total == 0
    assert index.refresh(fingerprints(forty), forty.get) == Refreshed(changed=40)
    assert index.search(Search("plasma")).total == 19
    assert Index(tmp_path / "index").search().total == 40
    assert capfd.readouterr() == ("", "")


def test_one_of_a_later_version_is_built_again(whole: Path, forty: Entries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingnersc_lab.index.schema.VERSION", VERSION + 1)
    index = Index(whole)
    assert index.search().total == 0
    assert index.refresh(fingerprints(forty), forty.get).changed == 40
    assert index.search().total == 40


def test_other_fields_are_noticed(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingnersc_lab.index import schema

    fields: Mapping[str, object] = {**schema.VALUE_FIELDS, "mood": _Mood()}
    monkeypatch.setattr(schema, "VALUE_FIELDS", fields)
    schema.schema.cache_clear()
    try:
        assert Index(whole).search().total == 0
    finally:
        monkeypatch.undo()
        schema.schema.cache_clear()
    assert Index(whole).search().total == 40


class _Mood:
    index_name = "facet_mood"


def test_what_the_parts_were_made_from_is_kept_with_them(whole: Path, snapshot_folder: Path, forty: Entries) -> None:
    snapshot = Snapshot.open(snapshot_folder)
    assert snapshot is not None
    assert snapshot.sources("catalog").fingerprints == fingerprints(forty)
    assert snapshot.sources("hub").fingerprints == {}
    assert {name for name in snapshot.manifest.checksums if is_sources(name)} == {"sources-catalog.json"}
    assert snapshot.manifest.checksums.keys() == {
        "sources-catalog.json",
        META_FILE,
        *snapshot.files,
    }
    assert snapshot.can_be_continued()
    assert snapshot.is_whole()
    os.truncate(snapshot_folder / "sources-catalog.json", 3)
    assert not snapshot.can_be_continued()
    assert not snapshot.is_whole()
