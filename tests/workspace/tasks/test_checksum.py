"""``checksum``: digests in a job, and in the entry where that is wished."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobKind
from huggingnersc_lab.workspace.checksums import data_of, manifest_folder
from huggingnersc_lab.workspace.tasks.checksum import TASK, ChecksumRequest
from huggingnersc_lab.workspace.workspace import Workspace


@pytest.fixture
def data(carry: Any, published: dict[str, Any], tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "one").write_bytes(b"1")
    (folder / "two").write_bytes(b"22")
    assert carry("update", values={"data_path": str(folder)}).state == "succeeded"
    return folder


def test_digests_are_kept_for_the_next_time(carry: Any, catalog: Catalog, data: Path) -> None:
    outcome = carry("checksum", algorithms=["md5"])
    assert outcome.state == "succeeded", outcome.error
    result = outcome.result
    assert (result["files"], result["bytes"], result["files_read"], result["saved"]) == (2, 3, 2, False)
    manifest = data_of(catalog, "iris").manifest
    assert manifest.folder == manifest_folder(catalog.site.name, "iris")
    assert [entry.digests["md5"] for entry in manifest.entries()] == [
        "c4ca4238a0b923820dcc509a6f75849b",
        "b6d767d2f8ed5d21a44b0e5886680cb9",
    ]
    assert carry.read().progress.bytes == 3
    assert carry("checksum", algorithms=["md5"]).result["files_read"] == 0
    assert catalog.store.read("iris").record.contents is None


def test_the_entry_tells_of_it_where_that_is_wished(carry: Any, catalog: Catalog, data: Path) -> None:
    outcome = carry("checksum", save=True)
    assert outcome.state == "succeeded", outcome.error
    contents = catalog.store.read("iris").record.contents
    assert contents is not None
    assert (contents.files, contents.bytes, contents.fingerprint) == (2, 3, outcome.result["fingerprint"])
    assert contents.at is not None
    assert contents.at.endswith("Z")


def test_an_entry_is_not_told_of_data_that_cannot_be_read(
    carry: Any, catalog: Catalog, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingnersc_lab.checksums.reading import work

    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(work.os, "preadv", fail)
    outcome = carry("checksum", save=True)
    assert (outcome.state, outcome.error["code"]) == ("failed", "conflict")
    assert "left as it is" in outcome.error["detail"]
    assert catalog.store.read("iris").record.contents is None
    told = carry("checksum")
    assert told.result["fingerprint"] is None
    assert [problem["path"] for problem in told.result["problems"]] == ["one", "two"]


def test_what_cannot_succeed_is_refused_at_once(workspace: Workspace, published: dict[str, Any]) -> None:
    for request, code in (
        (ChecksumRequest(name="iris"), "invalid_record"),  # it has no data_path
        (ChecksumRequest(name="other"), "not_found"),
        (ChecksumRequest(name="iris", algorithms=("crc",)), "invalid_record"),
    ):
        with pytest.raises(CatalogError) as refused:
            TASK.prepare(workspace, request)
        assert refused.value.code == code


def test_parts_make_what_one_process_makes(
    workspace: Workspace, carry: Any, catalog: Catalog, data: Path, make_spec: Any, tmp_path: Path
) -> None:
    from huggingnersc_lab.jobs.folder import JobFolder
    from huggingnersc_lab.jobs.parts import PartFolder, make_parts
    from huggingnersc_lab.jobs.runner import run
    from huggingnersc_lab.workspace.tasks import kinds

    (data / "empty").touch()
    (data / "zz").write_bytes(bytes(3000))
    manifest = data_of(catalog, "iris").manifest
    expected = carry("checksum", algorithms=["sha256"], save=True).result
    lines = list(manifest.lines())
    shutil.rmtree(manifest.folder)
    spec = replace(make_spec("checksum", algorithms=["sha256"], save=True, parts=3), parts=3)
    folder = JobFolder.create(tmp_path / "split", spec)
    make_parts(folder)
    results = [run(folder, kinds(), part=index).result for index in range(3)]
    assert sum(result["files_read"] for result in results if result) == 4
    assert PartFolder(folder, 0).read().progress is not None
    assert not manifest.exists
    assert run(folder, kinds(), merge=True).result == expected
    assert list(manifest.lines()) == lines
    assert [path.name for path in manifest.folder.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(("size", "parts"), [(None, 1), (0, 1), (2**40, 1), (2**40 + 1, 2), (2**52, 100)])
def test_the_stated_size_decides_the_number_of_parts(
    workspace: Workspace, carry: Any, data: Path, size: int | None, parts: int
) -> None:
    if size is not None:
        assert carry("update", values={"contents": {"bytes": size, "files": 1}}).state == "succeeded"
    spec = TASK.prepare(workspace, ChecksumRequest(name="iris"))
    assert TASK.parts(TASK.read_arguments(spec)) == parts
    spec = TASK.prepare(workspace, ChecksumRequest(name="iris", parts=7))
    assert TASK.parts(TASK.read_arguments(spec)) == 7


@pytest.mark.parametrize("parts", [0, -1, 1001])
def test_an_impossible_number_of_parts_is_refused(workspace: Workspace, data: Path, parts: int) -> None:
    with pytest.raises(CatalogError) as refused:
        TASK.prepare(workspace, ChecksumRequest(name="iris", parts=parts))
    assert [fault.pointer for fault in refused.value.fields] == ["/parts"]


def test_it_is_heavy(workspace: Workspace, data: Path) -> None:
    spec = TASK.prepare(workspace, ChecksumRequest(name="iris"))
    assert TASK.is_heavy(TASK.read_arguments(spec))


def test_a_cancel_keeps_what_was_computed() -> None:
    assert isinstance(TASK, JobKind)
    assert not TASK.undoes_on_cancel
