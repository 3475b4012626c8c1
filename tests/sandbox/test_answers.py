"""Details of answers that clients depend on."""

from __future__ import annotations

import pytest
from huggingface_hub import CommitOperationDelete
from huggingface_hub.errors import HfHubHTTPError, RevisionNotFoundError


@pytest.mark.parametrize("path", ["/api/datasets", "/api/datasets/NERSC/iris"])
def test_an_unknown_member_is_refused_with_the_known_ones(ask, iris, path):
    answer = ask("GET", f"{path}?expand=author&expand=foo")
    assert answer.status == 400
    assert '"foo"' in answer.json["error"]
    assert "author, cardData" in answer.json["error"]


def test_downloads_of_all_time_come_when_they_are_asked_for(api, iris):
    assert api.dataset_info(iris, expand=["downloadsAllTime"]).downloads_all_time == 0
    (info,) = api.list_datasets(expand=["author", "downloadsAllTime"])
    assert (info.author, info.downloads_all_time) == ("NERSC", 0)
    assert api.dataset_info(iris).downloads_all_time is None


def test_a_commit_can_be_named_by_its_first_letters(api, iris):
    sha = api.dataset_info(iris).sha
    api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=b"x", path_in_repo="a.txt")
    for length in (7, 12, 39):
        assert api.dataset_info(iris, revision=sha[:length]).sha == sha
    api.create_tag(iris, tag="first", revision=sha[:8], repo_type="dataset")
    assert api.dataset_info(iris, revision="first").sha == sha
    for wrong in (sha[:6], "0" * 7, "0" * 40):
        with pytest.raises(RevisionNotFoundError):
            api.dataset_info(iris, revision=wrong)


def test_the_first_letters_of_a_file_or_folder_name_no_commit(api, iris):
    (entry,) = api.list_repo_tree(iris, repo_type="dataset")
    with pytest.raises(RevisionNotFoundError):
        api.dataset_info(iris, revision=entry.blob_id[:10])


def test_a_folder_is_deleted_as_if_it_were_a_file(api, iris):
    for path in ("a/b/c.txt", "a/d.txt", "ab.txt"):
        api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=b"x", path_in_repo=path)
    delete = CommitOperationDelete("a", is_folder=False)
    api.create_commit(iris, [delete], commit_message="delete", repo_type="dataset")
    assert api.list_repo_files(iris, repo_type="dataset") == [".gitattributes", "ab.txt"]


def test_a_path_out_of_the_repository_cannot_be_processed(api, iris):
    with pytest.raises(HfHubHTTPError) as error:
        api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=b"x", path_in_repo="..\\ddd")
    assert error.value.response.status_code == 422


def test_a_stale_parent_is_told_in_the_hubs_words(api, iris):
    parent = api.dataset_info(iris).sha
    for number in range(2):
        upload = {"path_or_fileobj": b"%d" % number, "path_in_repo": "a.txt", "parent_commit": parent}
        if number == 0:
            api.upload_file(repo_id=iris, repo_type="dataset", **upload)
    with pytest.raises(HfHubHTTPError, match="The branch was updated since you opened this page") as error:
        api.upload_file(repo_id=iris, repo_type="dataset", **upload)
    assert error.value.response.status_code == 412


CARDS = {
    "---\nlicense: none-such\n---\n": 400,
    "\n\n---\nlicense: none-such\n---\n": 400,
    "---\nlanguage: en-US\n---\n": 400,
    "---\nlanguage: [en, de-CH]\n---\n": 400,
    "---\nlanguage: zh_Hans\n---\n": 400,
    "\n---\nlicense: mit\n---\n": 200,
}


@pytest.mark.parametrize(("card", "status"), CARDS.items())
def test_a_card_is_checked(ask, card, status):
    body = {"content": card, "repoType": "dataset"}
    answer = ask("POST", "/api/validate-yaml", body)
    assert (answer.status, bool(answer.json["errors"])) == (status, status == 400)
    text = ask("POST", "/api/validate-yaml", body, Accept="text/plain")
    assert (text.status, text.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert text.body.decode().startswith("- Error: ") == (status == 400)


def test_a_language_of_bcp_47_is_told_where_it_belongs(ask):
    answer = ask("POST", "/api/validate-yaml", {"content": "---\nlanguage: [en, en-US]\n---\n"})
    (error,) = answer.json["errors"]
    assert error["message"].startswith('"language[1]"')
    assert "language_bcp47" in error["message"]


def test_a_backslash_is_refused_at_the_beginning_only(api, iris, tmp_path):
    name = "folder/..\\..\\file.txt"
    api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=b"x", path_in_repo=name)
    assert name in api.list_repo_files(iris, repo_type="dataset")
    with pytest.raises(ValueError, match="Invalid filename"):
        api.hf_hub_download(iris, name, repo_type="dataset", local_dir=tmp_path)
    for bad in ("\\x", "..\\x"):
        with pytest.raises(HfHubHTTPError) as error:
            api.upload_file(repo_id=iris, repo_type="dataset", path_or_fileobj=b"x", path_in_repo=bad)
        assert error.value.response.status_code == 422
