from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.community import DiscussionWithDetails
from huggingface_hub.errors import HfHubHTTPError, RevisionNotFoundError

from tests.practice_hub import FaultyHub

if TYPE_CHECKING:
    ApiOf = Callable[[str | None], HfApi]


def put(api: HfApi, repo_id: str, revision: str = "main", **files: str) -> str:
    operations = [CommitOperationAdd(f"{name}.txt", text.encode()) for name, text in files.items()]
    message = f"Put {', '.join(files)}"
    made = api.create_commit(repo_id, operations, commit_message=message, repo_type="dataset", revision=revision)
    return made.oid


def propose(api: HfApi, repo_id: str, **files: str) -> int:
    operations = [CommitOperationAdd(f"{name}.txt", text.encode()) for name, text in files.items()]
    made = api.create_commit(
        repo_id,
        operations,
        commit_message="Propose it",
        commit_description="Because.",
        repo_type="dataset",
        create_pr=True,
    )
    assert made.pr_num is not None
    assert made.pr_revision == f"refs/pr/{made.pr_num}"
    return made.pr_num


def details(api: HfApi, repo_id: str, num: int) -> DiscussionWithDetails:
    return api.get_discussion_details(repo_id, num, repo_type="dataset")


def text(api: HfApi, repo_id: str, name: str, tmp_path: Path, revision: str = "main") -> str:
    local = api.hf_hub_download(
        repo_id, f"{name}.txt", repo_type="dataset", revision=revision, cache_dir=tmp_path / "c"
    )
    return Path(local).read_text()


def names(api: HfApi, repo_id: str, revision: str = "main") -> set[str]:
    return set(api.list_repo_files(repo_id, repo_type="dataset", revision=revision))


def test_a_commit_may_be_a_pull_request(api: HfApi, api_of: ApiOf, iris: str, practice_hub: FaultyHub) -> None:
    head = api.dataset_info(iris).sha
    reader = api_of("read")
    num = propose(reader, iris, new="text\n")
    assert api.dataset_info(iris).sha == head
    assert "new.txt" in names(api, iris, f"refs/pr/{num}")
    found = details(api, iris, num)
    assert (found.title, found.author, found.status) == ("Propose it", "practice-reader", "open")
    assert (found.is_pull_request, found.target_branch) == (True, "refs/heads/main")
    assert (found.conflicting_files, found.merge_commit_oid) == ([], None)
    assert found.url == f"{practice_hub.url}/datasets/NERSC/iris/discussions/{num}"
    assert found.diff is not None
    assert "+text" in found.diff
    opening, committed = found.events
    assert (opening.type, opening.content) == ("comment", "Because.")  # type: ignore[attr-defined]
    assert (committed.type, committed.summary) == ("commit", "Propose it")  # type: ignore[attr-defined]
    refs = api.list_repo_refs(iris, repo_type="dataset", include_pull_requests=True)
    assert [ref.ref for ref in refs.pull_requests or ()] == ["refs/pr/1"]
    assert [ref.name for ref in refs.branches] == ["main"]


def test_merging_makes_one_commit_on_main(api: HfApi, api_of: ApiOf, iris: str, tmp_path: Path) -> None:
    num = propose(api_of("read"), iris, new="1\n")
    put(api_of("read"), iris, f"refs/pr/{num}", new="2\n", more="m\n")
    put(api, iris, other="meanwhile\n")
    api.merge_pull_request(iris, num, repo_type="dataset", comment="Thanks.")
    found = details(api, iris, num)
    assert (found.status, found.merge_commit_oid) == ("merged", api.dataset_info(iris).sha)
    newest = api.list_repo_commits(iris, repo_type="dataset")[0]
    assert newest.title == "Propose it (#1)"
    assert "Co-authored-by: practice-reader" in newest.message
    assert newest.message.count("\n- ") == 1
    assert text(api, iris, "new", tmp_path) == "2\n"
    assert names(api, iris) == {".gitattributes", "new.txt", "more.txt", "other.txt"}
    assert [event.type for event in found.events][-2:] == ["comment", "status-change"]
    with pytest.raises(HfHubHTTPError, match="is merged"):
        api.merge_pull_request(iris, num, repo_type="dataset")
    with pytest.raises(HfHubHTTPError, match="is merged"):
        put(api, iris, f"refs/pr/{num}", late="x\n")


