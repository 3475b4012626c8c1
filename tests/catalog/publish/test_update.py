"""Updating, retiring and importing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.scripts import Script
from tests.practice_hub import FaultyHub

EXAMPLES = Path(__file__).parents[2] / "examples"
IRIS = Path(__file__).parents[3] / "huggingnersc_lab" / "examples" / "iris"
MakeCatalog = Callable[..., Catalog]


@pytest.fixture
def api(practice_hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])


@pytest.fixture
def published(catalog: Catalog) -> Catalog:
    submission = catalog.read(
        IRIS / "metadata.json", loader=IRIS / "load_iris.py", name="iris", pretty_name="Iris", data_path=str(IRIS)
    )
    catalog.publish(submission)
    return catalog


def on_hub(api: HfApi, path: str, folder: Path, revision: str = "main") -> str:
    found = api.hf_hub_download("NERSC/iris", path, repo_type="dataset", revision=revision, local_dir=folder)
    return Path(found).read_text()


def edit_card(api: HfApi, folder: Path, change: Callable[[str], str]) -> None:
    card = change(on_hub(api, "README.md", folder))
    api.upload_file(path_or_fileobj=card.encode(), path_in_repo="README.md", repo_id="NERSC/iris", repo_type="dataset")


def test_an_update_keeps_what_people_wrote_on_the_hub(published: Catalog, api: HfApi, tmp_path: Path) -> None:
    def by_hand(card: str) -> str:
        card = card.replace("viewer: false\n", "viewer: false\n# chosen by a curator\nextra_gated_prompt: Be kind.\n")
        return card + "\n## Known problems\n\nFlower 35 was measured twice.\n"

    edit_card(api, tmp_path, by_hand)
    done = published.update("iris", {"license": "mit", "tags": ["biology", "csv"]})
    card = on_hub(api, "README.md", tmp_path)
    assert "license: mit" in card
    assert "- tabular\n" not in card
    assert "# chosen by a curator\nextra_gated_prompt: Be kind." in card
    assert "Flower 35 was measured twice." in card
    assert card == (done.folder / "README.md").read_text()
    assert any("Known problems" in note for note in done.notes)
    published.update("iris", {"license": "cc-by-4.0"})  # and once more: what was kept stays kept
    assert "Flower 35 was measured twice." in on_hub(api, "README.md", tmp_path)


def test_an_update_takes_away_what_is_set_to_nothing(published: Catalog) -> None:
    record = published.update("iris", {"papers": None}).record
    assert not record.papers
    assert record.published_at == published.inspect("iris").record.published_at


def test_another_loader_takes_the_place_of_the_former(published: Catalog, api: HfApi) -> None:
    done = published.update("iris", {}, loader=Script("read_iris.py", "iris = []\n"))
    files = {item.rfilename for item in api.dataset_info("NERSC/iris").siblings or ()}
    assert "read_iris.py" in files
    assert "load_iris.py" not in files
    assert not (done.folder / "load_iris.py").exists()
    assert "iris = []" in (done.folder / "iris_loader.ipynb").read_text()


def test_nobody_has_seen_another_loader_run(published: Catalog) -> None:
    done = published.update("iris", {"verified_at": "2026-01-31"})
    assert "2026-01-31" in (done.folder / "README.md").read_text()
    assert published.update("iris", {"license": "mit"}).record.verified_at == "2026-01-31"
    assert published.update("iris", {}, loader=Script("read_iris.py", "iris = []\n")).record.verified_at is None
    seen = published.update("iris", {"verified_at": "2026-02-01"}, loader=Script("iris2.py", "iris = []\n"))
    assert seen.record.verified_at == "2026-02-01"


def test_datasets_are_found_by_whether_their_loader_was_seen_to_run(published: Catalog) -> None:
    assert published.search("verified:yes").names == ()
    published.update("iris", {"verified_at": "2026-01-31"})
    found = published.search("verified:yes")
    assert (found.names, found.facets["verified"]) == (("iris",), {"yes": 1})
    assert found.hits[0].summary["verified_at"] == "2026-01-31"


def test_an_update_of_what_has_changed_meanwhile(published: Catalog) -> None:
    etag = published.inspect("iris").etag
    published.update("iris", {"license": "mit"}, etag=etag)
    with pytest.raises(CatalogError) as err:
        published.update("iris", {"license": "cc0-1.0"}, etag=etag)
    assert err.value.code == "conflict"
    assert published.inspect("iris").record.license == "mit"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"license": "apache2"}, "/license"),
        ({"licence": "mit"}, "/licence"),
        ({"size_categories": None}, "/size_categories"),
    ],
)
def test_a_change_that_is_wrong_changes_nothing(
    changes: dict[str, Any], pointer: str, published: Catalog, practice_hub: FaultyHub
) -> None:
    etag = published.inspect("iris").etag
    practice_hub.clear_requests()
    with pytest.raises(CatalogError) as err:
        published.update("iris", changes)
    assert err.value.code == "invalid_record"
    assert pointer in [field.pointer for field in err.value.fields]
    assert published.inspect("iris").etag == etag
    assert not [entry for entry in practice_hub.requests if entry.method != "GET"]


def test_a_nickname_cannot_change(published: Catalog) -> None:
    with pytest.raises(CatalogError, match="cannot be changed"):
        published.update("iris", {"name": "iris2"})


def test_an_update_that_fails_leaves_the_former_entry(
    published: Catalog, practice_hub: FaultyHub, api: HfApi, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in (published.store.root / "iris").iterdir()}
    card = on_hub(api, "README.md", tmp_path / "before")

    def full(*_: object) -> None:
        raise CatalogError("storage", "The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        from huggingnersc_lab.store.staging import Staging

        patch.setattr(Staging, "swap_in", full)
        with pytest.raises(CatalogError) as err:
            published.update("iris", {"license": "mit"})
    assert err.value.code == "storage"
    assert err.value.detail.endswith("Nothing was left behind.")
    assert {path.name: path.read_bytes() for path in (published.store.root / "iris").iterdir()} == before
    assert on_hub(api, "README.md", tmp_path / "after") == card
    assert [path.name for path in published.store.root.iterdir()] == ["iris"]


def test_who_sees_it_can_change(published: Catalog, api: HfApi) -> None:
    published.update("iris", {}, private=True)
    assert api.dataset_info("NERSC/iris").private
    assert published.inspect("iris").record.private
    published.update("iris", {"license": "mit"})
    assert api.dataset_info("NERSC/iris").private
    published.update("iris", {}, private=False)
    assert not api.dataset_info("NERSC/iris").private


def test_retiring_leaves_the_hub_unless_told(published: Catalog, api: HfApi) -> None:
    published.retire("iris")
    assert not list(published.store.root.iterdir())
    assert api.dataset_info("NERSC/iris").id == "NERSC/iris"
    assert (IRIS / "iris.csv").exists()


def test_retiring_from_the_hub(published: Catalog, api: HfApi) -> None:
    published.retire("iris", from_hub=True)
    assert not list(published.store.root.iterdir())
    assert not list(api.list_datasets(author="NERSC"))


def test_who_may_not_delete_it_keeps_the_entry(published: Catalog, make_catalog: MakeCatalog) -> None:
    with pytest.raises(CatalogError) as err:
        make_catalog("outsider").retire("iris", from_hub=True)
    assert err.value.code == "forbidden"
    assert published.inspect("iris")


def test_a_first_catalog_is_imported_as_it_stands(catalog: Catalog, practice_hub: FaultyHub) -> None:
    practice_hub.clear_requests()
    source = EXAMPLES / "first-catalog"
    assert {item.outcome for item in catalog.import_from(source, dry_run=True)} == {"imported", "failed"}
    assert not list(catalog.store.root.iterdir())
    done = {item.source.parent.name: item for item in catalog.import_from(source)}
    assert {name: item.outcome for name, item in done.items()} == {
        "iris": "imported",
        "sky": "imported",
        "broken": "failed",
        "not-json": "failed",
    }
    assert {field.pointer for field in done["broken"].fields} >= {
        "/nickname",
        "/metadata/datacard_tags/license",
        "/metadata/datacard_tags/size_categories",
    }
    assert not practice_hub.requests
    iris = catalog.inspect("iris")
    assert iris.record.data_path == "/global/cfs/cdirs/m1234/www/iris"
    assert iris.record.repo_id == "NERSC/iris"
    assert iris.record.papers == ("2106.09685",)
    assert (iris.folder / "README.md").read_text() == "# Iris, as it stands\n"
    assert iris.notebook is not None
    assert '"cells": []' in iris.notebook.read_text()
    assert catalog.inspect("sky").record.loader == "load_sky.py"
    assert [path.name for path in sorted(catalog.store.root.iterdir())] == ["iris", "sky"]
    again = [item.outcome for item in catalog.import_from(source)]
    assert again.count("present") == 2


def test_an_imported_entry_is_published_by_an_update(catalog: Catalog, api: HfApi, tmp_path: Path) -> None:
    list(catalog.import_from(EXAMPLES / "first-catalog"))
    done = catalog.update("iris", {})
    assert done.record.revision == api.dataset_info("NERSC/iris").sha
    assert "Iris" in on_hub(api, "README.md", tmp_path)


@pytest.mark.parametrize("folder", ["none", "."])
def test_a_folder_without_a_first_catalog(folder: str, catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CatalogError) as err:
        list(catalog.import_from(tmp_path / "empty" / folder))
    assert err.value.code == "not_found"
