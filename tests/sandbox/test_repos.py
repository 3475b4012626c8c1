from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError

from tests.practice_hub import FaultyHub

Ask = Callable[..., Any]


def status_of(error: pytest.ExceptionInfo[HfHubHTTPError]) -> int:
    return error.value.response.status_code


def test_a_new_dataset_has_a_first_commit(api: HfApi, practice_hub: FaultyHub) -> None:
    url = api.create_repo("NERSC/iris", repo_type="dataset")
    assert url == f"{practice_hub.url}/datasets/NERSC/iris"
    assert (url.repo_id, url.repo_type) == ("NERSC/iris", "dataset")
    (first,) = api.list_repo_commits("NERSC/iris", repo_type="dataset")
    assert (first.title, first.authors) == ("initial commit", ["practice-admin"])
    assert api.list_repo_files("NERSC/iris", repo_type="dataset") == [".gitattributes"]


def test_a_second_create_conflicts_and_exist_ok_takes_it(api: HfApi, iris: str) -> None:
    with pytest.raises(HfHubHTTPError) as error:
        api.create_repo(iris, repo_type="dataset")
    assert status_of(error) == 409
    assert error.value.response.json()["url"].endswith("/datasets/NERSC/iris")
    again = api.create_repo(iris, repo_type="dataset", exist_ok=True)
    assert again.repo_id == iris
    assert len(api.list_repo_commits(iris, repo_type="dataset")) == 1


def test_without_an_organization_it_goes_to_the_own_namespace(api: HfApi) -> None:
    assert api.create_repo("mine", repo_type="dataset").repo_id == "practice-admin/mine"
    api.delete_repo("mine", repo_type="dataset")
    assert not api.repo_exists("practice-admin/mine", repo_type="dataset")


@pytest.mark.parametrize("private", [True, False])
def test_visibility_is_kept(api: HfApi, private: bool) -> None:
    api.create_repo("NERSC/x", repo_type="dataset", private=private)
    assert api.dataset_info("NERSC/x").private is private


def test_settings_change_visibility_and_gating(api: HfApi, iris: str) -> None:
    api.update_repo_settings(iris, repo_type="dataset", private=True)
    api.update_repo_settings(iris, repo_type="dataset", gated="manual")
    info = api.dataset_info(iris)
    assert (info.private, info.gated) == (True, "manual")
    api.update_repo_settings(iris, repo_type="dataset", private=False, gated=False)
    info = api.dataset_info(iris)
    assert (info.private, info.gated) == (False, False)