def test_merging_takes_deletions_along(api: HfApi, iris: str) -> None:
    put(api, iris, a="a\n", b="b\n")
    made = api.create_commit(
        iris,
        [CommitOperationDelete("a.txt")],
        commit_message="Drop a",
        repo_type="dataset",
        create_pr=True,
    )
    assert made.pr_num is not None
    api.merge_pull_request(iris, made.pr_num, repo_type="dataset")
    assert names(api, iris) == {".gitattributes", "b.txt"}


def test_a_conflict_is_shown_and_not_merged(api: HfApi, iris: str, tmp_path: Path) -> None:
    put(api, iris, a="old\n")
    num = propose(api, iris, a="theirs\n", b="new\n")
    head = put(api, iris, a="ours\n")
    assert details(api, iris, num).conflicting_files == ["a.txt"]
    with pytest.raises(HfHubHTTPError, match=r"Conflicts with main in a\.txt") as error:
        api.merge_pull_request(iris, num, repo_type="dataset")
    assert error.value.response.status_code == 409
    assert api.dataset_info(iris).sha == head
    put(api, iris, a="theirs\n")  # the same change on both sides is no conflict
    assert details(api, iris, num).conflicting_files == []
    api.merge_pull_request(iris, num, repo_type="dataset")
    assert text(api, iris, "a", tmp_path) == "theirs\n"


def test_a_pull_request_without_changes_is_a_draft(api: HfApi, iris: str) -> None:
    made = api.create_pull_request(iris, "Later", repo_type="dataset", description="soon")
    assert (made.status, made.is_pull_request) == ("draft", True)
    with pytest.raises(HfHubHTTPError, match="no changes"):
        api.merge_pull_request(iris, made.num, repo_type="dataset")
    put(api, iris, made.git_reference or "", now="x\n")
    api.change_discussion_status(iris, made.num, "open", repo_type="dataset")
    api.merge_pull_request(iris, made.num, repo_type="dataset")
    assert "now.txt" in names(api, iris)


def test_close_and_reopen(api: HfApi, iris: str) -> None:
    num = propose(api, iris, a="a\n")
    changed = api.change_discussion_status(iris, num, "closed", repo_type="dataset", comment="not now")
    assert changed.new_status == "closed"
    assert details(api, iris, num).status == "closed"
    with pytest.raises(HfHubHTTPError, match="is closed"):
        put(api, iris, f"refs/pr/{num}", b="b\n")
    with pytest.raises(HfHubHTTPError, match="is closed"):
        api.merge_pull_request(iris, num, repo_type="dataset")
    api.change_discussion_status(iris, num, "open", repo_type="dataset")
    put(api, iris, f"refs/pr/{num}", b="b\n")


def test_discussions_comments_and_titles(api: HfApi, api_of: ApiOf, iris: str) -> None:
    made = api_of("outsider").create_discussion(iris, "A question", repo_type="dataset")
    assert (made.num, made.status, made.is_pull_request) == (1, "open", False)
    said = api.comment_discussion(iris, 1, "An *answer*", repo_type="dataset")
    assert (said.content, said.author, said.edited) == ("An *answer*", "practice-admin", False)
    renamed = api.rename_discussion(iris, 1, "Solved", repo_type="dataset")
    assert (renamed.old_title, renamed.new_title) == ("A question", "Solved")
    found = details(api, iris, 1)
    assert found.title == "Solved"
    assert [event.type for event in found.events] == ["comment", "comment", "title-change"]
    with pytest.raises(HfHubHTTPError, match="is not a pull request"):
        api.merge_pull_request(iris, 1, repo_type="dataset")
    with pytest.raises(HfHubHTTPError, match="no discussion #7"):
        details(api, iris, 7)


def test_numbers_are_shared_and_the_list_is_filtered(api: HfApi, api_of: ApiOf, iris: str) -> None:
    api.create_discussion(iris, "one", repo_type="dataset")
    propose(api_of("read"), iris, a="a\n")
    propose(api, iris, b="b\n")
    api.change_discussion_status(iris, 3, "closed", repo_type="dataset")

    def listed(**options: str) -> list[int]:
        found = api.get_repo_discussions(iris, repo_type="dataset", **options)  # type: ignore[arg-type]
        return [discussion.num for discussion in found]

    assert listed() == [3, 2, 1]
    assert listed(discussion_type="pull_request") == [3, 2]
    assert listed(discussion_type="discussion") == [1]
    assert listed(discussion_status="open") == [2, 1]
    assert listed(discussion_status="closed") == [3]
    assert listed(author="practice-reader") == [2]


