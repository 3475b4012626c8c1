from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import EntryNotFoundError, RevisionNotFoundError

from tests.practice_hub import FaultyHub

if TYPE_CHECKING:
    from .conftest import Answer

    Ask = Callable[..., Answer]

TEXT = b"0123456789\n"
LARGE = b"\0" + os.urandom(700_000)


@pytest.fixture
def stored(api: HfApi, iris: str) -> str:
    """The commit with a regular and a large file."""
    operations = [
        CommitOperationAdd("a b/text ä.txt", TEXT),
        CommitOperationAdd("data/large.bin", LARGE),
        CommitOperationAdd("page.html", b"<script>alert(1)</script>"),
    ]
    return api.create_commit(iris, operations, commit_message="files", repo_type="dataset").oid


def storage_path(ask: Ask) -> str:
    response = ask("GET", "/datasets/NERSC/iris/resolve/main/data/large.bin")
    location = urlsplit(response.headers["Location"])
    return f"{location.path}?{location.query}"


RESOLVE = "/datasets/NERSC/iris/resolve/main/a%20b/text%20%C3%A4.txt"


def test_tree(api: HfApi, iris: str, stored: str) -> None:
    top = {entry.path: entry for entry in api.list_repo_tree(iris, repo_type="dataset")}
    assert set(top) == {".gitattributes", "a b", "data", "page.html"}
    assert top["data"].tree_id
    inside = list(api.list_repo_tree(iris, "data", repo_type="dataset"))
    assert [entry.path for entry in inside] == ["data/large.bin"]
    everything = api.list_repo_tree(iris, repo_type="dataset", recursive=True, expand=True)
    found = {entry.path: entry for entry in everything}
    assert set(found) == {*top, "a b/text ä.txt", "data/large.bin"}
    assert found["data/large.bin"].lfs.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert found["data/large.bin"].size == len(LARGE)
    assert found["a b/text ä.txt"].last_commit.oid == stored
    assert found[".gitattributes"].last_commit.title == "initial commit"
    with pytest.raises(EntryNotFoundError):
        list(api.list_repo_tree(iris, "nothing", repo_type="dataset"))
    with pytest.raises(RevisionNotFoundError):
        list(api.list_repo_tree(iris, revision="nothing", repo_type="dataset"))


