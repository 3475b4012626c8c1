"""Work split among machines, bit for bit as one run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.checksums import (
    ALGORITHMS,
    File,
    Manifest,
    Part,
    Problem,
    digest_part,
    digest_tree,
    merge_parts,
    part_manifests,
    parts,
    plan_parts,
    remove_parts,
    walk,
)
from huggingnersc_lab.errors import CatalogError

from .conftest import BLOCK, RANGE


@pytest.fixture(autouse=True)
def _small_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "RANGE_BYTES", RANGE)


@pytest.mark.parametrize("algorithms", [(), ALGORITHMS])
@pytest.mark.parametrize("piece_length", [None, BLOCK, 2**18])
@pytest.mark.parametrize("count", [1, 4, 13, 100])
def test_all_parts_together_are_one_run(
    data: Path, tmp_path: Path, algorithms: tuple[str, ...], piece_length: int | None, count: int
) -> None:
    (data / "zz").touch()
    alone, together = Manifest(tmp_path / "alone"), Manifest(tmp_path / "together")
    expected = digest_tree(data, alone, algorithms, piece_length=piece_length)
    planned = plan_parts(walk(data), count, algorithms)
    assert len(planned) <= count
    results = [Manifest(tmp_path / f"part-{number}") for number in range(len(planned))]
    read = files = 0
    for part, result in zip(planned, results, strict=True):
        outcome = digest_part(data, part, result, algorithms, piece_length=piece_length, threads=2)
        read += outcome.bytes_read
        files += outcome.files_read
    assert files == expected.files_read
    assert read <= expected.bytes_read + len(planned) * (piece_length or 0)
    merged = merge_parts(data, together, results, algorithms, piece_length=piece_length)
    assert (merged.files_read, merged.bytes_read, merged.pieces) == (0, 0, expected.pieces)
    assert list(together.lines()) == list(alone.lines())
    assert merged.summary.fingerprint == expected.summary.fingerprint


def test_what_a_part_lacks_is_read_at_the_end(data: Path, tmp_path: Path, manifest: Manifest) -> None:
    planned = plan_parts(walk(data), 5, ["md5"])
    results = [Manifest(tmp_path / f"part-{number}") for number in range(4)]
    for part, result in zip(planned, results, strict=False):
        digest_part(data, part, result, ["md5"], piece_length=BLOCK)
    merged = merge_parts(data, manifest, results, ["md5"], piece_length=BLOCK)
    whole = digest_tree(data, Manifest(tmp_path / "whole"), ["md5"], piece_length=BLOCK)
    assert 0 < merged.bytes_read < whole.bytes_read / 3
    assert (merged.pieces, merged.summary.fingerprint) == (whole.pieces, whole.summary.fingerprint)


@pytest.mark.parametrize("algorithms", [(), ["sha256"]])
def test_a_part_goes_on_where_it_was_stopped(data: Path, tmp_path: Path, algorithms: list[str]) -> None:
    part = plan_parts(walk(data), 2, algorithms)[0]
    result = Manifest(tmp_path / "part")

    def stop(progress: object) -> None:
        if getattr(progress, "files", 0) >= 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        digest_part(data, part, result, algorithms, piece_length=BLOCK, on_progress=stop)
    again = digest_part(data, part, result, algorithms, piece_length=BLOCK)
    assert again.bytes_read > 0
    assert digest_part(data, part, result, algorithms, piece_length=BLOCK).bytes_read == 0
    whole = Manifest(tmp_path / "whole")
    digest_part(data, part, whole, algorithms, piece_length=BLOCK)
    assert set(whole.lines()) | set(_journal(whole)) == set(result.lines()) | set(_journal(result))


def _journal(manifest: Manifest) -> list[bytes]:
    return list(parts.read_journal(manifest.journal))


@pytest.mark.parametrize("algorithms", [(), ("md5",)])
def test_known_files_are_not_read_again(
    data: Path, tmp_path: Path, manifest: Manifest, algorithms: tuple[str, ...]
) -> None:
    digest_tree(data, manifest, algorithms)
    new = sorted(data.rglob("*.bin"))[-2]
    new.write_bytes(b"new contents")
    planned = plan_parts(walk(data), 3, algorithms)
    results = part_manifests(manifest, 3, algorithms)
    outcomes = [
        digest_part(data, part, result, algorithms, known=manifest)
        for part, result in zip(planned, results, strict=True)
    ]
    assert sum(outcome.files_read for outcome in outcomes) == 1
    assert sum(outcome.bytes_read for outcome in outcomes) == 12
    merged = merge_parts(data, manifest, results, algorithms)
    alone = Manifest(tmp_path / "alone")
    assert merged.summary.fingerprint == digest_tree(data, alone, algorithms).summary.fingerprint
    assert list(manifest.lines()) == list(alone.lines())


def test_files_without_the_wanted_digest_are_read_again(data: Path, manifest: Manifest) -> None:
    expected = digest_tree(data, manifest, ["md5"])
    (part,) = plan_parts(walk(data), 1, ["sha256"])
    (result,) = part_manifests(manifest, 1, ["sha256"])
    assert digest_part(data, part, result, ["sha256"], known=manifest).bytes_read == expected.bytes_read


def test_a_merge_replaces_the_fingerprint_of_former_contents(data: Path, tmp_path: Path, manifest: Manifest) -> None:
    before = digest_tree(data, manifest).summary
    changed = data / "a.txt"
    changed.write_bytes(changed.read_bytes()[::-1])  # same size and number of files
    (part,), results = plan_parts(walk(data), 1), part_manifests(manifest, 1)
    digest_part(data, part, results[0], known=manifest)
    after = merge_parts(data, manifest, results).summary
    assert after.fingerprint == digest_tree(data, Manifest(tmp_path / "alone")).summary.fingerprint
    assert after.fingerprint != before.fingerprint
    assert manifest.summary == after


def test_the_parts_are_kept_inside_the_manifest_until_they_are_merged(data: Path, manifest: Manifest) -> None:
    results = part_manifests(manifest, 2, ["md5"])
    assert [result.folder.relative_to(manifest.folder).as_posix() for result in results] == [
        "parts-2-md5/0",
        "parts-2-md5/1",
    ]
    for part, result in zip(plan_parts(walk(data), 2, ["md5"]), results, strict=True):
        digest_part(data, part, result, ["md5"])
    merge_parts(data, manifest, results, ["md5"])
    remove_parts(manifest, 3, ["md5"])  # there are none
    assert all(result.folder.exists() for result in results)
    remove_parts(manifest, 2, ["md5"])
    assert not results[0].folder.parent.exists()
    assert manifest.exists


def test_a_file_that_is_gone_is_told_of(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = list(walk(data))
    (part,) = plan_parts(files, 1)
    (data / "a.txt").unlink()
    monkeypatch.setattr(parts, "walk", lambda _: iter(files))
    outcome = digest_part(data, part, Manifest(tmp_path / "part"))
    assert outcome.problems == [Problem(b"a.txt", "vanished", "It vanished while it was looked at.")]


@given(st.lists(st.integers(0, 5 * RANGE)), st.integers(1, 9), st.sampled_from([(), ("md5",)]))
def test_parts_follow_each_other(sizes: list[int], count: int, algorithms: tuple[str, ...]) -> None:
    files = [File(b"%09d" % number, size, 0, 0) for number, size in enumerate(sizes)]
    planned = plan_parts(files, count, algorithms)
    assert 1 <= len(planned) <= count
    assert [part.start for part in planned] == [0, *(part.stop for part in planned[:-1])]
    assert planned[-1].stop == planned[-1].stream_bytes == sum(sizes)
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    assert all(sum(part.has(at) for part in planned) == 1 for at in starts)
    if algorithms:
        assert {part.start for part in planned[1:]} <= set(starts)


def test_a_plan_is_even() -> None:
    files = [File(b"%09d" % number, RANGE, 0, 0) for number in range(100)]
    assert [part.stop - part.start for part in plan_parts(files, 4, ["md5"])] == [25 * RANGE] * 4
    one = [File(b"one", 100 * RANGE, 0, 0)]
    assert [part.stop - part.start for part in plan_parts(one, 4)] == [25 * RANGE] * 4
    assert plan_parts(one, 4, ["md5"]) == [Part(0, 100 * RANGE, 100 * RANGE)]


def test_a_digest_that_is_not_known(data: Path, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no digest"):
        digest_part(data, Part(0, 0, 0), Manifest(tmp_path / "part"), ["crc"])
