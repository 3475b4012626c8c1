"""``adopt``: from a draft, and its end on the Hub."""

from __future__ import annotations

from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workspace.change_job import DraftRequest
from huggingnersc_lab.workspace.tasks.adopt import TASK
from huggingnersc_lab.workspace.workspace import Workspace
from tests.practice_hub import FaultyHub


@pytest.fixture
def repository(practice_hub: FaultyHub) -> str:
    """A repository with a card that a person wrote."""
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    api.create_repo("NERSC/iris", repo_type="dataset", private=True)
    api.upload_file(
        path_or_fileobj=b"---\nlicense: mit\n---\n# Iris\n\n## Mine\n\nBy hand.\n",
        path_in_repo="README.md",
        repo_id="NERSC/iris",
        repo_type="dataset",
    )
    return "NERSC/iris"


def test_a_draft_is_copied_and_its_repository_adopted(
    workspace: Workspace, make_draft: Any, carry: Any, catalog: Catalog, repository: str
) -> None:
    draft = make_draft(adopting=repository, private=True)
    spec = TASK.prepare(workspace, DraftRequest(draft_id=draft.id))
    assert (spec.kind, spec.dataset, TASK.read_arguments(spec).change.repo_id) == ("adopt", "iris", repository)
    outcome = carry("adopt", **spec.arguments)
    assert outcome.state == "succeeded", outcome.error
    record = catalog.store.read("iris").record
    assert (record.repo_id, record.private, record.loader) == (repository, True, "load_iris.py")
    assert any("Mine" in note for note in outcome.result["notes"])
    assert workspace.drafts.list() == []


@pytest.mark.parametrize("private", [None, False])
def test_who_sees_it_stays_unless_it_is_said(carry: Any, catalog: Catalog, repository: str, private: Any) -> None:
    assert carry("adopt", repo_id=repository, private=private).state == "succeeded"
    assert catalog.store.read("iris").record.private is (True if private is None else None)


def test_one_that_is_stopped_leaves_the_repository_as_it_was(carry: Any, catalog: Catalog, repository: str) -> None:
    before = catalog.hub.read_file(repository, "README.md", "main")
    carry.stop_at = ("commit", "done")
    stopped = carry("adopt", repo_id=repository)
    assert (stopped.state, stopped.kept, stopped.error) == ("cancelled", False, None)
    assert catalog.hub.read_file(repository, "README.md", "main") == before
    assert list(catalog.store.root.iterdir()) == []


def test_a_draft_of_a_new_entry_is_none(workspace: Workspace, make_draft: Any) -> None:
    with pytest.raises(CatalogError, match="does not adopt a repository") as refused:
        TASK.prepare(workspace, DraftRequest(draft_id=make_draft().id))
    assert [fault.pointer for fault in refused.value.fields] == ["/kind"]
