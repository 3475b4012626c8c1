"""What version 0.1.0 wrote of a job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Change
from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.workspace.first_form import with_change, without_change
from huggingnersc_lab.workspace.tasks import kinds

OLD = Path(__file__).parents[1] / "jobs" / "folders"
VALUES = {
    "name": "iris",
    "pretty_name": "Iris",
    "size_categories": ["n<1K"],
    "license": "cc0-1.0",
    "tags": ["größe"],
}
DRAFT = {"draft_id": "0" * 32, "draft_etag": "abc", "drafts_folder": "/drafts"}


def arguments(digit: str) -> Any:
    spec = JobFolder(OLD / (digit * 32)).spec
    return kinds().get(spec.kind).read_arguments(spec)


def test_a_publication() -> None:
    given = arguments("a")
    assert given.change == Change(
        "publish", "iris", VALUES, loader=Script("load_iris.py", "print('iris')\n"), private=True
    )
    assert {name: getattr(given, name) for name in DRAFT} == DRAFT


def test_an_update_has_all_members() -> None:
    given = arguments("b")
    change = Change(
        "update",
        "iris",
        {**VALUES, "batch_script": None},
        batch_script=Script("run.sh", "#!/bin/bash\n"),
        private=False,
        create_pr=True,
        confirmed="NERSC/iris",
        etag="e1",
    )
    assert (given.change, given.replaces_all, given.organization) == (change, True, "NERSC")


def test_a_retirement() -> None:
    assert arguments("c").change == Change("retire", "sky", from_hub=True)


def test_a_repository_that_was_adopted_was_published() -> None:
    assert arguments("e").change == Change("adopt", "iris", VALUES, repo_id="NERSC/iris")


def test_a_yes_to_take_over_that_names_nothing_is_asked_for_again() -> None:
    given = arguments("d")
    assert (given.take_over, given.draft_id) == (None, "0" * 32)
    assert arguments("f").catalog_root == "/catalog"


def test_a_yes_that_names_what_was_seen_is_kept() -> None:
    old = JobFolder(OLD / ("d" * 32)).spec.arguments
    assert without_change(JobSpec("resume", "iris", {**old, "take_over": "e1"})).arguments["take_over"] == "e1"


@pytest.mark.parametrize("odd", [{"colour": "red"}, {"change": {}}])
def test_what_is_of_no_form_is_left_to_be_refused(odd: dict[str, Any]) -> None:
    spec = JobSpec("publish", "iris", {**odd, "from_hub": False})
    assert (with_change(spec), without_change(spec)) == (spec, spec)
