"""Plans as they lie in stagings, whoever wrote them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog.publish.plan import Plan, plan_of
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import RepoState
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import Store

GOOD = Plan(
    publish_id="1",
    repo_id="NERSC/sky",
    hub="https://huggingface.co",
    title="Catalog sky",
    hub_files=("README.md", "record.json"),
    name="sky",
    parent="1b" * 20,
    deleted=("old.py",),
)


def parse(tmp_path: Path, **members: Any) -> Plan:
    store = Store(tmp_path, 0o755, 0o644)
    values = {key: value for key, value in (asdict(GOOD) | members).items() if value is not ...}
    store.stage("sky", {"record.json": b"{}"}, values)
    staged = store.staging("sky")
    assert staged is not None
    return Plan.of(staged)


def test_what_was_staged_is_read(tmp_path: Path) -> None:
    assert parse(tmp_path) == GOOD


def test_a_plan_of_an_earlier_version_says_less(tmp_path: Path) -> None:
    later = {"name", "private", "was_private", "create_pr", "parent", "deleted"}
    plan = parse(tmp_path, **dict.fromkeys(later, ...))
    assert (plan.name, plan.private, plan.was_private, plan.deleted) == ("", False, None, ())


@pytest.mark.parametrize("members", [{"repo_id": ...}, {"hub": ...}, {"hub_files": ...}, {"unheard_of": 1}])
def test_a_plan_of_another_version_is_kept(tmp_path: Path, members: dict[str, Any]) -> None:
    with pytest.raises(CatalogError, match="started by another version") as err:
        parse(tmp_path, **members)
    assert err.value.code == "conflict"
    assert "Everything was kept" in err.value.detail
    assert "unheard_of" not in err.value.detail


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"name": "moon"}, "it is the publication of 'moon'"),
        ({"repo_id": "sky"}, "names no repository"),
        ({"repo_id": "NERSC/../x"}, "names no repository"),
        ({"repo_id": "NERSC/sk\N{LATIN SMALL LETTER Y WITH DIAERESIS}"}, "names no repository"),
        ({"repo_id": "NERSC/" + "x" * 97}, "names no repository"),
        ({"repo_id": 1}, "'repo_id' in its plan has the wrong type"),
        ({"title": "a\nb"}, "'title' in its plan has the wrong type"),
        ({"title": "x" * 1001}, "'title' in its plan has the wrong type"),
        ({"hub": None}, "'hub' in its plan has the wrong type"),
        ({"private": None}, "'private' in its plan has the wrong type"),
        ({"private": 0}, "'private' in its plan has the wrong type"),
        ({"create_pr": "yes"}, "'create_pr' in its plan has the wrong type"),
        ({"was_private": "no"}, "'was_private' in its plan has the wrong type"),
        ({"hub_files": "README.md"}, "'hub_files' in its plan has the wrong type"),
        ({"hub_files": [1]}, "'hub_files' in its plan has the wrong type"),
        ({"hub_files": [None]}, "'hub_files' in its plan has the wrong type"),
        ({"hub_files": ["../x"]}, "contains an invalid file name"),
        ({"hub_files": ["/etc/passwd"]}, "contains an invalid file name"),
        ({"hub_files": [".gitattributes"]}, "contains an invalid file name"),
        ({"deleted": ["a/b"]}, "contains an invalid file name"),
        ({"deleted": [""]}, "contains an invalid file name"),
        ({"parent": "refs/pr/1"}, "names no commit"),
        ({"parent": 7}, "'parent' in its plan has the wrong type"),
    ],
)
def test_what_this_program_cannot_have_written_is_damaged(tmp_path: Path, members: dict[str, Any], fault: str) -> None:
    with pytest.raises(CatalogError) as err:
        parse(tmp_path, **members)
    assert err.value.code == "conflict"
    assert fault in err.value.detail
    assert "Nothing was changed. The curator can remove that folder." in err.value.detail


def planned(state: RepoState | None, *, private: bool | None = None, create_pr: bool = False) -> Plan:
    record = DatasetRecord("sky", "Sky", loader="load.py", publish_id="7", private=True, repo_id="NERSC/sky")
    entry = Entry(record, load_site("nersc", environ={}), Script("load.py", "x"))
    return plan_of(entry, state, "Update sky", private=private, create_pr=create_pr)


def test_the_plan_of_an_entry() -> None:
    assert planned(None) == Plan(
        publish_id="7",
        repo_id="NERSC/sky",
        hub="https://huggingface.co",
        title="Update sky",
        hub_files=("README.md", "load.py", "record.json"),
        name="sky",
        private=True,
    )
    assert planned(RepoState("1b", (), None, private=True)).parent == "1b"
    assert planned(None, create_pr=True).create_pr


@pytest.mark.parametrize(
    ("was_private", "private", "create_pr", "noted"),
    [
        (True, True, False, None),
        (True, False, False, True),
        (False, True, False, False),
        (False, None, False, None),
        (False, True, True, None),  # a proposal changes nothing of it
        (None, True, False, None),
    ],
)
def test_how_it_was_is_noted_where_that_changes(
    was_private: bool | None, private: bool | None, create_pr: bool, noted: bool | None
) -> None:
    state = None if was_private is None else RepoState("1b", (), None, private=was_private)
    assert planned(state, private=private, create_pr=create_pr).was_private is noted
