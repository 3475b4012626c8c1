"""A repository that is on the Hub already becomes one entry of the catalog, and what people wrote on its card stays."""

from __future__ import annotations

import base64
import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.validation import validate
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace.draft_checks import content_of_repository
from huggingnersc_lab.workspace.drafts import DraftContent
from tests.practice_hub import FaultyHub

REPO = "NERSC/sky"
CARD = """\
---
# our own comment
license: [mit]
pretty_name: Sky
language: en
size_categories: 1K<n<10K
tags: [astronomy, fits]
configs:
- config_name: default
  data_files: "*.fits"
my_key: 7
---

# The sky, night after night

![a badge](https://example.org/badge.svg)

Maps of the whole sky.

They are ours.

## Citation

Cite us like this.

## How we made it

By looking up.
"""


@pytest.fixture
def api(practice_hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])


@pytest.fixture
def sky(api: HfApi) -> str:
    """The commit that a repository of other people is at."""
    api.create_repo(REPO, repo_type="dataset")
    upload(api, "sky.fits", b"stars")
    return upload(api, "README.md", CARD.encode())


def upload(api: HfApi, path: str, content: bytes) -> str:
    done = api.upload_file(path_or_fileobj=content, path_in_repo=path, repo_id=REPO, repo_type="dataset")
    return str(done.oid)


def adopt(catalog: Catalog, name: str = "sky", **options: Any) -> Any:
    content = content_of_repository(catalog, name)
    return publish(catalog, content, **options)


def publish(catalog: Catalog, content: DraftContent, **options: Any) -> Any:
    values = {**content.values, **options.pop("values", {})}
    submission = catalog.read(values)
    return catalog.publish(submission, adopting=content.adopting, private=content.private, **options)


def on_hub(api: HfApi, path: str, revision: str = "main") -> str:
    hub = Hub(api.endpoint, str(api.token), "NERSC")
    return (hub.read_file(REPO, path, revision) or b"").decode()


def test_a_draft_is_filled_from_the_card(catalog: Catalog, sky: str) -> None:
    content = content_of_repository(catalog, "sky")
    assert (content.adopting, content.title, content.private, content.editing) == (REPO, "Sky", False, None)
    assert content.values == {
        "name": "sky",
        "pretty_name": "Sky",
        "license": "mit",
        "language": ["en"],
        "size_categories": ["1K<n<10K"],
        "tags": ["astronomy", "fits"],
        "description": "Maps of the whole sky.\n\nThey are ours.",
        "card_data": {
            "configs": [{"config_name": "default", "data_files": "*.fits"}],
            "my_key": 7,
            "viewer": True,
        },
    }
    assert validate({"schema_version": 2, **content.values}).errors == ()


def test_one_record_one_commit_and_people_s_words(catalog: Catalog, api: HfApi, sky: str, site: Site) -> None:
    done = adopt(catalog, values={"data_path": "/data/sky", "license": "cc-by-4.0"})
    commits = api.list_repo_commits(REPO, repo_type="dataset")
    assert [commit.commit_id for commit in commits][:2] == [done.commit.oid, sky]
    assert commits[0].title == "Catalog sky"
    assert [stored.record.name for stored in catalog.records()] == ["sky"]
    record = catalog.store.read("sky").record
    assert (record.repo_id, record.revision, record.license) == (REPO, done.commit.oid, "cc-by-4.0")
    card = on_hub(api, "README.md")
    for words in ("# our own comment", "my_key: 7", "# The sky, night after night", "They are ours.", "By looking up."):
        assert words in card
    assert card.count("Maps of the whole sky.") == 1
    assert "Cite us like this." in card
    assert "license: cc-by-4.0" in card
    assert "viewer: true" in card
    assert "/data/sky" in card
    heads = [line for line in card.splitlines() if line.startswith("# ")]
    assert heads == ["# our own comment", "# The sky, night after night"]
    assert on_hub(api, "sky.fits") == "stars"
    assert any("Citation" in note for note in done.notes)
    assert (Path(str(site.catalog_root)) / "sky" / "README.md").read_text() == card


def test_the_next_update_keeps_them_too(catalog: Catalog, api: HfApi, sky: str) -> None:
    adopt(catalog)
    catalog.update("sky", {"license": "apache-2.0"})
    card = on_hub(api, "README.md")
    assert "license: apache-2.0" in card
    for words in ("# our own comment", "# The sky, night after night", "Cite us like this.", "By looking up."):
        assert words in card
    assert "# Sky\n" not in card


def test_undo_restores_the_repository(catalog: Catalog, api: HfApi, sky: str, catalog_root: Path) -> None:
    before = api.list_repo_files(REPO, repo_type="dataset")

    def stop(step: Any) -> None:
        if (step.name, step.phase) == ("catalog", "begin"):
            raise CatalogError("storage", "The disk is full.")

    with pytest.raises(CatalogError):
        adopt(catalog, on_step=stop)
    assert on_hub(api, "README.md") == CARD
    assert api.list_repo_files(REPO, repo_type="dataset") == before
    assert sorted(path.name for path in catalog_root.iterdir()) == []
    adopt(catalog)
    assert [stored.record.name for stored in catalog.records()] == ["sky"]


def test_a_card_that_changes_meanwhile_is_a_conflict(catalog: Catalog, api: HfApi, sky: str) -> None:
    def edit(step: Any) -> None:
        if (step.name, step.phase) == ("commit", "begin"):
            upload(api, "README.md", b"---\nlicense: mit\n---\n# Quite another\n")

    with pytest.raises(CatalogError) as err:
        adopt(catalog, on_step=edit)
    assert err.value.code == "conflict"
    assert "# Quite another" in on_hub(api, "README.md")
    assert catalog.records() == []


