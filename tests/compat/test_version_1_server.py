"""What one person's server of 0.1.0 left: entries, drafts, jobs and an index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.search.finder import cache_folder, catalog_key
from huggingnersc_lab.index import Search
from huggingnersc_lab.private_files import own_folder
from huggingnersc_lab.workspace.site_choice import SiteChoice
from huggingnersc_lab.workspace.tasks import kinds
from huggingnersc_lab.workspace.workspace import Workspace
from tests.practice_hub import FaultyHub

V1 = Path(__file__).parent / "v1"
FOLDERS = Path(__file__).parents[1] / "jobs" / "folders"
NAMES = ("moon", "ocean", "sky")


@pytest.fixture
def workspace(catalog_root: Path, practice_hub: FaultyHub) -> Workspace:
    """A server of today where one of 0.1.0 has been."""
    shutil.copytree(V1 / "catalog", catalog_root, dirs_exist_ok=True)
    shutil.copytree(V1 / "drafts", own_folder("drafts"))
    shutil.copytree(FOLDERS, own_folder("jobs"))
    choice = SiteChoice(site="sandbox", catalog_root=str(catalog_root), hub_url=practice_hub.url)
    workspace = Workspace.open(choice, None, kinds=kinds())
    shutil.copytree(V1 / "index", index_folder(workspace, catalog_root))
    return workspace


def index_folder(workspace: Workspace, root: Path) -> Path:
    return cache_folder("index") / workspace.catalog.sources.viewer().key / catalog_key(root)


def test_entries_are_opened(workspace: Workspace) -> None:
    assert [entry.record.name for entry in workspace.catalog.records()] == list(NAMES)
    opened = workspace.open_entry("ocean")
    assert opened.loader is not None
    assert (opened.loader.file_name, opened.inspection.read_only) == ("load_ocean.py", None)
    assert opened.card.startswith("---")
    assert opened.inspection.notebook is not None


def test_drafts_are_opened(workspace: Workspace) -> None:
    assert {draft.title for draft in workspace.drafts.list()} == {"Ocean temperatures", "Tides"}
    contents = [workspace.drafts.read(draft.id).content for draft in workspace.drafts.list()]
    assert {content.editing for content in contents} == {"ocean", None}
    assert {content.values["pretty_name"] for content in contents} == {"Ocean temperatures", "Tides"}


def test_jobs_are_listed_and_can_be_forgotten(workspace: Workspace) -> None:
    jobs = {job.id[0]: job for job in workspace.jobs.list()}
    assert {digit: (job.kind, job.dataset) for digit, job in jobs.items()} == {
        "a": ("publish", "iris"),
        "b": ("update", "iris"),
        "c": ("retire", "sky"),
        "d": ("resume", "iris"),
        "e": ("publish", "iris"),
        "f": ("undo", "iris"),
    }
    assert jobs["a"].state == "succeeded"
    workspace.end_job(jobs["a"].id)
    assert "a" not in {job.id[0] for job in workspace.jobs.list()}


def test_an_index_of_another_version_is_built_again(workspace: Workspace, catalog_root: Path) -> None:
    folder = index_folder(workspace, catalog_root)
    former = (folder / "current").read_text()
    assert (folder / former / "seal.json").is_file()
    found = workspace.catalog.search("north sea")
    assert (found.names, found.problem) == (("ocean",), None)
    assert workspace.catalog.search().facets["verified"] == {"no": 2, "yes": 1}
    assert (folder / "current").read_text() != former
    # What was built is opened by the next server.
    again = workspace.choice.catalog().finder.find(Search("north sea"))
    assert again.names == ("ocean",)
