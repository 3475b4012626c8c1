"""A change in a job's arguments: from whoever asks for it to the folder, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Change
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.workspace.change_job import ChangeArguments, DraftRequest, change_of, prepare_draft, spec_of
from huggingnersc_lab.workspace.drafts import DraftContent
from huggingnersc_lab.workspace.site_choice import SiteChoice
from huggingnersc_lab.workspace.tasks import kinds
from huggingnersc_lab.workspace.workspace import Workspace

CHOICE = SiteChoice("nersc", "/catalog")
LOADER, BATCH = Script("load.py", "größe = 1\n"), Script("run.sh", "#!/bin/bash\n")
CHANGES = [
    Change("publish", "iris", {"tags": ["a"], "license": "mit"}, LOADER, BATCH, private=True, create_pr=True),
    Change("publish", "iris", {}, LOADER, companions={"helpers.py": "x = 1\n", "settings.json": "{}"}),
    Change("adopt", "iris", {"tags": []}, repo_id="NERSC/iris", private=False),
    Change("update", "iris", {"license": None}, batch_script=BATCH, confirmed="NERSC/a", etag="e1"),
    Change("retire", "iris", from_hub=True),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.kind)
def test_a_change_comes_back_from_the_folder_as_it_was(change: Change, tmp_path: Path) -> None:
    spec = spec_of(CHOICE, change, draft_id="0" * 32)
    JobFolder.create(tmp_path / ("f" * 32), spec)
    kept = JobFolder(tmp_path / ("f" * 32)).spec
    assert (kept, kept.kind, kept.dataset) == (spec, change.kind, "iris")
    given = kinds().get(change.kind).read_arguments(kept)
    assert (given.change, given.site, given.catalog_root, given.draft_id) == (change, "nersc", "/catalog", "0" * 32)
    plain = Change(change.kind, "iris")
    said = {name for name, value in vars(change).items() if value != vars(plain)[name]}
    assert kept.arguments["change"].keys() == {"kind", "name", *said}


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"kind": "publish", "name": "iris", "values": []}, ["/change/values"]),
        ({"kind": "publish", "name": "iris", "colour": "red"}, ["/change/colour"]),
        ({"kind": "publish", "name": "iris", "loader": {"file_name": "load.py"}}, ["/change/loader/text"]),
        ({"kind": "destroy", "name": "iris"}, ["/change/kind"]),
        ({"kind": "publish"}, ["/change/name"]),
        ({"kind": "publish", "name": "sky"}, ["/change"]),
        ({"kind": "retire", "name": "iris"}, ["/change"]),
        ("all of it", ["/change"]),
        (None, ["/change"]),
    ],
)
def test_what_is_none_is_refused_at_its_place(change: Any, pointers: list[str]) -> None:
    spec = JobSpec("publish", "iris", {"change": change})
    with pytest.raises(CatalogError) as refused:
        kinds().get("publish").read_arguments(spec)
    assert (refused.value.code, [fault.pointer for fault in refused.value.fields]) == ("invalid_record", pointers)


def test_what_was_handed_in_becomes_a_change_without_what_publishing_fills_in() -> None:
    record = DatasetRecord(name="iris", pretty_name="Iris", publish_id="1", repo_id="NERSC/old", loader="load.py")
    submission = Submission(record, LOADER)
    assert change_of(submission, private=True) == Change(
        "publish", "iris", {"name": "iris", "pretty_name": "Iris", "schema_version": 2}, LOADER, private=True
    )
    adopted = change_of(submission, adopting="NERSC/iris", create_pr=True)
    assert (adopted.kind, adopted.repo_id, adopted.private, adopted.create_pr) == ("adopt", "NERSC/iris", None, True)


def test_a_draft_becomes_a_job_that_no_later_edit_changes(workspace: Workspace, make_draft: Any) -> None:
    draft = make_draft(private=True)
    spec = prepare_draft(workspace, DraftRequest(draft_id=draft.id, create_pr=True), confirmed="NERSC/a")
    workspace.drafts.write(draft.id, DraftContent(title="Another", values={}), draft.etag)
    given = kinds().get("publish").read_arguments(JobSpec.from_dict(json.loads(json.dumps(spec.to_dict()))))
    assert isinstance(given, ChangeArguments)
    change = given.change
    assert (change.values["license"], change.private, change.create_pr, change.confirmed) == (
        "mit",
        True,
        True,
        "NERSC/a",
    )
    assert (given.draft_id, given.draft_etag, given.drafts_folder) == (
        draft.id,
        draft.etag,
        str(workspace.drafts.folder),
    )