def test_a_large_tree_comes_in_pages(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    operations = [CommitOperationAdd(f"f/{number:04}.txt", b"x") for number in range(1500)]
    api.create_commit(iris, operations, commit_message="many", repo_type="dataset")
    practice_hub.clear_requests()
    found = [entry.path for entry in api.list_repo_tree(iris, "f", repo_type="dataset")]
    assert found == [f"f/{number:04}.txt" for number in range(1500)]
    assert len(practice_hub.requests) == 2


def test_paths_info_leaves_out_what_is_missing(api: HfApi, iris: str, stored: str) -> None:
    wanted = ["page.html", "data", "missing", "../../x"]
    found = api.get_paths_info(iris, wanted, repo_type="dataset", expand=True)
    assert [info.path for info in found] == ["page.html", "data"]
    assert found[0].last_commit.oid == stored


def test_download_by_branch_commit_and_tag(api: HfApi, iris: str, stored: str, tmp_path: Path) -> None:
    api.create_tag(iris, tag="v1", revision=stored, repo_type="dataset")
    for revision in ("main", "v1", stored):
        folder = tmp_path / revision
        local = api.snapshot_download(iris, repo_type="dataset", revision=revision, cache_dir=folder, max_workers=2)
        assert Path(local).name == stored
        assert (Path(local) / "a b" / "text ä.txt").read_bytes() == TEXT
        assert (Path(local) / "data" / "large.bin").read_bytes() == LARGE


def test_what_is_missing_has_its_own_error(api: HfApi, iris: str, tmp_path: Path) -> None:
    with pytest.raises(EntryNotFoundError) as error:
        api.hf_hub_download(iris, "missing", repo_type="dataset", cache_dir=tmp_path)
    assert error.value.response.headers["X-Repo-Commit"] == api.dataset_info(iris).sha
    with pytest.raises(RevisionNotFoundError):
        api.hf_hub_download(iris, "README.md", repo_type="dataset", revision="v9", cache_dir=tmp_path)
    assert not api.file_exists(iris, "data", repo_type="dataset")
    assert api.file_exists(iris, ".gitattributes", repo_type="dataset")


def test_head_tells_all_without_the_body(ask: Ask, stored: str) -> None:
    response = ask("HEAD", RESOLVE)
    assert response.status == 200
    assert response.headers["X-Repo-Commit"] == stored
    assert response.headers["Content-Length"] == str(len(TEXT))
    blob = hashlib.sha1(b"blob %d\0" % len(TEXT) + TEXT).hexdigest()
    assert response.headers["ETag"] == f'"{blob}"'
    large = ask("HEAD", "/datasets/NERSC/iris/resolve/main/data/large.bin")
    assert large.status == 302
    assert large.headers["X-Linked-ETag"] == f'"{hashlib.sha256(LARGE).hexdigest()}"'
    assert large.headers["X-Linked-Size"] == str(len(LARGE))


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-3", slice(0, 4)),
        ("bytes=4-", slice(4, None)),
        ("bytes=-5", slice(-5, None)),
        ("bytes=3-99999999", slice(3, None)),
        ("bytes=0-0", slice(0, 1)),
    ],
)
def test_ranges(ask: Ask, stored: str, wanted: str, part: slice) -> None:
    for path, whole in ((RESOLVE, TEXT), (storage_path(ask), LARGE)):
        response = ask("GET", path, Range=wanted)
        assert response.status == 206
        assert response.body == whole[part]
        start, end, _ = part.indices(len(whole))
        assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(whole)}"


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=5-2", "bytes=-0"])
def test_ranges_with_nothing_in_them(ask: Ask, stored: str, wanted: str) -> None:
    response = ask("GET", RESOLVE, Range=wanted)
    assert response.status == 416
    assert response.headers["Content-Range"] == f"bytes */{len(TEXT)}"


@pytest.mark.parametrize("wanted", ["bytes=0-1,4-5", "lines=1-2", "bytes=-", "nonsense"])
def test_ranges_of_another_form_are_ignored(ask: Ask, stored: str, wanted: str) -> None:
    response = ask("GET", RESOLVE, Range=wanted)
    assert (response.status, response.body) == (200, TEXT)


def test_what_the_client_has_is_not_sent_again(ask: Ask, stored: str) -> None:
    for path in (RESOLVE, storage_path(ask)):
        etag = ask("HEAD", path).headers["ETag"]
        response = ask("GET", path, If_None_Match=f'"other", W/{etag}')
        assert (response.status, response.body) == (304, b"")
        assert ask("GET", path, If_None_Match='"other"').status == 200


def test_files_never_run_in_the_browser(ask: Ask, stored: str) -> None:
    response = ask("GET", "/datasets/NERSC/iris/resolve/main/page.html")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_large_file_is_stored_once_and_by_its_sha256(
    api: HfApi, iris: str, stored: str, practice_hub: FaultyHub
) -> None:
    oid = hashlib.sha256(LARGE).hexdigest()
    kept = practice_hub.storage / "lfs" / oid[:2] / oid[2:4] / oid
    assert kept.read_bytes() == LARGE
    practice_hub.clear_requests()
    again = [CommitOperationAdd("copy.bin", LARGE)]
    api.create_commit(iris, again, commit_message="again", repo_type="dataset")
    methods = [(r.method, r.path.split("/")[1]) for r in practice_hub.requests]
    assert ("PUT", "storage") not in methods


def test_storage_needs_its_signature(ask: Ask, stored: str) -> None:
    path = storage_path(ask)
    assert ask("GET", path).body == LARGE
    assert ask("GET", path[:-1] + ("0" if path[-1] != "0" else "1")).status == 403
    assert ask("GET", path.partition("?")[0]).status == 403
    assert ask("PUT", path).status == 403  # signed for reading only


