"""``update``: from a draft, from the command line, and what it takes away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.workspace.tasks.update import TASK, UpdateArguments, UpdateRequest
from huggingnersc_lab.workspace.workspace import Workspace
from tests.practice_hub import FaultyHub


def arguments(spec: JobSpec) -> UpdateArguments:
    return TASK.read_arguments(spec)


def test_of_one_that_has_all_members_what_is_absent_is_taken_away_and_the_scripts_stay(
    carry: Any, catalog: Catalog, published: dict[str, Any]
) -> None:
    values = {member: value for member, value in published.items() if member != "tags"} | {"license": "cc-by-4.0"}
    assert carry("update", values=values, replaces_all=True).state == "succeeded"
    record = catalog.store.read("iris").record
    assert (record.license, record.tags) == ("cc-by-4.0", ())
    assert (record.loader, record.batch_script) == ("load_iris.py", "run.sh")
    assert catalog.store.read_file("iris", "load_iris.py") == b"print('iris')\n"


def test_any_other_leaves_what_is_absent(carry: Any, catalog: Catalog, published: dict[str, Any]) -> None:
    assert carry("update", values={"license": "cc-by-4.0", "size_categories": ["1M<n<10M"]}).state == "succeeded"
    record = catalog.store.read("iris").record
    assert (record.license, record.size_categories, record.tags) == ("cc-by-4.0", ("1M<n<10M",), ("plants",))
    assert carry("update", values={"tags": None}).state == "succeeded"
    record = catalog.store.read("iris").record
    assert (record.license, record.tags, record.loader) == ("cc-by-4.0", (), "load_iris.py")


@pytest.mark.parametrize("replaces_all", [False, True])
def test_a_script_is_replaced_and_one_taken_away(
    carry: Any, catalog: Catalog, published: dict[str, Any], replaces_all: bool
) -> None:
    values = {**published, "batch_script": None, "is_distributed": False}
    if replaces_all:
        values["loader"] = "load_iris.py"
    script = {"file_name": "read.py", "text": "print('new')\n"}
    outcome = carry("update", values=values, loader=script, replaces_all=replaces_all)
    assert outcome.state == "succeeded", outcome.error
    record = catalog.store.read("iris").record
    assert (record.loader, record.batch_script) == ("read.py", None)
    assert catalog.store.read_file("iris", "read.py") == b"print('new')\n"
    assert catalog.store.read_file("iris", "run.sh") is None


def test_what_changed_meanwhile_is_not_overwritten(carry: Any, catalog: Catalog, published: dict[str, Any]) -> None:
    etag = catalog.store.read("iris").etag
    assert carry("update", values={**published, "license": "cc0-1.0"}, etag=etag).state == "succeeded"
    late = carry("update", values=published, etag=etag)
    assert (late.state, late.error["code"], late.kept) == ("failed", "conflict", False)
    assert catalog.store.read("iris").record.license == "cc0-1.0"


def test_what_a_person_wrote_on_the_card_is_told_to_be_kept(
    carry: Any, practice_hub: FaultyHub, published: dict[str, Any]
) -> None:
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    card = Path(api.hf_hub_download("NERSC/iris", "README.md", repo_type="dataset")).read_text()
    api.upload_file(
        path_or_fileobj=f"{card}\n## Mine\n\nBy hand.\n".encode(),
        path_in_repo="README.md",
        repo_id="NERSC/iris",
        repo_type="dataset",
    )
    outcome = carry("update", values={**published, "license": "cc0-1.0"})
    assert any("Mine" in note for note in outcome.result["notes"])


@pytest.mark.parametrize("moment", [("stage", "done"), ("commit", "done")])
def test_one_that_is_stopped_leaves_the_entry_as_it_was(
    carry: Any, catalog: Catalog, published: dict[str, Any], moment: tuple[str, str]
) -> None:
    before = catalog.store.read("iris").etag
    carry.stop_at = moment
    stopped = carry("update", values={**published, "license": "cc0-1.0"})
    assert (stopped.state, stopped.kept) == ("cancelled", False)
    assert catalog.store.read("iris").etag == before
    assert [path.name for path in catalog.store.root.iterdir()] == ["iris"]


def test_who_sees_it_stays_unless_it_is_said(carry: Any, catalog: Catalog) -> None:
    assert carry("publish", private=True).state == "succeeded"
    assert carry("update").state == "succeeded"
    assert catalog.store.read("iris").record.private
    assert carry("update", private=False).state == "succeeded"
    assert not catalog.store.read("iris").record.private


class TestFromADraft:
    @pytest.fixture
    def draft(self, workspace: Workspace, published: dict[str, Any]) -> Any:
        return workspace.contributor.edit("iris")

    def test_it_begins_from_the_entry_and_keeps_its_scripts(
        self, workspace: Workspace, draft: Any, carry: Any, catalog: Catalog
    ) -> None:
        spec = TASK.prepare(workspace, UpdateRequest(draft_id=draft.id, confirmed="NERSC/iris"))
        given = arguments(spec)
        change = given.change
        assert (spec.kind, spec.dataset, change.etag) == ("update", "iris", catalog.store.read("iris").etag)
        assert (change.confirmed, given.draft_id, change.loader) == ("NERSC/iris", draft.id, None)
        assert not given.replaces_all
        outcome = carry("update", **spec.arguments)
        assert outcome.state == "succeeded", outcome.error
        record = catalog.store.read("iris").record
        assert (record.loader, record.batch_script) == ("load_iris.py", "run.sh")
        assert workspace.drafts.list() == []

    def test_a_script_that_it_gives_up_is_taken_away(self, workspace: Workspace, draft: Any) -> None:
        from dataclasses import replace

        values = {**draft.content.values, "batch_script": None, "is_distributed": False}
        edited = workspace.drafts.write(draft.id, replace(draft.content, values=values), draft.etag)
        values = arguments(TASK.prepare(workspace, UpdateRequest(draft_id=edited.id))).change.values
        assert values == {"batch_script": None, "is_distributed": False}

    def test_an_entry_that_changed_since_is_not_overwritten(
        self, workspace: Workspace, draft: Any, carry: Any, published: dict[str, Any]
    ) -> None:
        assert carry("update", values={**published, "license": "cc0-1.0"}).state == "succeeded"
        with pytest.raises(CatalogError) as refused:
            TASK.prepare(workspace, UpdateRequest(draft_id=draft.id))
        assert refused.value.code == "conflict"

    def test_one_of_a_new_entry_is_none(self, workspace: Workspace, make_draft: Callable[..., Any]) -> None:
        with pytest.raises(CatalogError, match="new entry") as refused:
            TASK.prepare(workspace, UpdateRequest(draft_id=make_draft().id))
        assert [fault.pointer for fault in refused.value.fields] == ["/kind"]