def test_the_list_comes_in_pages(tmp_path: Path) -> None:
    with FaultyHub(tmp_path, page_size=2) as hub:
        api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
        api.create_repo("NERSC/x", repo_type="dataset")
        for number in range(5):
            api.create_discussion("NERSC/x", f"{number}", repo_type="dataset")
        found = list(api.get_repo_discussions("NERSC/x", repo_type="dataset"))
        assert [discussion.num for discussion in found] == [5, 4, 3, 2, 1]


def test_a_pull_request_ref_without_its_file_does_not_block_the_next(
    api: HfApi, iris: str, practice_hub: FaultyHub
) -> None:
    """As a crash between the two would leave it."""
    propose(api, iris, a="a\n")
    (practice_hub.storage / "repos" / "NERSC" / "iris" / "discussions" / "1.json").unlink()
    assert propose(api, iris, b="b\n") == 2


def test_branches_and_tags(api: HfApi, iris: str) -> None:
    first = api.dataset_info(iris).sha
    put(api, iris, a="a\n")
    api.create_branch(iris, branch="dev/x", revision=first, repo_type="dataset")
    api.create_branch(iris, branch="dev/x", repo_type="dataset", exist_ok=True)
    api.create_tag(iris, tag="v1.0", repo_type="dataset")
    refs = api.list_repo_refs(iris, repo_type="dataset")
    assert {ref.name: ref.target_commit for ref in refs.branches}["dev/x"] == first
    assert [(ref.name, ref.ref) for ref in refs.tags] == [("v1.0", "refs/tags/v1.0")]
    with pytest.raises(HfHubHTTPError) as error:
        api.create_branch(iris, branch="dev/x", repo_type="dataset")
    assert error.value.response.status_code == 409
    assert "Reference refs/heads/dev/x already exists" in str(error.value)
    for bad in ("../x", "a..b", "x.lock", ".x", "-x/"):
        with pytest.raises(HfHubHTTPError, match="Invalid reference for a tag"):
            api.create_tag(iris, tag=bad, repo_type="dataset")
    with pytest.raises(RevisionNotFoundError):
        api.create_tag(iris, tag="a bad name", revision="none", repo_type="dataset")
    api.delete_branch(iris, branch="dev/x", repo_type="dataset")
    api.delete_tag(iris, tag="v1.0", repo_type="dataset")
    refs = api.list_repo_refs(iris, repo_type="dataset")
    assert ([ref.name for ref in refs.branches], refs.tags) == (["main"], [])
    with pytest.raises(HfHubHTTPError, match="Cannot delete refs/heads/main"):
        api.delete_branch(iris, branch="main", repo_type="dataset")


def test_a_comment_is_edited_and_hidden(api: HfApi, api_of: ApiOf, iris: str, practice_hub: FaultyHub) -> None:
    num = api.create_discussion(iris, "A question", description="First", repo_type="dataset").num
    (first,) = api.get_discussion_details(iris, num, repo_type="dataset").events
    edited = api.edit_discussion_comment(iris, num, first.id, "**Second**", repo_type="dataset")
    (kept,) = api.get_discussion_details(iris, num, repo_type="dataset").events
    assert (kept.id, kept.content, kept.edited, kept.hidden) == (first.id, "**Second**", True, False)
    assert [entry["raw"] for entry in kept.edit_history] == ["First"]
    assert edited == kept
    with pytest.raises(HfHubHTTPError) as error:
        api_of("outsider").edit_discussion_comment(iris, num, first.id, "Mine", repo_type="dataset")
    assert error.value.response.status_code == 403
    with pytest.raises(HfHubHTTPError) as error:
        api.edit_discussion_comment(iris, num, "0" * 24, "None", repo_type="dataset")
    assert error.value.response.status_code == 404
    with pytest.warns(UserWarning, match="irreversible"):
        hidden = api.hide_discussion_comment(iris, num, first.id, repo_type="dataset")
    assert hidden.hidden
    stored = (practice_hub.storage / "repos" / iris / "discussions" / f"{num}.json").read_text()
    assert not any(text in stored for text in ("First", "Second"))
    with pytest.raises(HfHubHTTPError) as error:
        api.edit_discussion_comment(iris, num, first.id, "Again", repo_type="dataset")
    assert error.value.response.status_code == 400