@pytest.mark.parametrize("sent", [b"abcd", b"abcdefgh", b"abcdE"])
def test_an_upload_that_is_not_what_was_announced_is_dropped(
    ask: Ask, practice_hub: FaultyHub, iris: str, sent: bytes
) -> None:
    oid = hashlib.sha256(b"abcde").hexdigest()
    batch = {"operation": "upload", "objects": [{"oid": oid, "size": 5}]}
    answer = ask("POST", "/datasets/NERSC/iris.git/info/lfs/objects/batch", batch, role="admin")
    href = urlsplit(answer.json["objects"][0]["actions"]["upload"]["href"])
    assert ask("PUT", f"{href.path}?{href.query}", sent).status == 400
    assert not [path for path in (practice_hub.storage / "lfs").rglob("*") if path.is_file()]
    lfs_file = {"path": "x.bin", "algo": "sha256", "oid": oid, "size": 5}
    refused = commit(ask, [{"key": "lfsFile", "value": lfs_file}])
    assert (refused.status, "has not been uploaded" in refused.json["error"]) == (400, True)


def commit(ask: Ask, lines: list[dict[str, Any]]) -> Answer:
    header = {"key": "header", "value": {"summary": "raw"}}
    body = "\n".join(json.dumps(line) for line in [header, *lines])
    return ask("POST", "/api/datasets/NERSC/iris/commit/main", body, role="admin")


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/x", "a/../../x", ".git/config", "a/.GIT/x", "a//b", "./a", "\\b", "..\\b", "a\nb", ""],
)
def test_no_path_leads_out(ask: Ask, api: HfApi, iris: str, path: str) -> None:
    file = {"path": path, "content": "eA==", "encoding": "base64"}
    answer = commit(ask, [{"key": "file", "value": file}])
    assert (answer.status, "Invalid path" in answer.json["error"]) == (422, True)
    assert api.list_repo_files(iris, repo_type="dataset") == [".gitattributes"]


@pytest.mark.parametrize("paths", [["a", "a/b"], [".gitattributes/x"]])
def test_a_file_cannot_be_a_folder(ask: Ask, iris: str, paths: list[str]) -> None:
    files = [{"path": path, "content": "eA==", "encoding": "base64"} for path in paths]
    answer = commit(ask, [{"key": "file", "value": file} for file in files])
    assert answer.status == 400
    assert answer.json["error"].endswith("cannot be both a file and a folder")


def test_binary_content_cannot_be_slipped_in_as_regular(ask: Ask, iris: str) -> None:
    file = {"path": "x.dat", "content": "AAAA", "encoding": "base64"}
    answer = commit(ask, [{"key": "file", "value": file}])
    assert (answer.status, "as an LFS file" in answer.json["error"]) == (400, True)


def test_a_wrong_card_cannot_be_slipped_in(ask: Ask, iris: str) -> None:
    card = {"path": "README.md", "content": "---\nlicense: nope\n---\n", "encoding": "utf-8"}
    answer = commit(ask, [{"key": "file", "value": card}])
    assert answer.status == 400
    assert answer.json["errors"][0]["message"].startswith('"license" must be one of')


@pytest.mark.parametrize(
    "path",
    [
        "/datasets/NERSC/iris/resolve/main/..%2f..%2frepo.json",
        "/datasets/NERSC/iris/resolve/main/%2e%2e/repo.json",
        "/datasets/NERSC/..%2f..%2ftokens.json/resolve/main/x",
        "/api/datasets/..%2f/iris",
        "/api/datasets/NERSC/..",
        "/api/datasets/NERSC/iris/tree/main/..%2f..",
        "/api/datasets/NERSC/iris/revision/..%2f..%2fHEAD",
        "/api/datasets/NERSC/iris/revision/refs%2F..%2F..%2Fconfig",
        "/datasets/NERSC/iris/blob/main/..%2fHEAD",
    ],
)
def test_no_address_leads_out(ask: Ask, iris: str, path: str) -> None:
    response = ask("GET", path, role="admin")
    assert response.status == 404
    assert b"hf_practice_" not in response.body
