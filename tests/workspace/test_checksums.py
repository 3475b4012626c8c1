"""Checksums of an entry's data, as jobs and commands share them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.checksums import Manifest, Outcome, Problem, Summary, Verified
from huggingnersc_lab.checksums.verify import FileChange
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import own_folder
from huggingnersc_lab.record.parts import Contents
from huggingnersc_lab.workspace.checksums import (
    DataOf,
    contents_change,
    data_of,
    manifest_folder,
    outcome_document,
    read_part,
    verified_document,
)

SUMMARY = Summary(files=2, bytes=3, fingerprint="f2", at=1_700_000_000.7)


@pytest.fixture
def data(tmp_path: Path) -> DataOf:
    folder = tmp_path / "data"
    folder.mkdir()
    for number in range(8):
        (folder / f"{number}.bin").write_bytes(b"x" * (number + 1))
    return DataOf("sky", str(folder), Manifest(tmp_path / "manifest"))


class Stored:
    """A catalog of one entry."""

    def __init__(self, **members: Any) -> None:
        from tests.channels.desk import RECORD

        self.record = replace(RECORD, **members)
        self.store = self
        self.site = self
        self.name = "nersc"

    def read(self, name: str) -> Stored:
        assert name == "sky"
        return self


def catalog(**members: Any) -> Catalog:
    return Stored(**members)  # type: ignore[return-value]


def test_where_digests_are_kept() -> None:
    assert manifest_folder("nersc", "sky") == own_folder("checksums") / "nersc" / "sky"


def test_the_data_of_an_entry() -> None:
    found = data_of(catalog(data_path="/data/sky"), "sky")
    assert (found.name, found.path, found.manifest.folder) == ("sky", "/data/sky", manifest_folder("nersc", "sky"))


def test_an_entry_that_does_not_say_where_its_data_lies() -> None:
    with pytest.raises(CatalogError) as raised:
        data_of(catalog(data_path=None), "sky")
    assert raised.value.code == "invalid_record"
    assert raised.value.detail == "'sky' has no data_path. Nothing was read: add its data_path first."
    assert [(fault.pointer, fault.code) for fault in raised.value.fields] == [("/data_path", "required")]


def test_what_the_entry_is_told() -> None:
    change = contents_change(catalog(contents=Contents(rows=7, bytes=1, fingerprint="f1")), "sky", SUMMARY)
    assert (change.kind, change.name) == ("update", "sky")
    assert change.values == {
        "contents": {"bytes": 3, "files": 2, "rows": 7, "fingerprint": "f2", "at": "2023-11-14T22:13:20Z"}
    }
    assert contents_change(catalog(contents=None), "sky", SUMMARY).values == {
        "contents": {"bytes": 3, "files": 2, "fingerprint": "f2", "at": "2023-11-14T22:13:20Z"}
    }


def test_an_entry_is_not_told_of_a_state_that_is_not_known() -> None:
    with pytest.raises(CatalogError) as raised:
        contents_change(catalog(), "sky", replace(SUMMARY, fingerprint=None))
    assert raised.value.code == "conflict"
    assert raised.value.detail == (
        "Not all files of 'sky' could be read. The entry was left as it is; the checksums are kept."
    )


@pytest.mark.parametrize("count", [1, 2, 3])
def test_parts_come_to_the_same_as_the_whole(data: DataOf, tmp_path: Path, count: int) -> None:
    read = [data.checksum_part(index, count, ["md5"], lambda _: None) for index in range(count)]
    assert tuple(map(sum, zip(*read, strict=True))) == (8, 36)
    merged = data.merge(count, ["md5"], lambda _: None)
    whole = replace(data, manifest=Manifest(tmp_path / "other"))
    assert merged.summary.fingerprint == whole.checksum(["md5"], lambda _: None).summary.fingerprint
    assert list(data.manifest.lines()) == list(whole.manifest.lines())


def test_a_part_for_which_no_data_is_left(data: DataOf) -> None:
    for path in Path(data.path).iterdir():
        path.unlink()
    (Path(data.path) / "one").write_bytes(b"1")
    assert data.checksum_part(0, 4, ["md5"], lambda _: None) == (1, 1)
    assert data.checksum_part(3, 4, ["md5"], lambda _: None) == (0, 0)


def test_what_was_computed_as_json(data: DataOf) -> None:
    problem = Problem(b"a", "vanished", "It vanished.")
    outcome = Outcome(SUMMARY, files_read=1, bytes_read=2, files_gone=4, problems=[problem], problem_count=9)
    assert outcome_document(data, outcome) == {
        "name": "sky",
        "data_path": data.path,
        "files": 2,
        "bytes": 3,
        "fingerprint": "f2",
        "files_read": 1,
        "bytes_read": 2,
        "files_gone": 4,
        "problems": [{"path": "a", "code": "vanished", "detail": "It vanished."}],
        "problem_count": 9,
        "manifest": str(data.manifest.folder),
    }


@pytest.mark.parametrize(("most", "named"), [(None, ["a", "b"]), (1, ["a"]), (0, [])])
def test_what_differs_as_json(data: DataOf, most: int | None, named: list[str]) -> None:
    paths = (b"a", b"b")
    found = Verified(
        files=5,
        bytes=6,
        bytes_read=4,
        counts=Counter(damaged=2),
        changes={path: FileChange(path, "damaged", "Other bytes.") for path in paths},
        problems=[Problem(path, "link", "A link.") for path in paths],
        problem_count=2,
    )
    document = verified_document(data, found, most)
    assert [change["path"] for change in document.pop("changes")] == named
    assert [problem["path"] for problem in document.pop("problems")] == named
    assert document == {
        "name": "sky",
        "data_path": data.path,
        "files": 5,
        "bytes": 6,
        "bytes_read": 4,
        "unchanged": False,
        "counts": {"changed": 0, "damaged": 2, "gone": 0, "new": 0},
        "problem_count": 2,
    }


def test_data_as_it_was(data: DataOf) -> None:
    data.checksum(["md5"], lambda _: None)
    found = data.verify(quick=False, part=(1, 1), on_progress=lambda _: None)
    assert (found.is_unchanged, found.files, found.bytes_read) == (True, 8, 36)
    assert data.verify(quick=True, part=(1, 1), on_progress=lambda _: None).bytes_read == 0


@pytest.mark.parametrize(
    ("text", "part"), [(None, (1, 1)), ("", (1, 1)), ("3/30", (3, 30)), ("1000/1000", (1000, 1000)), ("01/02", (1, 2))]
)
def test_parts(text: str | None, part: tuple[int, int]) -> None:
    assert read_part(text) == part


@pytest.mark.parametrize("text", ["3", "/", "3/", "/3", "a/3", "3/b", "-1/3", "1/3/5", "³/4", "1 / 3"])
def test_what_is_no_part(text: str) -> None:
    with pytest.raises(CatalogError) as raised:
        read_part(text)
    assert raised.value.code == "invalid_record"
    assert raised.value.detail == f"'{text}' is not a part: write 3/30 for the third of thirty. Nothing was read."
    assert [(fault.pointer, fault.code) for fault in raised.value.fields] == [("/part", "pattern")]


@pytest.mark.parametrize("text", ["0/3", "4/3", "1/1001", "1/" + "9" * 5000, "9" * 5000 + "/1"])
def test_parts_that_there_are_none_of(text: str) -> None:
    with pytest.raises(CatalogError) as raised:
        read_part(text)
    assert [(fault.pointer, fault.code) for fault in raised.value.fields] == [("/part", "range")]
    assert len(raised.value.detail) < 200
