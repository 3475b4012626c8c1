"""The one way from what a person wants to what is going to be done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.planner import MAX_TEMPLATE_BYTES, Planner
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import entry_files
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.store import Store

VALUES = {"pretty_name": "Sky", "size_categories": ["n<1K"], "license": "mit"}
LOADER = Script("load.py", "import helpers\n")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return replace(load_site("nersc", environ={}), catalog_root=tmp_path / "catalog")


@pytest.fixture
def store(site: Site) -> Store:
    (site.catalog_root or Path()).mkdir()
    store = Store(site.catalog_root or Path(), 0o755, 0o644)
    record = DatasetRecord(
        "moon", "Moon", ("n<1K",), license="mit", repo_id="NERSC/moon", publish_id="1", kernel_name="python3"
    )
    (store.root / "moon").mkdir()
    for name, content in entry_files(Entry(record, site)).items():
        (store.root / "moon" / name).write_bytes(content)
    return store


def planner(site: Site, store: Store) -> Planner:
    def hub() -> Hub:
        raise AssertionError("the Hub was asked")

    return Planner(site, store, hub, load_vocabulary())


def test_a_new_entry_is_read_from_what_the_change_holds(site: Site, store: Store) -> None:
    change = Change("publish", "sky", VALUES, LOADER, Script("run.sh", "srun true\n"), {"helpers.py": "x = 1\n"})
    planned = planner(site, store).plan(change)
    assert planned.change is change
    assert planned.record.name == "sky"
    assert set(planned.hub_files) == {"README.md", "load.py", "run.sh", "helpers.py", "record.json"}
    assert planned.plan is not None
    assert planned.plan.repo_id == "NERSC/sky"


def test_every_fault_of_a_new_entry_is_told(site: Site, store: Store) -> None:
    with pytest.raises(CatalogError) as refused:
        planner(site, store).plan(Change("publish", "sky", {"license": "nothing"}))
    assert {field.pointer for field in refused.value.fields} >= {"/license", "/pretty_name"}


def test_what_was_read_already_is_not_read_again(site: Site, store: Store) -> None:
    submission = Submission(DatasetRecord("sky", "As it was read", ("n<1K",), license="mit"))
    planned = planner(site, store).plan(Change("publish", "sky", {"pretty_name": 7}), submission)
    assert planned.record.pretty_name == "As it was read"


def test_an_update_is_planned_without_the_hub(site: Site, store: Store) -> None:
    change = Change("update", "moon", {"license": "isc"}, etag=store.etag("moon"))
    planned = planner(site, store).plan(change, can_ask_hub=False)
    assert [(its.member, its.before, its.after) for its in planned.diff.members] == [("license", "mit", "isc")]
    with pytest.raises(AssertionError, match="the Hub was asked"):
        planner(site, store).plan(change)


def test_an_update_of_an_entry_that_changed_since_is_refused(site: Site, store: Store) -> None:
    with pytest.raises(CatalogError) as refused:
        planner(site, store).plan(Change("update", "moon", {"license": "isc"}, etag="of before"), can_ask_hub=False)
    assert refused.value.code == "conflict"


def test_a_retirement_needs_neither_hub_nor_template(site: Site, store: Store) -> None:
    planned = planner(replace(site, card_template=Path("/gone")), store).plan(Change("retire", "moon"))
    assert (planned.record.name, planned.plan) == ("moon", None)


def test_the_sites_template(site: Site, store: Store, tmp_path: Path) -> None:
    template = tmp_path / "card.md"
    own = replace(site, card_template=template)
    template.write_text("# Ours: {{ title }}\n")
    assert "# Ours: Sky" in planner(own, store).plan(Change("publish", "sky", VALUES)).card
    update = Change("update", "moon", {"license": "isc"})
    assert "# Ours: Moon" in planner(own, store).plan(update, can_ask_hub=False).files[".generated-card.md"].decode()


@pytest.mark.parametrize("content", [None, b"\xff", b"#" * (MAX_TEMPLATE_BYTES + 1)])
def test_a_template_that_cannot_be_read(site: Site, store: Store, tmp_path: Path, content: bytes | None) -> None:
    template = tmp_path / "card.md"
    if content is not None:
        template.write_bytes(content)
    own = replace(site, card_template=template)
    with pytest.raises(CatalogError, match=f"The site's card template '{template}' cannot be read") as refused:
        planner(own, store).plan(Change("publish", "sky", VALUES))
    assert refused.value.code == "not_found"
