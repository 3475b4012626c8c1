from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from dulwich import porcelain
from huggingface_hub import (
    CommitOperation,
    CommitOperationAdd,
    CommitOperationCopy,
    CommitOperationDelete,
    HfApi,
    get_session,
)
from huggingface_hub.errors import (
    EntryNotFoundError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from tests.practice_hub import FaultyHub

CARD = b"---\npretty_name: Iris\nlicense: mit\n---\n# Iris\n"


def files(api: HfApi, repo_id: str, revision: str = "main") -> list[str]:
    return sorted(api.list_repo_files(repo_id, repo_type="dataset", revision=revision))


def commit(api: HfApi, repo_id: str, operations: list[CommitOperation], **options: object) -> str:
    options = {"commit_message": "Change", **options}
    return api.create_commit(repo_id, operations, repo_type="dataset", **options).oid


def add(path: str, content: bytes = b"text\n") -> CommitOperationAdd:
    return CommitOperationAdd(path, content)


def content(api: HfApi, repo_id: str, path: str, tmp_path: Path, revision: str = "main") -> bytes:
    local = api.hf_hub_download(repo_id, path, repo_type="dataset", revision=revision, cache_dir=tmp_path / "cache")
    return Path(local).read_bytes()


def test_one_commit_of_card_and_loader(api: HfApi, iris: str, practice_hub: FaultyHub, tmp_path: Path) -> None:
    head = api.dataset_info(iris).sha
    made = api.create_commit(
        iris,
        [add("README.md", CARD), add("load/iris.py", b"print(1)\n")],
        commit_message="Add  card\nand loader",
        commit_description="By hand.\n\nTwice.",
        repo_type="dataset",
        parent_commit=head,
    )
    assert made.commit_url == f"{practice_hub.url}/datasets/NERSC/iris/commit/{made.oid}"
    assert api.dataset_info(iris).sha == made.oid
    newest, first = api.list_repo_commits(iris, repo_type="dataset")
    assert newest.commit_id == made.oid
    assert (newest.title, newest.message) == ("Add card and loader", "By hand.\n\nTwice.")
    assert first.commit_id == head
    assert files(api, iris) == [".gitattributes", "README.md", "load/iris.py"]
    assert content(api, iris, "load/iris.py", tmp_path) == b"print(1)\n"


def test_the_repository_is_a_real_git_repository(
    api: HfApi, iris: str, practice_hub: FaultyHub, tmp_path: Path
) -> None:
    oid = commit(api, iris, [add("a/b.txt", b"deep\n")])
    folder = practice_hub.storage / "repos" / "NERSC" / "iris"
    assert not list(porcelain.fsck(str(folder)))
    with porcelain.open_repo_closing(str(folder)) as repo:
        assert repo.refs[b"refs/heads/main"].decode() == oid
        assert repo.get_config().get_boolean(b"core", b"fsyncObjectFiles") is True
    with porcelain.clone(str(folder), str(tmp_path / "clone"), errstream=porcelain.NoneStream()):
        assert (tmp_path / "clone" / "a" / "b.txt").read_bytes() == b"deep\n"


def test_a_stale_parent_is_refused_and_changes_nothing(api: HfApi, iris: str) -> None:
    old = api.dataset_info(iris).sha
    new = commit(api, iris, [add("a.txt")])
    with pytest.raises(HfHubHTTPError, match="The branch was updated since you opened this page") as error:
        commit(api, iris, [add("b.txt")], parent_commit=old)
    assert error.value.response.status_code == 412
    assert api.dataset_info(iris).sha == new
    with pytest.raises(HfHubHTTPError) as error:
        commit(api, iris, [add("b.txt")], parent_commit=old, create_pr=True)
    assert error.value.response.status_code == 412
    assert not list(api.get_repo_discussions(iris, repo_type="dataset"))


def test_of_simultaneous_commits_on_one_parent_exactly_one_wins(
    api_of: Callable[[str | None], HfApi], iris: str
) -> None:
    head = api_of("admin").dataset_info(iris).sha
    start = threading.Barrier(6)
    results: list[str] = []

    def try_it(number: int) -> None:
        own = api_of("write")
        start.wait()
        try:
            results.append(commit(own, iris, [add(f"{number}.txt")], parent_commit=head))
        except HfHubHTTPError as error:
            results.append(str(error.response.status_code))

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("412") == 5
    (winner,) = set(results) - {"412"}
    assert api_of(None).dataset_info(iris).sha == winner
    assert len(api_of(None).list_repo_commits(iris, repo_type="dataset")) == 2


def test_unchanged_files_are_not_sent_again(api: HfApi, iris: str, practice_hub: FaultyHub) -> None:
    oid = commit(api, iris, [add("a.txt"), add("big.bin", b"\0" * 5000)])
    practice_hub.clear_requests()
    assert commit(api, iris, [add("a.txt"), add("big.bin", b"\0" * 5000)]) == oid
    assert not [r for r in practice_hub.requests if "/commit/" in r.path]


def test_delete_file_and_folder(api: HfApi, iris: str) -> None:
    commit(api, iris, [add("a.txt"), add("d/1.txt"), add("d/e/2.txt"), add("dd.txt")])
    commit(api, iris, [CommitOperationDelete("a.txt"), CommitOperationDelete("d/")])
    assert files(api, iris) == [".gitattributes", "dd.txt"]
    with pytest.raises(EntryNotFoundError, match="A file with this name doesn't exist"):
        commit(api, iris, [CommitOperationDelete("a.txt")])
    with pytest.raises(EntryNotFoundError):
        commit(api, iris, [CommitOperationDelete("nothing/")])


def test_copy_within_the_dataset(api: HfApi, iris: str, tmp_path: Path) -> None:
    commit(api, iris, [add("a.txt", b"small\n"), add("a.bin", b"\0large")])
    commit(api, iris, [CommitOperationCopy("a.txt", "b.txt"), CommitOperationCopy("a.bin", "b.bin")])
    assert content(api, iris, "b.txt", tmp_path) == b"small\n"
    assert content(api, iris, "b.bin", tmp_path) == b"\0large"


def test_gitignore_keeps_files_out(api: HfApi, iris: str) -> None:
    commit(api, iris, [add(".gitignore", b"*.log\n"), add("run.log"), add("a.txt")])
    assert files(api, iris) == [".gitattributes", ".gitignore", "a.txt"]
    commit(api, iris, [add("other.log"), add("b.txt")])
    assert files(api, iris) == [".gitattributes", ".gitignore", "a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("path", "data", "is_large"),
    [
        ("text.txt", b"plain\n", False),
        ("utf8.txt", "ä".encode() * 400, False),
        ("cut.txt", b"a" + "ä".encode() * 400, False),  # the sample ends inside a letter
        ("latin1.txt", "ä".encode("latin-1") * 400, True),
        ("unknown.xyz", b"a\0b", True),
        ("table.parquet", b"text, but .gitattributes says large", True),
        ("huge.txt", b"x" * (10 * 1024 * 1024 + 1), True),
        ("just-fits.txt", b"x" * (10 * 1024 * 1024), False),
        ("empty.parquet", b"", False),
    ],
)
def test_the_server_decides_what_is_large(
    api: HfApi, iris: str, tmp_path: Path, path: str, data: bytes, is_large: bool
) -> None:
    commit(api, iris, [add(path, data)])
    (info,) = api.get_paths_info(iris, path, repo_type="dataset")
    assert (info.lfs is not None) is is_large
    assert info.size == len(data)
    assert content(api, iris, path, tmp_path) == data


def test_gitattributes_of_the_dataset_are_honoured(api: HfApi, iris: str) -> None:
    attributes = b"*.csv filter=lfs diff=lfs merge=lfs -text\n*.raw -filter\n[a filter=lfs\n"
    commit(api, iris, [add(".gitattributes", attributes)])
    commit(api, iris, [add("t.csv", b"1,2\n"), add("t.raw", b"text\n")])
    infos = {i.path: i for i in api.get_paths_info(iris, ["t.csv", "t.raw"], repo_type="dataset")}
    assert infos["t.csv"].lfs is not None
    assert infos["t.raw"].lfs is None


def test_a_card_with_wrong_metadata_is_refused(api: HfApi, iris: str) -> None:
    head = api.dataset_info(iris).sha
    with pytest.raises(ValueError, match='"license" must be one of'):
        commit(api, iris, [add("README.md", b"---\nlicense: apache2\n---\n")])
    assert api.dataset_info(iris).sha == head


def test_commits_go_to_the_branch_that_is_named(api: HfApi, iris: str) -> None:
    api.create_branch(iris, branch="feature/x", repo_type="dataset")
    commit(api, iris, [add("a.txt")], revision="feature/x")
    assert "a.txt" in files(api, iris, "feature/x")
    assert "a.txt" not in files(api, iris)
    with pytest.raises(RevisionNotFoundError):
        commit(api, iris, [add("a.txt")], revision="nowhere")
    with pytest.raises(RepositoryNotFoundError):
        commit(api, "NERSC/none", [add("a.txt")])


def test_the_history_comes_in_pages(tmp_path: Path) -> None:
    with FaultyHub(tmp_path, page_size=2) as hub:
        api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
        api.create_repo("NERSC/x", repo_type="dataset")
        for number in range(4):
            commit(api, "NERSC/x", [add("a.txt", b"%d" % number)], commit_message=f"<{number}>")
        found = api.list_repo_commits("NERSC/x", repo_type="dataset", formatted=True)
        assert [c.title for c in found] == ["<3>", "<2>", "<1>", "<0>", "initial commit"]
        assert found[0].formatted_title == "&lt;3&gt;"
        assert sum("/commits/" in request.path for request in hub.requests) == 3


@pytest.mark.parametrize(
    ("limit", "titles"), [(2, ["2", "1"]), (3, ["2", "1", "0"]), (0, ["2"]), (99, ["2", "1", "0"])]
)
def test_a_page_of_the_history_is_as_long_as_one_wants(limit: int, titles: list[str], tmp_path: Path) -> None:
    with FaultyHub(tmp_path, page_size=3) as hub:
        api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
        api.create_repo("NERSC/x", repo_type="dataset")
        for number in range(3):
            commit(api, "NERSC/x", [add("a.txt", b"%d" % number)], commit_message=str(number))
        page = f"{hub.url}/api/datasets/NERSC/x/commits/main"
        first = get_session().get(page, params={"limit": limit})
        assert [row["title"] for row in first.json()] == titles
        second = get_session().get(first.links["next"]["url"])
        assert (titles + [row["title"] for row in second.json()])[:4] == ["2", "1", "0", "initial commit"][
            : len(titles) * 2
        ]


def test_upload_file_and_folder(api: HfApi, iris: str, tmp_path: Path) -> None:
    (tmp_path / "f" / "sub").mkdir(parents=True)
    (tmp_path / "f" / "a.txt").write_text("a")
    (tmp_path / "f" / "sub" / "b.bin").write_bytes(b"\0b")
    api.upload_folder(repo_id=iris, folder_path=tmp_path / "f", repo_type="dataset")
    api.upload_file(path_or_fileobj=b"c", path_in_repo="c.txt", repo_id=iris, repo_type="dataset")
    assert files(api, iris) == [".gitattributes", "a.txt", "c.txt", "sub/b.bin"]
    assert content(api, iris, "sub/b.bin", tmp_path) == b"\0b"
    api.delete_file("c.txt", iris, repo_type="dataset")
    api.delete_folder("sub", iris, repo_type="dataset")
    assert files(api, iris) == [".gitattributes", "a.txt"]
