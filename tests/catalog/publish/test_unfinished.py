"""What a person is told of an unfinished publication before they finish or undo it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huggingnersc_lab.catalog import Catalog, Unfinished
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store.owner import Owner

SHA, URL = "1b" * 20, "https://huggingface.co/x"
COMMIT = {"oid": SHA, "url": URL, "pull_request": None, "pull_request_url": None}
PROPOSED = COMMIT | {"pull_request": 7, "pull_request_url": URL}
PLAN = {
    "publish_id": "1",
    "repo_id": "NERSC/sky",
    "hub": "https://huggingface.co",
    "title": "Catalog sky",
    "hub_files": ["README.md", "record.json"],
    "name": "sky",
}
MAKE = "Create the public dataset repository NERSC/sky on the Hub, unless it exists"
SEND = "Send README.md, record.json to NERSC/sky, which is still empty"
CHANGE = "Change NERSC/sky on the Hub: README.md, record.json"
PROPOSE = "Open a pull request on NERSC/sky on the Hub with README.md, record.json"
PUT = "Add 'sky' to the catalog"
DELETE = "Delete the repository NERSC/sky from the Hub"
REMOVE = "Remove the prepared files from the catalog"
MADE, FOUND = {"created": True, "parent": SHA}, {"created": False, "parent": SHA}


class NoHub(Hub):
    """Nothing is asked of it."""

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(f"the Hub was asked: {name}")


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    site = load_site("nersc", catalog_root=str(tmp_path), environ={})
    return Catalog(site, hub=lambda: NoHub("https://huggingface.co", "hf_x", "NERSC"))


def look(catalog: Catalog, plan: dict[str, Any] | None = None, **journal: dict[str, Any]) -> Unfinished:
    staging = catalog.store.stage("sky", {"record.json": b"{}"}, PLAN | (plan or {}))
    for step, facts in journal.items():
        staging.note(step, **facts)
    staging.release()
    return catalog.unfinished_publication("sky")


@pytest.mark.parametrize(
    ("plan", "journal", "resume", "undo", "deletes"),
    [
        ({}, {}, [MAKE, SEND, PUT], [REMOVE], False),
        ({}, {"repository_asked": {"moment": None}}, [MAKE, SEND, PUT], [REMOVE], False),
        ({}, {"repository_asked": {"moment": 1.0}}, [MAKE, SEND, PUT], [DELETE, REMOVE], True),
        ({}, {"repository": MADE}, [SEND, PUT], [DELETE, REMOVE], True),
        ({}, {"repository": FOUND}, [CHANGE, PUT], [REMOVE], False),
        ({}, {"repository": MADE, "commit": COMMIT}, [PUT], [DELETE, REMOVE], True),
        ({"parent": SHA}, {}, [CHANGE, PUT], [REMOVE], False),
        ({"parent": SHA}, {"repository": MADE}, [CHANGE, PUT], [DELETE, REMOVE], True),
        (
            {"parent": SHA, "deleted": ["old.py"]},
            {"repository": FOUND, "commit_asked": {"moment": 1.0}},
            [f"{CHANGE}, old.py (removed)", PUT],
            ["Revert README.md, record.json, old.py (removed) in NERSC/sky on the Hub, if that was done", REMOVE],
            False,
        ),
        (
            {"parent": SHA},
            {"repository": FOUND, "commit": COMMIT},
            [PUT],
            ["Revert the changes in NERSC/sky on the Hub: README.md, record.json", REMOVE],
            False,
        ),
        ({"create_pr": True}, {}, [MAKE, PROPOSE, PUT], [REMOVE], False),
        (
            {"create_pr": True},
            {"repository": FOUND, "commit_asked": {"moment": 1.0}},
            [PROPOSE, PUT],
            ["Close its pull request on NERSC/sky on the Hub, if that was done", REMOVE],
            False,
        ),
        (
            {"create_pr": True},
            {"repository": FOUND, "commit": PROPOSED},
            [PUT],
            ["Close pull request 7 of NERSC/sky on the Hub", REMOVE],
            False,
        ),
        (
            {"parent": SHA, "private": True, "was_private": False},
            {"repository": FOUND, "visibility_asked": {}},
            ["Show NERSC/sky to members of the organization", CHANGE, PUT],
            ["Show NERSC/sky to everybody", REMOVE],
            False,
        ),
        ({"private": True}, {}, [MAKE.replace("public", "private"), SEND, PUT], [REMOVE], False),
        ({}, {"repository": MADE, "undo": {}}, [SEND, PUT], [DELETE, REMOVE], True),
    ],
)
def test_all_that_can_happen_is_told(
    catalog: Catalog,
    plan: dict[str, Any],
    journal: dict[str, Any],
    resume: list[str],
    undo: list[str],
    deletes: bool,
) -> None:
    found = look(catalog, plan, **journal)
    assert (list(found.resume), list(found.undo)) == (resume, undo)
    assert found.deletes == ("NERSC/sky" if deletes else None)
    assert (found.repo_id, found.problem) == ("NERSC/sky", None)


def test_whose_it_is_and_who_is_at_it(catalog: Catalog) -> None:
    staging = catalog.store.stage("sky", {"record.json": b"{}"}, PLAN)
    found = catalog.unfinished_publication("sky")
    assert found.is_own
    assert found.worker == found.began == str(Owner.this())
    staging.release()
    assert catalog.unfinished_publication("sky").worker is None
    assert catalog.unfinished_publication("sky").etag == found.etag


def test_an_entry_that_is_changed_stays(catalog: Catalog) -> None:
    (catalog.store.root / "sky").mkdir()
    assert look(catalog, {"parent": SHA}).undo == ("Leave the catalog's entry unchanged",)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({"repo_id": "mila/sky"}, "'mila/sky' is not a repository of NERSC"),
        ({"hub": "https://evil.example"}, "was started on the Hub 'https://evil.example'"),
        ({"name": "moon"}, "it is the publication of 'moon'"),
    ],
)
def test_what_this_site_does_not_carry_out_is_a_problem(catalog: Catalog, plan: dict[str, Any], words: str) -> None:
    found = look(catalog, plan)
    assert words in str(found.problem)
    assert (found.resume, found.undo, found.deletes, found.etag) == ((), (), None, "")
    assert found.account


def test_there_is_none(catalog: Catalog) -> None:
    with pytest.raises(CatalogError) as err:
        catalog.unfinished_publication("sky")
    assert err.value.code == "not_found"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def mutated(good: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object of these members, some of them missing or of another value, and perhaps one more."""
    members = {key: st.just(value) | JSON for key, value in good.items()}
    return st.fixed_dictionaries({}, optional=members | {"more": JSON})