def test_delete_takes_everything_away(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    api.delete_repo(iris, repo_type="dataset")
    with pytest.raises(RepositoryNotFoundError):
        api.dataset_info(iris)
    with pytest.raises(RepositoryNotFoundError):
        api.delete_repo(iris, repo_type="dataset")
    api.delete_repo(iris, repo_type="dataset", missing_ok=True)
    assert not (practice_hub.storage / "repos" / "NERSC" / "iris").exists()
    assert not list((practice_hub.storage / "staging").iterdir())


def test_a_deleted_name_is_free_again(api: HfApi, iris: str) -> None:
    old = api.dataset_info(iris)
    api.delete_repo(iris, repo_type="dataset")
    api.create_repo(iris, repo_type="dataset")
    assert len(api.list_repo_commits(iris, repo_type="dataset")) == 1
    assert api.dataset_info(iris).__dict__["_id"] != old.__dict__["_id"]


def test_move_keeps_the_history(api: HfApi, iris: str) -> None:
    head = api.dataset_info(iris).sha
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    assert api.dataset_info("NERSC/flowers").sha == head
    assert api.dataset_info(iris).id == "NERSC/flowers"


def test_move_does_not_overwrite(api: HfApi, iris: str) -> None:
    api.create_repo("NERSC/taken", repo_type="dataset")
    head = api.dataset_info("NERSC/taken").sha
    with pytest.raises(HfHubHTTPError) as error:
        api.move_repo(iris, "NERSC/taken", repo_type="dataset")
    assert status_of(error) == 409
    assert "A dataset repository named NERSC/taken already exists" in str(error.value)
    assert api.dataset_info("NERSC/taken").sha == head
    assert api.repo_exists(iris, repo_type="dataset")


def test_other_kinds_of_repositories_are_not_spoken(api: HfApi) -> None:
    with pytest.raises(HfHubHTTPError, match="supports only datasets") as error:
        api.create_repo("NERSC/model")
    assert status_of(error) == 501


def test_auth_check(api: HfApi, iris: str) -> None:
    api.auth_check(iris, repo_type="dataset")
    with pytest.raises(RepositoryNotFoundError):
        api.auth_check("NERSC/none", repo_type="dataset")


def test_raw_is_what_git_holds(api: HfApi, ask: Ask, iris: str) -> None:
    upload = {"repo_id": iris, "repo_type": "dataset"}
    api.upload_file(path_or_fileobj=b"<b>text</b>", path_in_repo="a b.html", **upload)
    api.upload_file(path_or_fileobj=b"\0large", path_in_repo="b.bin", **upload)
    text = ask("GET", "/datasets/NERSC/iris/raw/main/a%20b.html")
    assert (text.body, text.headers["Content-Type"]) == (b"<b>text</b>", "text/plain; charset=utf-8")
    assert ask("GET", "/datasets/NERSC/iris/raw/main/b.bin").body.startswith(b"version https://git-lfs")
    for missing in ("none", "../x", "%2e%2e/repo.json"):
        answer = ask("GET", f"/datasets/NERSC/iris/raw/main/{missing}", role="admin")
        assert (answer.status, answer.headers["X-Error-Code"]) == (404, "EntryNotFound")
    api.update_repo_settings(iris, repo_type="dataset", gated="auto")
    assert ask("GET", "/datasets/NERSC/iris/raw/main/b.bin", role="outsider").status == 403


def test_a_branch_is_squashed_and_the_others_stay(api: HfApi, api_of: Callable[..., HfApi], iris: str) -> None:
    for number in range(3):
        api.upload_file(path_or_fileobj=b"%d" % number, path_in_repo=f"{number}.txt", repo_id=iris, repo_type="dataset")
    api.create_branch(iris, branch="v1", repo_type="dataset")
    with pytest.raises(HfHubHTTPError):
        api_of("read").super_squash_history(iris, repo_type="dataset")
    api.super_squash_history(iris, repo_type="dataset", commit_message="All in one\n\nSay why")
    (commit,) = api.list_repo_commits(iris, repo_type="dataset")
    assert (commit.title, commit.message) == ("All in one", "Say why")
    assert api.list_repo_files(iris, repo_type="dataset") == [".gitattributes", "0.txt", "1.txt", "2.txt"]
    assert len(api.list_repo_commits(iris, revision="v1", repo_type="dataset")) == 4
    with pytest.raises(RevisionNotFoundError):
        api.super_squash_history(iris, branch="none", repo_type="dataset")


def test_a_copy_has_branches_and_files_but_no_discussions(api: HfApi, api_of: Callable[..., HfApi], iris: str) -> None:
    api.upload_file(path_or_fileobj=b"\0x", path_in_repo="b.bin", repo_id=iris, repo_type="dataset")
    api.create_branch(iris, branch="discussions", repo_type="dataset")
    api.create_pull_request(iris, title="A request", repo_type="dataset")
    outsider = api_of("outsider")
    url = outsider.duplicate_repo(iris, repo_type="dataset")
    assert url.repo_id == "practice-outsider/iris"
    refs = api.list_repo_refs(url.repo_id, repo_type="dataset", include_pull_requests=True)
    assert ({ref.name for ref in refs.branches}, refs.pull_requests) == ({"main", "discussions"}, [])
    assert not list(api.get_repo_discussions(url.repo_id, repo_type="dataset"))
    assert api.dataset_info(url.repo_id).sha == api.dataset_info(iris).sha
    outsider.upload_file(path_or_fileobj=b"y", path_in_repo="c.txt", repo_id=url.repo_id, repo_type="dataset")
    assert not api.file_exists(iris, "c.txt", repo_type="dataset")
    with pytest.raises(HfHubHTTPError) as error:
        outsider.duplicate_repo(iris, repo_type="dataset")
    assert status_of(error) == 409
    assert outsider.duplicate_repo(iris, repo_type="dataset", exist_ok=True).repo_id == url.repo_id
    with pytest.raises(HfHubHTTPError) as error:
        outsider.duplicate_repo(iris, to_id="NERSC/copy", repo_type="dataset")
    assert status_of(error) == 403


def test_a_copy_of_a_private_dataset_is_private(api: HfApi, iris: str) -> None:
    api.update_repo_settings(iris, repo_type="dataset", private=True)
    copy = api.duplicate_repo(iris, to_id="NERSC/copy", repo_type="dataset")
    assert api.dataset_info(copy.repo_id).private
