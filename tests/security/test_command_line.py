"""The questions that ada is asked on a terminal, and what happens where nobody can be asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.practice_hub import FaultyHub

from .conftest import heads, plan, repositories, written
from .people import Person

RECORD = {"name": "sky", "pretty_name": "Sky", "repo_id": "NERSC/sky", "publish_id": "e" * 32}


def sky(hub: FaultyHub, **members: Any) -> dict[str, Any]:
    """A publication of mallory's that is in order."""
    return {
        "name": "sky",
        "plan": plan("sky", "NERSC/sky", hub=hub.url, hub_files=["README.md", "record.json"]),
        "files": {"README.md": "# Sky\n", "record.json": json.dumps(RECORD)},
        **members,
    }


@pytest.fixture
def kept(ada: Person, hub: FaultyHub) -> None:
    """An unfinished publication of ada's, whose repository is made."""
    hub.faults.add("server_error", path="*/commit/*", count=None, method="POST")
    assert ada.fails("publish", keep_on_failure=True).code == "upstream"
    hub.faults.clear()
    hub.clear_requests()


@pytest.mark.usefixtures("kept")
def test_resume_without_a_name_takes_only_ones_own(ada: Person, mallory: Person, api: HfApi, hub: FaultyHub) -> None:
    mallory.do("plant", **sky(hub))
    said = ada.do("cli", arguments=["resume", "--json"])
    assert said["code"] == 0, said
    assert [item["name"] for item in json.loads(said["out"])["resumed"]] == ["iris"]
    said = ada.do("cli", arguments=["resume"])
    assert said["out"] == "You have no unfinished publications.\n"
    assert (
        "'sky' was left unchanged. It belongs to 64002: 'huggingnersc resume sky --take-over' finishes it."
        in said["err"]
    )
    assert repositories(api) == ["NERSC/iris"]


def test_somebody_elses_is_shown_before_it_is_taken_over(
    ada: Person, mallory: Person, api: HfApi, hub: FaultyHub
) -> None:
    mallory.do("plant", **sky(hub))
    said = ada.do("cli", arguments=["resume", "sky"])
    assert said["code"] == 6
    for words in (
        "The unfinished publication of 'sky' belongs to 64002. This would:",
        "- Create the public dataset repository NERSC/sky on the Hub, unless it exists",
        "- Send README.md, record.json to NERSC/sky, which is still empty",
        "- Add 'sky' to the catalog",
        "--take-over",
    ):
        assert words in said["err"]
    assert written(hub) == []
    said = ada.do("cli", arguments=["resume", "sky", "--take-over"])
    assert (said["code"], said["out"]) == (0, f"'sky' is published: {hub.url}/datasets/NERSC/sky\n")
    assert repositories(api) == ["NERSC/sky"]


@pytest.mark.parametrize(("answer", "code"), [("n", 130), ("", 130), ("y", 0)])
@pytest.mark.parametrize("verb", ["resume", "undo"])
def test_on_a_terminal_taking_over_is_asked(
    ada: Person, mallory: Person, api: HfApi, hub: FaultyHub, verb: str, answer: str, code: int
) -> None:
    mallory.do("plant", **sky(hub))
    said = ada.do("cli", arguments=[verb, "sky", "--take-over"], answers=[answer])
    question = {"resume": "Finish the publication of 'sky'? [y/N]", "undo": "Undo the publication of 'sky'? [y/N]"}[
        verb
    ]
    assert (said["code"], said["asked"]) == (code, 1), said
    assert said["out"].index("This would:") < said["out"].index(question)
    if code:
        assert "Stopped. Nothing was changed." in said["out"]
        assert written(hub) == []
        assert ada.do("unfinished", name="sky")["account"] == "64002"
    else:
        assert repositories(api) == (["NERSC/sky"] if verb == "resume" else [])


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("answer", "code"), [("n", 130), ("y", 0)])
def test_undo_names_the_repository_that_it_deletes(
    ada: Person, api: HfApi, hub: FaultyHub, answer: str, code: int
) -> None:
    said = ada.do("cli", arguments=["undo", "iris"], answers=[answer])
    assert (said["code"], said["asked"]) == (code, 1), said
    assert f"Delete NERSC/iris from {hub.url}? [y/N]" in said["out"]
    assert repositories(api) == (["NERSC/iris"] if code else [])


@pytest.mark.usefixtures("kept")
def test_undo_says_what_it_deletes_also_where_nobody_is_asked(ada: Person, api: HfApi, hub: FaultyHub) -> None:
    said = ada.do("cli", arguments=["undo", "iris"])
    assert said["code"] == 0
    assert repositories(api) == []


