"""The large files of a whole history: listed, and some of them deleted for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError

from tests.practice_hub import FaultyHub

Ask = Callable[..., Any]


@pytest.fixture
def large(api: HfApi, iris: str) -> str:
    """A dataset with large files on its main branch, on another one, and one that is there no more."""
    for path, content, revision in (
        ("a.bin", b"one", None),
        ("notes.txt", b"text", None),
        ("deep/b.bin", b"two", None),
        ("gone.bin", b"three", None),
    ):
        api.upload_file(
            path_or_fileobj=content, path_in_repo=path, repo_id=iris, repo_type="dataset", revision=revision
        )
    api.delete_file("gone.bin", iris, repo_type="dataset")
    api.create_branch(iris, repo_type="dataset", branch="more")
    api.upload_file(path_or_fileobj=b"four", path_in_repo="c.bin", repo_id=iris, repo_type="dataset", revision="more")
    return iris


def listed(api: HfApi, repo_id: str) -> dict[str, str | None]:
    return {found.filename: found.ref for found in api.list_lfs_files(repo_id, repo_type="dataset")}


def test_each_is_listed_once_with_where_it_was_found(api: HfApi, large: str) -> None:
    main = "refs/heads/main"
    assert listed(api, large) == {"a.bin": main, "deep/b.bin": main, "gone.bin": main, "c.bin": "refs/heads/more"}
    found = next(iter(api.list_lfs_files(large, repo_type="dataset")))
    assert (found.size, found.file_oid) == (3, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed")
    assert found.pushed_at is not None


def test_what_is_deleted_is_in_no_revision_any_more(
    api: HfApi, large: str, practice_hub: FaultyHub, tmp_path: Path
) -> None:
    titles = [commit.title for commit in api.list_repo_commits(large, repo_type="dataset")]
    begun = api.dataset_info(large).sha
    wanted = [found for found in api.list_lfs_files(large, repo_type="dataset") if found.filename != "c.bin"]
    api.permanently_delete_lfs_files(large, wanted, repo_type="dataset")
    assert listed(api, large) == {"c.bin": "refs/heads/more"}
    for revision, files in (("main", set()), ("more", {"c.bin"})):
        there = api.list_repo_files(large, repo_type="dataset", revision=revision)
        assert set(there) == {".gitattributes", "notes.txt"} | files
    assert [commit.title for commit in api.list_repo_commits(large, repo_type="dataset")] == titles
    assert api.dataset_info(large).sha != begun
    with pytest.raises(EntryNotFoundError):
        api.hf_hub_download(large, "a.bin", repo_type="dataset", local_dir=tmp_path)
    assert Path(api.hf_hub_download(large, "c.bin", repo_type="dataset", revision="more")).read_bytes() == b"four"
    again = [path for path in (tmp_path / "hub").rglob(wanted[0].file_oid) if path.is_file()]
    assert again == []


def test_what_another_dataset_has_stays_there(api: HfApi, large: str) -> None:
    api.create_repo("NERSC/other", repo_type="dataset")
    api.upload_file(path_or_fileobj=b"one", path_in_repo="x.bin", repo_id="NERSC/other", repo_type="dataset")
    api.permanently_delete_lfs_files(large, list(api.list_lfs_files(large, repo_type="dataset")), repo_type="dataset")
    assert listed(api, large) == {}
    assert Path(api.hf_hub_download("NERSC/other", "x.bin", repo_type="dataset")).read_bytes() == b"one"


def test_nothing_that_is_not_its_own_is_deleted(api: HfApi, large: str) -> None:
    api.create_repo("NERSC/other", repo_type="dataset")
    foreign = list(api.list_lfs_files(large, repo_type="dataset"))
    begun = api.dataset_info("NERSC/other").sha
    api.permanently_delete_lfs_files("NERSC/other", foreign, repo_type="dataset")
    assert api.dataset_info("NERSC/other").sha == begun
    assert len(listed(api, large)) == 4


@pytest.mark.parametrize("role", ["read", "outsider", None])
def test_who_may_not_write_may_neither_look_nor_delete(
    role: str | None, api: HfApi, api_of: Callable[[str | None], HfApi], large: str
) -> None:
    found = list(api.list_lfs_files(large, repo_type="dataset"))
    with pytest.raises(HfHubHTTPError):
        list(api_of(role).list_lfs_files(large, repo_type="dataset"))
    with pytest.raises(HfHubHTTPError):
        api_of(role).permanently_delete_lfs_files(large, found, repo_type="dataset")
    assert len(listed(api, large)) == 4


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"deletions": []}, 400),
        ({"deletions": {"sha": ["../x"], "rewriteHistory": True}}, 400),
        ({"deletions": {"sha": ["a" * 64] * 1001, "rewriteHistory": True}}, 400),
        ({"deletions": {"sha": ["a" * 64], "rewriteHistory": False}}, 501),
        ({"deletions": {"sha": ["a" * 64], "rewriteHistory": True}}, 200),
    ],
)
def test_odd_wishes(body: Any, status: int, ask: Ask, iris: str) -> None:
    answer = ask("POST", f"/api/datasets/{iris}/lfs-files/batch", body, role="admin", Content_Type="application/json")
    assert answer.status == status
