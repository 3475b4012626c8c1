"""Plans of new entries."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.new import plan_publication
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.sites import load_site

NERSC = replace(load_site("nersc", environ={}), catalog_root=Path("/catalog"))
WARNING = FieldError("/data_path", "missing", "It is not there.")
SKY = Submission(
    DatasetRecord("sky", "Sky", ("n<1K",), license="mit", loader="load.py"),
    Script("load.py", "x = 1\n"),
    warnings=(WARNING,),
)


@pytest.mark.parametrize(("private", "seen"), [(None, "public"), (False, "public"), (True, "private")])
def test_what_would_be_done(private: bool | None, seen: str) -> None:
    planned = plan_publication(NERSC, Change("publish", "sky", private=private), SKY, None)
    assert planned.actions == (
        f"Create the {seen} dataset repository NERSC/sky on https://huggingface.co",
        "Send 3 files to it in one commit: README.md, load.py, record.json",
        "Put 5 files into the catalog folder /catalog/sky",
    )
    assert planned.hub_files == ("README.md", "load.py", "record.json")
    assert planned.warnings == (WARNING,)
    assert planned.replaces is None
    assert planned.record.private == (private or None)
    plan = planned.plan
    assert plan is not None
    assert (plan.title, plan.parent, plan.private, plan.create_pr) == ("Catalog sky", None, bool(private), False)
    assert plan.publish_id == planned.record.publish_id
    assert plan.hub_files == planned.hub_files


def test_a_proposal_makes_no_repository() -> None:
    planned = plan_publication(NERSC, Change("publish", "sky", create_pr=True), SKY, None)
    assert planned.actions[0] == "Open a pull request on NERSC/sky with 3 files"
    assert len(planned.actions) == 2
    assert planned.plan is not None
    assert planned.plan.create_pr


def test_on_the_practice_hub_it_says_so() -> None:
    site = replace(load_site("sandbox", environ={}), catalog_root=Path("/catalog"))
    planned = plan_publication(site, Change("publish", "sky"), SKY, None)
    assert planned.actions[0].endswith(f"{site.organization}/sky on the practice Hub")


def test_the_sites_own_template_is_used() -> None:
    assert "\n# Ours: Sky" in plan_publication(NERSC, Change("publish", "sky"), SKY, "# Ours: {{ title }}\n").card


def test_a_repository_of_others_is_refused() -> None:
    theirs = replace(SKY, record=replace(SKY.record, repo_id="other/sky"))
    with pytest.raises(CatalogError) as refused:
        plan_publication(NERSC, Change("publish", "sky"), theirs, None)
    assert refused.value.code == "forbidden"
