"""Ids as the Hub takes them: in whatever capitals, without a namespace, and those from before a move."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

from tests.practice_hub import FaultyHub


def test_capitals_make_no_difference(api, iris, ask):
    for other in ("nersc/iris", "NERSC/IRIS", "nersc/Iris"):
        assert api.dataset_info(other).id == iris
        answer = ask("GET", f"/api/datasets/{other}?full=true")
        assert (answer.status, answer.headers["Location"]) == (307, "/api/datasets/NERSC/iris?full=true")
        with pytest.raises(HfHubHTTPError) as error:
            api.create_repo(other, repo_type="dataset")
        assert error.value.response.status_code == 409
        assert api.create_repo(other, repo_type="dataset", exist_ok=True)
    assert [info.id for info in api.list_datasets()] == [iris]
    assert [info.id for info in api.list_datasets(author="nersc")] == [iris]


def test_a_new_dataset_belongs_to_the_organization_whatever_the_capitals(api):
    assert api.create_repo("nersc/Iris", repo_type="dataset").repo_id
    assert [info.id for info in api.list_datasets()] == ["NERSC/Iris"]


def test_files_are_written_and_read_by_an_id_in_other_capitals(api, iris):
    api.upload_file(repo_id="nersc/IRIS", repo_type="dataset", path_or_fileobj=b"x", path_in_repo="a.txt")
    assert Path(api.hf_hub_download("nersc/IRIS", "a.txt", repo_type="dataset")).read_bytes() == b"x"
    assert api.file_exists(iris, "a.txt", repo_type="dataset")


def test_only_capitals_can_be_moved(api, iris):
    api.move_repo(iris, "NERSC/Iris", repo_type="dataset")
    assert [info.id for info in api.list_datasets()] == ["NERSC/Iris"]
    with pytest.raises(HfHubHTTPError) as error:
        api.move_repo("NERSC/Iris", "NERSC/Iris", repo_type="dataset")
    assert error.value.response.status_code == 409


def test_the_id_before_a_move_leads_to_the_one_after_it(api, iris, practice_hub, tmp_path):
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    api.move_repo("NERSC/flowers", "practice-admin/plants", repo_type="dataset")
    for former in (iris, "nersc/Flowers"):
        assert api.dataset_info(former).id == "practice-admin/plants"
        api.upload_file(repo_id=former, repo_type="dataset", path_or_fileobj=former.encode(), path_in_repo="a.txt")
        assert Path(api.hf_hub_download(former, "a.txt", repo_type="dataset")).read_bytes() == former.encode()
        (info,) = api.get_paths_info(former, ["a.txt"], repo_type="dataset")
        assert info.size == len(former)
        folder = Path(api.snapshot_download(former, repo_type="dataset", local_dir=tmp_path / former))
        assert (folder / "a.txt").read_bytes() == former.encode()
    practice_hub.stop()
    with FaultyHub(practice_hub.storage) as again:
        assert type(api)(endpoint=again.url).dataset_info(iris).id == "practice-admin/plants"


def test_a_former_id_is_free_and_its_new_owner_comes_first(api, iris):
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    api.create_repo(iris, repo_type="dataset")
    assert api.dataset_info(iris).id == iris
    api.delete_repo(iris, repo_type="dataset")
    assert api.dataset_info("NERSC/flowers").id == "NERSC/flowers"


def test_nothing_is_deleted_or_moved_by_a_former_id(api, iris):
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    with pytest.raises(RepositoryNotFoundError):
        api.delete_repo(iris, repo_type="dataset")
    with pytest.raises(RepositoryNotFoundError):
        api.move_repo(iris, "NERSC/other", repo_type="dataset")
    assert api.repo_exists("NERSC/flowers", repo_type="dataset")


def test_a_dataset_moved_and_deleted_is_gone(api, iris):
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    api.delete_repo("NERSC/flowers", repo_type="dataset")
    assert not api.repo_exists(iris, repo_type="dataset")


def test_there_and_back_again(api, iris):
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    api.move_repo("NERSC/flowers", iris, repo_type="dataset")
    assert api.dataset_info(iris).id == api.dataset_info("NERSC/flowers").id == iris


def test_a_redirect_betrays_no_private_dataset(api, iris, ask):
    api.move_repo(iris, "NERSC/flowers", repo_type="dataset")
    api.update_repo_settings("NERSC/flowers", repo_type="dataset", private=True)
    for former in (iris, "nersc/flowers"):
        answer = ask("GET", f"/api/datasets/{former}", role="outsider")
        assert (answer.status, "Location" in answer.headers) == (404, False)


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"nersc/iris": "nersc/iris"})])
def test_a_damaged_list_of_moves_stops_nothing(tmp_path, content):
    (tmp_path / "hub").mkdir()
    (tmp_path / "hub" / "moved.json").write_text(content)
    with FaultyHub(tmp_path / "hub") as hub:
        assert hub.url


@pytest.mark.parametrize(
    "path",
    [
        "/api/datasets/iris",
        "/api/datasets/iris/revision/main",
        "/api/datasets/iris/tree/main",
        "/api/datasets/iris/commits/main",
        "/datasets/iris/resolve/main/a.txt",
        "/datasets/iris/raw/main/a.txt",
        "/api/datasets/NERSC/none",
        "/datasets/NERSC/none/resolve/main/a.txt",
    ],
)
def test_what_does_not_exist(ask, iris, path):
    known = ask("GET", path, role="outsider")
    assert (known.status, known.headers["X-Error-Code"]) == (404, "RepoNotFound")
    assert ask("GET", path).status == (401 if "NERSC" in path else 404)
    assert known.headers["X-Request-Id"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_follows_an_id_without_a_namespace_makes_no_other_id(ask, iris, method):
    answer = ask(method, "/api/datasets/iris/like", role="admin")
    assert (answer.status, answer.headers["X-Error-Code"]) == (404, "RepoNotFound")
    assert ask(method, "/api/datasets/NERSC/iris", role="admin").status == 501


def test_the_client_says_that_it_does_not_exist(api_of, iris):
    for role in ("admin", None):
        client = api_of(role)
        assert not client.repo_exists("iris", repo_type="dataset")
        with pytest.raises(RepositoryNotFoundError):
            client.dataset_info("NERSC/none")
        with pytest.raises(RepositoryNotFoundError):
            client.hf_hub_download("NERSC/none", "a.txt", repo_type="dataset")


def test_every_answer_has_an_id_of_its_own(ask, iris):
    answers = [ask("GET", path, role="admin") for path in ("/api/datasets", "/api/datasets/x/y", "/api/none", "/")]
    assert len({answer.headers["X-Request-Id"] for answer in answers}) == len(answers)
