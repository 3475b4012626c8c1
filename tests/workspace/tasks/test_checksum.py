"""``checksum``: digests in a job, and in the entry where that is wished."""

from __future__ import annotations

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


def test_a_cancel_keeps_what_was_computed() -> None:
    assert isinstance(TASK, JobKind)
    assert not TASK.takes_back
