"""Cards that people wrote on the Hub, through adopting, importing, updating and retiring: nothing of theirs is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog, Change
from huggingnersc_lab.catalog.publish.adopt.card import members_of
from huggingnersc_lab.catalog.publish.update import CARD_CONFLICT
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.scripts import Script
from tests.practice_hub import FaultyHub
from tests.render.merge.shapes import HEADS, TEMPLATE

REPO = "NERSC/gauges"
CARD = (HEADS["two licences"] + TEMPLATE).replace("\n", "\r\n")
FIRST = """\
---
license: mit
size_categories: n<1K
pretty_name: Gauges
---
# Gauges

## How to load

```python
data = open("gauges.csv")
```

[Notebook](https://jupyter.example/gauges_dataloader.ipynb)

[Download](https://rivers.example/gauges.zip)
"""


@pytest.fixture
def api(practice_hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])


@pytest.fixture
def put(api: HfApi) -> Callable[..., None]:
    def send(text: str, path: str = "README.md") -> None:
        api.create_repo(REPO, repo_type="dataset", exist_ok=True)
        api.upload_file(path_or_fileobj=text.encode(), path_in_repo=path, repo_id=REPO, repo_type="dataset")

    return send


@pytest.fixture
def card(practice_hub: FaultyHub) -> Callable[[], str]:
    hub = Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC")

    def read() -> str:
        return (hub.read_file(REPO, "README.md", "main") or b"").decode()

    return read


def adopt(catalog: Catalog) -> None:
    found = catalog.repository("gauges")
    values = {**members_of(found.repository, found.card), "size_categories": ["n<1K"]}
    submission = catalog.read(values, name="gauges")
    catalog.publish(submission, private=None, adopting=REPO)


def test_an_adopted_template_keeps_every_line_and_gets_ours_below(
    catalog: Catalog, put: Callable[..., None], card: Callable[[], str]
) -> None:
    put(CARD)
    adopt(catalog)
    record = catalog.store.read("gauges").record
    assert (record.description, record.license) == ("Levels of twelve rivers, every hour.", None)
    assert record.citation is not None
    assert record.citation.startswith("@misc{gauges,")
    begun = card()
    body = CARD[CARD.index("# Dataset Card") :]
    assert body in begun
    assert "license: [mit, apache-2.0]  # both\r\n" in begun
    assert begun.index(body) < begun.index("## Where it is\r\n")
    assert begun.count("itation") == CARD.count("itation")
    catalog.update("gauges", {"homepage": "https://rivers.example/new", "data_path": "/data/rivers"})
    updated = card()
    assert body in updated
    assert "/data/rivers" in updated
    assert updated.count("\r\n# ") == 1
    assert "Home page: " not in begun  # its own list of links has it
    assert "## Where it is\r\n\r\nHome page: <https://rivers.example/new>\r\n" in updated
    catalog.update("gauges", {"description": "Other words.", "authors": [{"name": "Ada"}]})
    assert "## Where it is\r\n\r\nOther words.\r\n\r\nBy Ada.\r\n\r\nHome page: " in card()
    catalog.update("gauges", {"description": record.description, "authors": None})
    catalog.update("gauges", {"homepage": record.homepage, "data_path": None})
    assert card() == begun


def test_a_first_catalog_is_imported_and_updated(
    catalog: Catalog, put: Callable[..., None], card: Callable[[], str], tmp_path: Path
) -> None:
    put(FIRST)
    folder = tmp_path / "first" / "gauges"
    folder.mkdir(parents=True)
    tags = {"pretty_name": "Gauges", "size_categories": "n<1K", "license": "mit"}
    info = {
        "nickname": "gauges",
        "official_name": "Gauges",
        "hf_dir": f"https://huggingface.co/datasets/{REPO}",
        "metadata": {"datacard_tags": tags},
    }
    (folder / "gauges_info.json").write_text(json.dumps(info))
    (folder / "README.md").write_text(FIRST)
    (folder / "dataset_info.json").write_text('{"features": {}, "splits": []}')
    done = list(catalog.import_from(tmp_path / "first"))
    assert [(item.name, item.outcome) for item in done] == [("gauges", "imported")]
    assert (catalog.store.root / "gauges" / "README.md").read_text() == FIRST
    catalog.update("gauges", {"homepage": "https://rivers.example", "data_path": "/data/x"}, confirmed=REPO)
    after = card()
    for line in filter(str.strip, FIRST.split("\n")):
        assert f"{line}\n" in after
    assert "/data/x" in after
    assert after.count("\n# ") == 1


@pytest.fixture
def published(catalog: Catalog) -> Catalog:
    values = {
        "name": "gauges",
        "pretty_name": "Gauges",
        "size_categories": ["n<1K"],
        "license": "mit",
        "description": "Levels.",
        "tags": ["rivers"],
    }
    catalog.publish(catalog.read(values, name="gauges"))
    return catalog


def test_a_sentence_below_the_title_stays(
    published: Catalog, put: Callable[..., None], card: Callable[[], str]
) -> None:
    put(
        card()
        .replace("# Gauges\n", "# Gauges\n\nMeasured by hand until 1990.\n")
        .replace("- rivers\n", "- rivers\n- water\n")
    )
    done = published.update(
        "gauges", {"homepage": "https://rivers.example", "description": "Levels of all.", "tags": ["rivers", "csv"]}
    )
    assert "# Gauges\n\nMeasured by hand until 1990.\n\nLevels of all.\n" in card()
    assert "tags:\n- rivers\n- water\n- csv\n" in card()
    assert "Kept from the Hub: Gauges" in done.notes
    assert published.plan(Change("update", "gauges", {"homepage": None})).question is None


def test_what_both_changed_is_asked_before_anything_is_sent(
    published: Catalog, put: Callable[..., None], card: Callable[[], str], api: HfApi
) -> None:
    put(card().replace("Levels.", "Levels, mostly.").replace("license: mit", "license: isc"))
    before, commits = card(), len(api.list_repo_commits(REPO, repo_type="dataset"))
    change = {"description": "Levels of all.", "license": "bsd-3-clause"}
    shown = published.plan(Change("update", "gauges", change))
    assert shown.question is not None
    assert shown.notes[0] == shown.question.detail
    assert "Replaced on the Hub: license" in shown.notes
    with pytest.raises(CatalogError) as asked:
        published.update("gauges", change)
    assert asked.value.code == "conflict"
    assert [(field.pointer, field.code, field.detail) for field in asked.value.fields] == [
        ("/card", CARD_CONFLICT, "license"),
        ("/card", CARD_CONFLICT, "Gauges"),
    ]
    assert card() == before
    assert len(api.list_repo_commits(REPO, repo_type="dataset")) == commits
    assert published.unfinished() == []
    kept = published.update("gauges", change, on_conflict="keep")
    assert "license: isc\n" in card()
    assert "Levels, mostly.\n" in card()
    assert kept.record.license == "bsd-3-clause"
    assert "Kept from the Hub: license" in kept.notes
    put(card().replace("Levels, mostly.", "Levels, always."))
    published.update("gauges", {"description": "All."}, on_conflict="replace")
    assert "Levels, always." not in card()
    assert "\nAll.\n" in card()


def test_a_repository_without_data_has_no_viewer(catalog: Catalog, put: Callable[..., None]) -> None:
    put(HEADS["plain"] + "# Gauges\n")
    for path in ("load.py", "run.sh", "LICENSE"):
        put("x", path)
    found = catalog.repository("gauges")
    assert "card_data" not in members_of(found.repository, found.card)
    put("a,b\n", "data/gauges.csv")
    found = catalog.repository("gauges")
    assert members_of(found.repository, found.card)["card_data"] == {"viewer": True}


def test_former_keys_are_read(catalog: Catalog, put: Callable[..., None]) -> None:
    put(HEADS["former keys"] + "# Gauges\n")
    found = catalog.repository("gauges")
    values = members_of(found.repository, found.card)
    assert (values["language"], values["license"]) == (["en"], "cc-by-4.0")
    assert "card_data" not in values


def test_words_that_the_hub_had_before_are_suggested_anew(catalog: Catalog) -> None:
    values = {"name": "a", "pretty_name": "A", "size_categories": ["n<1K"], "task_categories": ["machine-translation"]}
    (error,) = catalog.validate(values).findings.errors
    assert error.suggestion == "translation"


def test_what_was_retired_is_adopted_with_its_record_and_loader(
    catalog: Catalog, put: Callable[..., None], card: Callable[[], str]
) -> None:
    loader = Script("load.py", "rows = [1, 2]\n")
    values = {
        "name": "gauges",
        "pretty_name": "Gauges",
        "size_categories": ["n<1K"],
        "license": "mit",
        "data_path": "/data/a",
    }
    former = catalog.publish(catalog.read(values, loader=loader, name="gauges")).record
    put(card().replace("# Gauges\n", "# Gauges\n\nBy hand.\n").replace("license: mit", "license: isc"))
    catalog.retire("gauges")
    found = catalog.repository("gauges")
    said = members_of(found.repository, found.card, found.record)
    assert (said["data_path"], said["license"], said["pretty_name"]) == ("/data/a", "isc", "Gauges")
    assert not said.keys() & {"publish_id", "repo_id", "loader"}
    before = card()
    catalog.publish(catalog.read(said, name="gauges"), private=None, adopting=REPO)
    changed = set(card().split("\n")) ^ set(before.split("\n"))
    assert all("License" in line or "mit" in line or "isc" in line for line in changed)
    record = catalog.store.read("gauges").record
    assert (record.loader, record.publish_id == former.publish_id) == ("load.py", False)
    assert catalog.store.read_file("gauges", "load.py") == loader.text.encode()
    catalog.update("gauges", {"data_path": "/data/b"})
    assert "/data/b" in card()
    assert "/data/a" not in card()
    assert "# Gauges\n\nBy hand.\n" in card()


def test_a_script_that_is_there_is_offered(catalog: Catalog, put: Callable[..., None]) -> None:
    put(HEADS["plain"] + "# Gauges\n")
    put("x = 1\n", "load.py")
    put("x = 1\n", "tools/other.py")
    found = catalog.repository("gauges")
    values = {**members_of(found.repository, found.card), "size_categories": ["n<1K"]}
    shown = catalog.preview(catalog.read(values, name="gauges"), adopting=REPO)
    assert [note for note in shown.notes if "script" in note] == [
        "The repository has a script 'load.py': choose it as the loader if it is one."
    ]


def test_a_repository_that_was_renamed_is_followed(published: Catalog, api: HfApi) -> None:
    api.move_repo(REPO, "NERSC/rivers", repo_type="dataset")
    done = published.update("gauges", {"homepage": "https://rivers.example"})
    assert done.record.repo_id == "NERSC/rivers"
    assert done.notes[0] == f"{REPO} was renamed on the Hub to NERSC/rivers: the entry will use the new name."
    assert [info.id for info in api.list_datasets(author="NERSC")] == ["NERSC/rivers"]
    assert published.store.read("gauges").record.repo_id == "NERSC/rivers"