ENTRIES = st.one_of(
    *(
        mutated({"step": step, **facts})
        for step, facts in (
            ("repository", MADE),
            ("repository_asked", {"moment": 1.0, "until": 2.0}),
            ("commit", PROPOSED),
            ("commit_asked", {"moment": 1.0}),
            ("visibility_asked", {}),
            ("undo", {}),
        )
    )
)
PLANS = mutated(PLAN | {"parent": SHA, "deleted": ["old.py"], "private": True, "was_private": True, "create_pr": True})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(plan=PLANS | JSON, journal=st.lists(ENTRIES | JSON, max_size=4))
def test_any_staging_of_somebody_is_told_or_a_problem_and_nothing_is_sent(
    tmp_path_factory: pytest.TempPathFactory, plan: Any, journal: list[Any]
) -> None:
    root = tmp_path_factory.mktemp("root")
    site = load_site("nersc", catalog_root=str(root), environ={})
    catalog = Catalog(site, hub=lambda: NoHub("https://huggingface.co", "hf_x", "NERSC"))
    folder = root / ".sky.staging"
    (folder / "files").mkdir(parents=True)
    (folder / "plan.json").write_text(json.dumps(plan))
    (folder / "journal.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in journal))
    folder.chmod(0o775)  # others could have written it
    found = catalog.unfinished_publication("sky")
    assert json.dumps(vars(found)).isascii()
    assert not found.is_own or found.problem
    for sentence in (*found.resume, *found.undo, found.problem or ""):
        assert sentence.isprintable()
    for verb in (catalog.resume, catalog.undo):
        for agreed in (None, "another"):
            with pytest.raises(CatalogError) as err:
                verb("sky", take_over=agreed)
            assert err.value.code in ("conflict", "forbidden")
            assert err.value.detail.isprintable()
