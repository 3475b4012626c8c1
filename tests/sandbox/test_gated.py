"""A gated dataset: everybody sees that it exists, and its own people alone read its files."""

from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub.errors import GatedRepoError


@pytest.fixture(params=["auto", "manual"])
def gated(request, api, iris):
    files = {"a.txt": b"secret", "b.bin": b"\0secret"}
    for name, content in files.items():
        api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=content, path_in_repo=name)
    api.create_discussion(iris, "note", repo_type="dataset")
    api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=b"secret", path_in_repo="c.txt", create_pr=True)
    api.update_repo_settings(iris, repo_type="dataset", gated=request.param)
    return iris


@pytest.mark.parametrize("role", ["outsider", None])
def test_outsiders_see_it_and_cannot_read_it(api_of, gated, role, tmp_path):
    client = api_of(role)
    assert client.dataset_info(gated).gated in ("auto", "manual")
    assert "a.txt" in client.list_repo_files(gated, repo_type="dataset")
    for name in ("a.txt", "b.bin"):
        with pytest.raises(GatedRepoError, match=r"Access to dataset .* is restricted"):
            client.hf_hub_download(gated, name, repo_type="dataset", cache_dir=tmp_path / "cache")
    with pytest.raises(GatedRepoError):
        client.snapshot_download(gated, repo_type="dataset", cache_dir=tmp_path / "cache")
    with pytest.raises(GatedRepoError):
        client.auth_check(gated, repo_type="dataset")


@pytest.mark.parametrize("role", ["outsider", None])
@pytest.mark.parametrize(
    "path",
    [
        "/datasets/NERSC/iris/resolve/main/a.txt",
        "/datasets/NERSC/iris/resolve/main/b.bin",
        "/datasets/NERSC/iris/blob/main/a.txt",
        "/datasets/NERSC/iris/commit/main",
        "/datasets/NERSC/iris/discussions/2",
        "/api/datasets/NERSC/iris/discussions/2?diff=1",
    ],
)
def test_no_address_gives_the_bytes_away(ask, gated, path, role):
    answer = ask("GET", path, role=role)
    assert (answer.status, answer.headers["X-Error-Code"]) == (403 if role else 401, "GatedRepo")
    assert b"secret" not in answer.body
    assert ask("GET", path, role="read").status in (200, 302)


def test_members_read_it(api_of, gated):
    client = api_of("read")
    assert Path(client.hf_hub_download(gated, "b.bin", repo_type="dataset")).read_bytes() == b"\0secret"
    client.auth_check(gated, repo_type="dataset")


def test_it_can_be_opened_again(api, api_of, gated):
    api.update_repo_settings(gated, repo_type="dataset", gated=False)
    assert Path(api_of("outsider").hf_hub_download(gated, "a.txt", repo_type="dataset")).read_bytes() == b"secret"