def test_what_is_cataloged_is_not_adopted_again(catalog: Catalog, api: HfApi, sky: str) -> None:
    content = content_of_repository(catalog, "sky")
    publish(catalog, content)
    for again in (lambda: content_of_repository(catalog, "sky"), lambda: publish(catalog, content)):
        with pytest.raises(CatalogError) as err:
            again()
        assert err.value.code == "conflict"
        assert "is already in the catalog" in err.value.detail
    with pytest.raises(CatalogError, match="already in the catalog as 'sky'"):
        publish(catalog, content, values={"name": "heaven"})
    assert len(api.list_repo_commits(REPO, repo_type="dataset")) == 4


def test_another_nickname_is_fine(catalog: Catalog, api: HfApi, sky: str) -> None:
    done = adopt(catalog, values={"name": "heaven"})
    assert (done.record.name, done.record.repo_id) == ("heaven", REPO)
    assert [info.id for info in api.list_datasets(author="NERSC")] == [REPO]


def test_a_name_that_is_another_dataset_s_is_a_conflict(catalog: Catalog, sky: str, iris: Any) -> None:
    catalog.publish(iris)
    record = catalog.store.read("iris").record.to_dict() | {"name": "sky", "repo_id": "NERSC/other"}
    folder = catalog.store.root / "sky"
    folder.mkdir()
    (folder / "record.json").write_text(json.dumps(record))
    with pytest.raises(CatalogError, match="another dataset 'sky'"):
        content_of_repository(catalog, "sky")


@pytest.mark.parametrize("path", ["load_iris.py", "record.json"])
def test_a_file_of_theirs_is_not_replaced(path: str, catalog: Catalog, api: HfApi, sky: str) -> None:
    upload(api, path, b'{"theirs": 1}')
    example = Path(__file__).parents[4] / "huggingnersc_lab" / "examples" / "iris"
    content = content_of_repository(catalog, "sky")
    submission = catalog.read(content.values, loader=example / "load_iris.py")
    with pytest.raises(CatalogError) as err:
        catalog.publish(submission, adopting=content.adopting)
    assert (err.value.code, f"already has a file '{path}'" in err.value.detail) == ("conflict", True)
    assert on_hub(api, path) == '{"theirs": 1}'


def test_a_repository_that_is_gone(catalog: Catalog, api: HfApi, sky: str) -> None:
    content = content_of_repository(catalog, "sky")
    api.delete_repo(REPO, repo_type="dataset")
    with pytest.raises(CatalogError) as err:
        publish(catalog, content)
    assert (err.value.code, "is no longer on" in err.value.detail) == ("not_found", True)
    assert catalog.records() == []


def test_a_repository_of_another_organization_is_refused(catalog: Catalog, sky: str) -> None:
    submission = catalog.read(content_of_repository(catalog, "sky").values)
    for repo_id in ("someone/sky", "sky", "NERSC/../sky", "NERSC/a/b", "", "nersc/--"):
        with pytest.raises(CatalogError) as err:
            catalog.publish(submission, adopting=repo_id)
        assert err.value.code == "invalid_record"


def test_who_may_not_write_proposes_it(make_catalog: Any, catalog: Catalog, api: HfApi, sky: str) -> None:
    with pytest.raises(CatalogError) as err:
        adopt(make_catalog("read"))
    assert err.value.code == "forbidden"
    done = adopt(make_catalog("read"), create_pr=True)
    assert done.record.pull_request_url
    assert on_hub(api, "README.md") == CARD
    assert "By looking up." in on_hub(api, "README.md", "refs/pr/1")


def test_a_private_one_stays_private(catalog: Catalog, api: HfApi, sky: str) -> None:
    api.update_repo_settings(REPO, repo_type="dataset", private=True)
    content = content_of_repository(catalog, "sky")
    assert content.private
    publish(catalog, content)
    assert api.dataset_info(REPO).private
    assert catalog.store.read("sky").record.private


def test_a_card_without_anything(catalog: Catalog, api: HfApi) -> None:
    api.create_repo(REPO, repo_type="dataset")
    content = content_of_repository(catalog, "sky")
    assert content.values == {"name": "sky", "pretty_name": "sky"}
    done = publish(catalog, content, values={"size_categories": ["n<1K"]})
    assert isinstance(done.record, DatasetRecord)
    assert "viewer: false" in on_hub(api, "README.md")


ODD_CARDS = {
    "no front matter": "# Sky\r\n\r\nWords.\r\n",
    "self": "---\nself: 1\nignore_metadata_errors: true\n---\nWords.\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", ODD_CARDS)
def test_odd_cards_make_drafts_all_the_same(name: str, catalog: Catalog, api: HfApi) -> None:
    api.create_repo(REPO, repo_type="dataset")
    put_card(api, ODD_CARDS[name])
    content = content_of_repository(catalog, "sky")
    json.dumps(content.to_dict())
    kept = publish(catalog, content, values={"size_categories": ["n<1K"]})
    assert kept.record.name == "sky"


def put_card(api: HfApi, card: str) -> None:
    """Past the client's check of cards, which others need not make."""
    content = base64.b64encode(card.encode()).decode()
    lines = [
        {"key": "header", "value": {"summary": "Add", "description": ""}},
        {"key": "file", "value": {"content": content, "path": "README.md", "encoding": "base64"}},
    ]
    request = urllib.request.Request(
        f"{api.endpoint}/api/datasets/{REPO}/commit/main",
        "\n".join(map(json.dumps, lines)).encode(),
        {"Authorization": f"Bearer {api.token}", "Content-Type": "application/x-ndjson"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200