def test_undo_of_somebody_elses_names_what_it_deletes(ada: Person, mallory: Person, api: HfApi, hub: FaultyHub) -> None:
    api.create_repo("NERSC/empty", repo_type="dataset")
    sha = heads(api, "NERSC/empty")["NERSC/empty"]
    journal = [{"step": "repository", "created": True, "parent": sha}]
    mallory.do("plant", name="evil", plan=plan(repo_id="NERSC/empty", hub=hub.url), journal=journal)
    said = ada.do("cli", arguments=["undo", "evil"], answers=["y", "y"])
    assert (said["code"], said["asked"]) == (6, 0), said
    assert "- Delete the repository NERSC/empty from the Hub" in said["out"]
    said = ada.do("cli", arguments=["undo", "evil", "--take-over"], answers=["n"])
    assert (said["code"], said["asked"]) == (130, 1)
    assert f"Delete NERSC/empty from {hub.url}? [y/N]" in said["out"]
    assert repositories(api) == ["NERSC/empty"]


@pytest.fixture
def misled(ada: Person, mallory: Person, hub: FaultyHub) -> None:
    """Ada's entry 'iris' says that its repository is the one of 'sky'."""
    ada.do("publish", name="sky")
    record = ada.do("publish")
    mallory.act([["write", "iris/record.json", json.dumps({**record, "repo_id": "NERSC/sky"})]])
    hub.clear_requests()


CHANGES = {
    "retire": ["retire", "iris", "--hub"],
    "update": ["update", "iris", "--on-conflict", "replace", "--set", "license=mit"],
}


@pytest.mark.usefixtures("misled")
@pytest.mark.parametrize("verb", CHANGES)
def test_the_repository_is_named_and_asked_for(ada: Person, api: HfApi, hub: FaultyHub, verb: str) -> None:
    """First the question that is always asked, then the one about a repository that does not name the entry."""
    before = heads(api, "NERSC/sky")
    for answers in (["n"], ["y", "n"]):
        said = ada.do("cli", arguments=CHANGES[verb], answers=answers)
        assert (said["code"], said["asked"]) == (130, len(answers)), said
    if verb == "retire":
        assert f"Remove 'iris' from the catalog and delete NERSC/sky from {hub.url}? [y/N]" in said["out"]
    assert "Is 'NERSC/sky' the right repository? The entry 'iris' names it, but it belongs to 'sky'." in said["out"]
    assert "Change NERSC/sky anyway? [y/N]" in said["out"]
    assert written(hub) == []
    assert heads(api, "NERSC/sky") == before
    said = ada.do("cli", arguments=CHANGES[verb], answers=["y", "y"])
    assert (said["code"], said["asked"]) == (0, 2), said
    assert ("NERSC/sky" in repositories(api)) is (verb == "update")


@pytest.mark.usefixtures("misled")
@pytest.mark.parametrize("verb", CHANGES)
def test_a_script_has_to_name_the_repository(ada: Person, api: HfApi, hub: FaultyHub, verb: str) -> None:
    said = ada.do("cli", arguments=[*CHANGES[verb], "--yes"])
    assert said["code"] == 5
    assert "Is 'NERSC/sky' the right repository" in said["err"]
    assert "Add --repo-id NERSC/sky." in said["err"]
    said = ada.do("cli", arguments=[*CHANGES[verb], "--yes", "--repo-id", "NERSC/iris"])
    assert said["code"] == 5
    assert written(hub) == []
    said = ada.do("cli", arguments=[*CHANGES[verb], "--yes", "--repo-id", "NERSC/sky"])
    assert said["code"] == 0, said
    assert ("NERSC/sky" in repositories(api)) is (verb == "update")


def test_what_mallory_writes_drives_no_terminal(ada: Person, mallory: Person, hub: FaultyHub) -> None:
    hidden = "\x1b[2J\x1b]0;evil\x07"
    mallory.do("plant", name="evil1", plan=plan("evil1", title=hidden, hub=hub.url))
    mallory.do("plant", name="evil2", plan=plan("evil2", hub=f"https://{hidden}"))
    mallory.do("plant", name="evil3", plan=plan("evil3", hub=hub.url, **{hidden: 1}))
    owner = json.dumps({"host": hidden, "space": "", "pid": 1, "started": "1", "user": hidden})
    mallory.do("plant", name="evil4", plan=plan("evil4", hub=hub.url), links={"owner-1": owner})
    mallory.act([["mkdir", f"a{hidden}", 0o755]])
    commands = [["list"], ["doctor"], ["resume"], *(["resume", f"evil{number}"] for number in (1, 2, 3, 4))]
    for command in commands:
        said = ada.do("cli", arguments=command, answers=[])
        assert "\x1b[2J" not in said["out"]
        assert "\x1b]0" not in said["out"]
        assert said["code"] in (0, 1, 5, 6), said
        assert "Internal error" not in said["out"]
