from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.errors import (
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from tests.practice_hub import FaultyHub

CARD = """---
pretty_name: Iris
license: cc0-1.0
language: [en, no]
size_categories: n<1K
task_categories:
- tabular-classification
tags: [biology, tabular]
viewer: false
released: 2024-05-06
other: {deep: [1, 2.5, null]}
---
# Iris

150 flowers, measured by Fisher ([paper](https://arxiv.org/abs/2101.00001v2),
https://arxiv.org/pdf/hep-th/9901001, https://hf.co/papers/2106.09685).
"""


def add_card(api: HfApi, repo_id: str, card: str = CARD) -> str:
    operations = [CommitOperationAdd("README.md", card.encode())]
    made = api.create_commit(repo_id, operations, commit_message="Card", repo_type="dataset")
    return made.oid


def test_info_says_all_that_the_card_says(api: HfApi, iris: str) -> None:
    oid = add_card(api, iris)
    info = api.dataset_info(iris)
    assert (info.id, info.author, info.sha) == ("NERSC/iris", "NERSC", oid)
    assert (info.private, info.gated, info.disabled) == (False, False, False)
    assert info.created_at is not None
    assert info.last_modified is not None
    assert info.last_modified >= info.created_at
    assert info.tags == [
        "task_categories:tabular-classification",
        "language:en",
        "language:no",
        "license:cc0-1.0",
        "size_categories:n<1K",
        "biology",
        "tabular",
        "arxiv:2101.00001",
        "arxiv:hep-th/9901001",
        "arxiv:2106.09685",
        "region:us",
    ]
    data = info.card_data.to_dict()
    assert (data["pretty_name"], data["language"], data["viewer"]) == ("Iris", ["en", "no"], False)
    assert data["released"] == "2024-05-06"
    assert data["other"] == {"deep": [1, 2.5, None]}
    assert [sibling.rfilename for sibling in info.siblings] == [".gitattributes", "README.md"]


def test_info_with_files_metadata(api: HfApi, iris: str) -> None:
    operations = [CommitOperationAdd("x.bin", b"\0" * 999)]
    api.create_commit(iris, operations, commit_message="x", repo_type="dataset")
    siblings = {s.rfilename: s for s in api.dataset_info(iris, files_metadata=True).siblings}
    assert siblings["x.bin"].size == siblings["x.bin"].lfs.size == 999
    assert siblings[".gitattributes"].lfs is None
    assert siblings[".gitattributes"].size > 0


def test_info_of_a_revision(api: HfApi, iris: str) -> None:
    first = api.dataset_info(iris).sha
    second = add_card(api, iris)
    api.create_branch(iris, branch="old", revision=first, repo_type="dataset")
    assert api.dataset_info(iris, revision=first).sha == first
    assert api.dataset_info(iris, revision="old").sha == first
    assert api.dataset_info(iris, revision="refs/heads/main").sha == second
    for revision in ("nowhere", "0" * 40, "refs/pr/9"):
        with pytest.raises(RevisionNotFoundError):
            api.dataset_info(iris, revision=revision)


def test_info_expands_only_what_is_asked_for(api: HfApi, iris: str) -> None:
    add_card(api, iris)
    info = api.dataset_info(iris, expand=["cardData", "sha"])
    assert info.sha
    assert info.card_data["pretty_name"] == "Iris"
    assert info.tags is None
    assert info.siblings is None


@pytest.mark.parametrize("repo_id", ["NERSC/none", "none/iris", "iris", "NERSC"])
def test_what_is_not_there_is_not_found(api: HfApi, iris: str, repo_id: str) -> None:
    with pytest.raises(RepositoryNotFoundError):
        api.dataset_info(repo_id)


@pytest.mark.parametrize("front_matter", ["---\na: [\n---\n", "---\n- list\n---\n", "no yaml"])
def test_a_card_that_cannot_be_read_counts_as_empty(api: HfApi, iris: str, front_matter: str) -> None:
    from huggingnersc_lab.sandbox.cards import read_card

    assert read_card(front_matter).data == {}


@pytest.fixture
def many(api: HfApi) -> list[str]:
    for name, extra in (("iris", "mit"), ("iris-two", "mit"), ("wine", "cc0-1.0")):
        api.create_repo(f"NERSC/{name}", repo_type="dataset")
        add_card(api, f"NERSC/{name}", f"---\nlicense: {extra}\ntags: [{name}, flower]\n---\n")
    api.create_repo("practice-admin/iris", repo_type="dataset")
    return ["NERSC/iris", "NERSC/iris-two", "NERSC/wine"]


def listed(api: HfApi, **options: object) -> list[str]:
    return sorted(info.id for info in api.list_datasets(**options))  # type: ignore[arg-type]


def test_list_by_author_search_and_filter(api: HfApi, many: list[str]) -> None:
    assert listed(api) == [*many, "practice-admin/iris"]
    assert listed(api, author="NERSC") == many
    assert listed(api, search="IRIS") == [*many[:2], "practice-admin/iris"]
    assert listed(api, author="NERSC", search="iris", dataset_name="two") == [many[1]]
    assert listed(api, filter="license:mit") == many[:2]
    assert listed(api, filter=["license:mit", "iris"]) == [many[0]]
    assert listed(api, filter=["license:mit", "wine"]) == []
    assert listed(api, author="nobody") == []
    api.update_repo_settings(many[0], repo_type="dataset", gated="auto")
    assert listed(api, gated=True) == [many[0]]


def test_list_in_full_and_in_short(api: HfApi, many: list[str]) -> None:
    full = {info.id: info for info in api.list_datasets(author="NERSC", full=True)}
    assert full[many[2]].card_data["license"] == "cc0-1.0"
    assert [s.rfilename for s in full[many[2]].siblings] == [".gitattributes", "README.md"]
    short = {info.id: info for info in api.list_datasets(author="NERSC")}
    assert short[many[2]].siblings is None
    assert short[many[2]].card_data is None
    assert "license:cc0-1.0" in short[many[2]].tags


def test_list_is_sorted(api: HfApi, many: list[str]) -> None:
    dates = [info.created_at for info in api.list_datasets(sort="created_at")]
    assert dates == sorted(dates, reverse=True)
    with pytest.raises(HfHubHTTPError, match="Unknown sort"):
        list(api.list_datasets(sort="size"))  # type: ignore[arg-type]


def test_list_comes_in_pages(tmp_path: Path) -> None:
    with FaultyHub(tmp_path, page_size=2) as hub:
        api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
        names = [f"NERSC/d{number}" for number in range(5)]
        for name in names:
            api.create_repo(name, repo_type="dataset")
            add_card(api, name)
        hub.clear_requests()
        assert listed(api, filter=["license:cc0-1.0", "biology"]) == names
        assert len(hub.requests) == 3
        hub.clear_requests()
        assert len(listed(api, limit=3)) == 3
        assert len(hub.requests) == 2


def test_tags_by_type_hold_the_vocabulary(api: HfApi) -> None:
    tags = api.get_dataset_tags()
    licenses = {entry["id"] for entry in tags["license"]}
    assert {"license:mit", "license:cc0-1.0", "license:apache-2.0"} <= licenses
    tasks = {entry["id"]: entry["label"] for entry in tags["task_categories"]}
    assert tasks["task_categories:tabular-classification"] == "Tabular Classification"
    assert all(e["type"] == kind for kind, entries in tags.items() for e in entries)
