"""Unfinished publications that mallory made by hand, and what ada's token does because of them: nothing unasked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.practice_hub import FaultyHub

from .conftest import heads, plan, repositories, written
from .people import Person

KEY = "-----BEGIN PRIVATE KEY-----"


@pytest.fixture
def iris(ada: Person, hub: FaultyHub) -> dict[str, Any]:
    """Ada's dataset, published long ago; its record."""
    record: dict[str, Any] = ada.do("publish")
    hub.clear_requests()
    return record


def history(api: HfApi, repo_id: str = "NERSC/iris") -> list[str]:
    return [commit.commit_id for commit in api.list_repo_commits(repo_id, repo_type="dataset")]


def made_by_us(api: HfApi, repo_id: str = "NERSC/iris") -> list[dict[str, Any]]:
    """A journal that says the repository was made for the publication, and its newest commit is of it."""
    shas = history(api, repo_id)
    commit = {"oid": shas[0], "url": "https://x/1", "pull_request": None, "pull_request_url": None}
    return [{"step": "repository", "created": True, "parent": shas[-1]}, {"step": "commit", **commit}]


def seen(person: Person, name: str) -> str:
    """The person looks at it, and says yes."""
    return str(person.do("unfinished", name=name)["etag"])


def test_a_journal_of_others_deletes_no_repository(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub
) -> None:
    mallory.do("plant", name="evil", plan=plan(hub=hub.url), journal=made_by_us(api))
    failure = ada.fails("undo", name="evil")
    assert failure.code == "forbidden"
    assert "belongs to 64002" in failure.detail
    assert "--take-over" in failure.detail
    assert written(hub) == []
    found = ada.do("unfinished", name="evil")
    assert (found["is_own"], found["account"], found["deletes"]) == (False, "64002", "NERSC/iris")
    assert found["undo"][0] == "Delete the repository NERSC/iris from the Hub"
    failure = ada.fails("undo", name="evil", take_over=found["etag"])
    assert failure.code == "conflict"
    assert "contains more than the publication of 'evil'" in failure.detail
    assert written(hub) == []
    assert repositories(api) == ["NERSC/iris"]


@pytest.mark.parametrize("updates", [0, 1])
def test_a_journal_that_copies_an_established_publication(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub, updates: int
) -> None:
    """Name and publish id are those of the entry, which everybody can read."""
    for _ in range(updates):
        iris = ada.do("update")
    hub.clear_requests()
    forged = plan("iris", publish_id=iris["publish_id"], hub=hub.url)
    mallory.do("plant", name="iris", plan=forged, journal=made_by_us(api))
    assert ada.fails("undo", name="iris").code == "forbidden"
    assert ada.fails("resume", name="iris").code == "forbidden"
    assert ada.do("unfinished", name="iris")["deletes"] == "NERSC/iris"
    assert written(hub) == []
    if updates:  # it holds more than one publication, whatever the journal says
        failure = ada.fails("undo", name="iris", take_over=seen(ada, "iris"))
        assert "contains more than" in failure.detail
        assert written(hub) == []
    assert repositories(api) == ["NERSC/iris"]


@pytest.mark.parametrize("verb", ["resume", "undo"])
def test_a_yes_is_for_what_was_shown(ada: Person, mallory: Person, api: HfApi, hub: FaultyHub, verb: str) -> None:
    """Between the question and the answer another journal, or another staging, comes in the place."""
    api.create_repo("NERSC/empty", repo_type="dataset")
    hub.clear_requests()
    mallory.do("plant", name="evil", plan=plan(repo_id="NERSC/new", hub=hub.url))
    before = seen(ada, "evil")
    mallory.act([["write", ".evil.staging/plan.json", json.dumps(plan(repo_id="NERSC/empty", hub=hub.url))]])
    for is_another in (False, True):
        if is_another:
            mallory.act([["rename", ".evil.staging", "away"]])
            journal = [{"step": "repository", "created": True, "parent": history(api, "NERSC/empty")[0]}]
            mallory.do("plant", name="evil", plan=plan(repo_id="NERSC/new", hub=hub.url), journal=journal)
        failure = ada.fails(verb, name="evil", take_over=before)
        assert failure.code == "conflict"
        assert "changed since it was shown" in failure.detail
    assert written(hub) == []


@pytest.mark.parametrize(
    ("repo_id", "words"),
    [
        ("practice-admin/diary", "not a repository of NERSC"),
        ("mila/iris", "not a repository of NERSC"),
        ("nersc2/iris", "not a repository of NERSC"),
        ("NERSC/../practice-admin/diary", "names no repository"),
        ("NERSC/..", "not a repository of NERSC"),
        ("NERSC/.", "not a repository of NERSC"),
        ("NERSC/iris/tree", "names no repository"),
        ("NERSC/iris?x=1", "names no repository"),
        ("NERSC/iris#", "names no repository"),
        ("NERSC%2Firis", "names no repository"),
        ("NERSC/", "names no repository"),
        ("/iris", "names no repository"),
        ("iris", "names no repository"),
        ("", "names no repository"),
        ("NER\N{CYRILLIC CAPITAL LETTER ES}C/iris", "names no repository"),
        ("NERSC/ir\nis", "has the wrong type"),
        ("NERSC/\ud800", "has the wrong type"),
    ],
)
def test_a_plan_reaches_no_repository_elsewhere(
    ada: Person, mallory: Person, api: HfApi, hub: FaultyHub, repo_id: str, words: str
) -> None:
    api.create_repo("practice-admin/diary", repo_type="dataset", private=True)
    hub.clear_requests()
    sha = "1" * 40
    journals: list[list[dict[str, Any]]] = [[], [{"step": "repository", "created": True, "parent": sha}]]
    for number, journal in enumerate(journals):
        mallory.do("plant", name=f"evil{number}", plan=plan(f"evil{number}", repo_id, hub=hub.url), journal=journal)
        found = ada.do("unfinished", name=f"evil{number}")
        assert words in found["problem"]
        assert (found["deletes"], found["resume"], found["etag"]) == (None, [], "")
        for verb in ("resume", "undo"):
            assert words in ada.fails(verb, name=f"evil{number}", take_over="x").detail
    assert hub.requests == []


def test_a_plan_of_another_hub_sends_nobody_there(ada: Person, mallory: Person, hub: FaultyHub) -> None:
    mallory.do("plant", name="evil", plan=plan(hub="https://evil.example"))
    for verb in ("resume", "undo"):
        failure = ada.fails(verb, name="evil")
        assert "https://evil.example" in failure.detail
        assert "--hub-url" not in failure.detail
    assert hub.requests == []


FILES = {"README.md": "# Mine\n", "load_iris.py": "x = 1\n", "record.json": '{"publish_id": "%s"}' % ("e" * 32)}


@pytest.mark.parametrize("kind", ["link", "hard link", "FIFO", "link of the folder", "grows"])
def test_no_file_of_adas_is_sent(
    ada: Person, mallory: Person, root: Path, api: HfApi, hub: FaultyHub, kind: str
) -> None:
    key = ada.home / "id_rsa"
    ada.act([["write", str(key), KEY], ["chmod", str(key), 0o600]])
    files = {name: content for name, content in FILES.items() if name != "README.md"}
    mallory.do("plant", name="evil", plan=plan(repo_id="NERSC/evil", hub=hub.url), files=files)
    trap = root / ".evil.staging" / "files" / "README.md"
    steps = {
        "link": [["symlink", str(key), str(trap)]],
        "FIFO": [["fifo", str(trap)]],
        "link of the folder": [
            ["rename", ".evil.staging/files", ".evil.staging/before"],
            ["symlink", str(ada.home), ".evil.staging/files"],
        ],
        "grows": [["write", str(trap), ""], ["truncate", str(trap), 2**30]],
    }.get(kind, [])
    assert mallory.act(steps) == [None] * len(steps)
    if kind == "hard link":  # a kernel that does not protect them; mallory alone could not
        assert mallory.act([["link", str(key), str(trap)]]) == ["EACCES"]
        trap.hardlink_to(key)
    assert ada.fails("resume", name="evil").code == "forbidden"
    failure = ada.fails("resume", name="evil", take_over=seen(ada, "evil"))
    assert failure.code == "conflict"
    assert "Nothing was sent" in failure.detail
    assert written(hub) == []
    assert repositories(api) == []


def test_what_is_taken_over_is_sent_as_it_was_copied(
    ada: Person, mallory: Person, root: Path, api: HfApi, hub: FaultyHub
) -> None:
    """Mallory's hand is out of it as soon as ada has said yes."""
    record = {"name": "sky", "pretty_name": "Sky", "repo_id": "NERSC/sky", "publish_id": "e" * 32}
    mallory.do(
        "plant",
        name="sky",
        plan=plan("sky", "NERSC/sky", hub=hub.url, hub_files=["README.md", "record.json"]),
        files={"README.md": "# Sky\n", "record.json": json.dumps(record)},
    )
    with ada.paused("resume", "commit begin", name="sky", take_over=seen(ada, "sky")) as outcome:
        assert (root / ".sky.staging").stat().st_uid == ada.uid
        steps = [
            ["write", f".sky.staging/{path}", "evil"] for path in ("files/README.md", "plan.json", "journal.jsonl")
        ]
        steps += [["unlink", ".sky.staging/files/README.md"], ["write", ".sky.staging/files/more", "x"]]
        assert set(mallory.act(steps)) == {"EACCES"}
    assert outcome.failure is None
    assert outcome.value["revision"] == history(api, "NERSC/sky")[0]
    assert Path(api.hf_hub_download("NERSC/sky", "README.md", repo_type="dataset")).read_text() == "# Sky\n"
    assert [path.name for path in root.iterdir() if not path.name.endswith(".gone")] == ["sky"]


def test_a_repository_that_is_said_to_be_made_for_it_is_empty(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub
) -> None:
    """The commit would replace the card of an established dataset, while 'make the repository' is what was shown."""
    before = heads(api, "NERSC/iris")
    journal = [{"step": "repository", "created": True, "parent": before["NERSC/iris"]}]
    mallory.do("plant", name="evil", plan=plan(hub=hub.url), journal=journal, files=FILES)
    assert "which is still empty" in ada.do("unfinished", name="evil")["resume"][0]
    failure = ada.fails("resume", name="evil", take_over=seen(ada, "evil"))
    assert "contains files from elsewhere" in failure.detail
    assert written(hub) == []
    assert heads(api, "NERSC/iris") == before


def test_a_change_of_an_established_repository_is_said_to_be_one(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub
) -> None:
    """The plan says that the repository is to be made, the journal that it was found as it is."""
    head = heads(api, "NERSC/iris")["NERSC/iris"]
    found = {"step": "repository", "created": False, "parent": head}
    mallory.do("plant", name="evil1", plan=plan("evil1", hub=hub.url), journal=[found])
    mallory.do("plant", name="evil2", plan=plan("evil2", hub=hub.url, parent=head, was_private=True))
    mallory.do("plant", name="evil3", plan=plan("evil3", hub=hub.url, parent=head, deleted=["data.csv"]))
    files = "README.md, load_iris.py, record.json"
    said = [ada.do("unfinished", name=f"evil{number}")["resume"] for number in (1, 2, 3)]
    assert said[0][0] == f"Change NERSC/iris on the Hub: {files}"
    assert said[1][:2] == ["Show NERSC/iris to everybody", f"Change NERSC/iris on the Hub: {files}"]
    assert said[2][0] == f"Change NERSC/iris on the Hub: {files}, data.csv (removed)"
    assert written(hub) == []


def test_an_undo_puts_back_only_what_the_publication_changed(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub
) -> None:
    """The journal names an older commit as the one before, so that more would be put back than was changed."""
    for number in range(2):
        iris = ada.do("update", changes={"license": ["mit", "cc-by-4.0"][number]})
    shas = history(api)
    hub.clear_requests()
    commit = {"step": "commit", "oid": shas[0], "url": "https://x/", "pull_request": None, "pull_request_url": None}
    for number, (publish_id, parent) in enumerate(
        [(iris["publish_id"], shas[-1]), (iris["publish_id"], shas[2]), ("e" * 32, shas[1])]
    ):
        journal = [{"step": "repository", "created": False, "parent": parent}, commit]
        name = f"evil{number}"
        mallory.do("plant", name=name, plan=plan(name, publish_id=publish_id, hub=hub.url), journal=journal)
        assert ada.do("unfinished", name=name)["undo"][0].startswith("Revert the changes in NERSC/iris on the Hub")
        failure = ada.fails("undo", name=name, take_over=seen(ada, name))
        assert "does not match the changes" in failure.detail
    assert written(hub) == []
    assert history(api) == shas


def test_an_undo_closes_no_pull_request_of_others(
    ada: Person, mallory: Person, iris: dict[str, Any], api: HfApi, hub: FaultyHub
) -> None:
    api.create_pull_request("NERSC/iris", "A proposal", repo_type="dataset")
    hub.clear_requests()
    number = next(api.get_repo_discussions("NERSC/iris", repo_type="dataset")).num
    commit = {"oid": "1" * 40, "url": "https://x/", "pull_request": number, "pull_request_url": "https://x/"}
    journal = [{"step": "repository", "created": False, "parent": history(api)[0]}, {"step": "commit", **commit}]
    mallory.do("plant", name="evil", plan=plan(hub=hub.url, create_pr=True), journal=journal)
    assert ada.do("unfinished", name="evil")["undo"][0] == f"Close pull request {number} of NERSC/iris on the Hub"
    failure = ada.fails("undo", name="evil", take_over=seen(ada, "evil"))
    assert "is not the one that proposes 'evil'" in failure.detail
    assert written(hub) == []


def test_mallory_cannot_finish_or_undo_what_is_adas(ada: Person, mallory: Person, root: Path, hub: FaultyHub) -> None:
    hub.faults.add("server_error", path="*/commit/*", count=None, method="POST")
    assert ada.fails("publish", keep_on_failure=True).code == "upstream"
    hub.faults.clear()
    for verb in ("resume", "undo"):
        assert mallory.fails(verb, name="iris").code == "forbidden"
    assert (root / ".iris.staging").stat().st_uid == ada.uid
    assert ada.do("resume", name="iris")["revision"]


def test_where_somebody_put_a_link_or_nothing_is_told(ada: Person, mallory: Person, hub: FaultyHub) -> None:
    mallory.act([["mkdir", ".a.staging", 0o700], ["symlink", str(ada.home), ".b.staging"], ["fifo", ".c.staging"]])
    words = {"a": "belongs to 64002", "b": "is a symbolic link", "c": "is a FIFO"}
    for name, reason in words.items():
        assert reason in ada.do("unfinished", name=name)["problem"]
        for verb in ("resume", "undo"):
            assert reason in ada.fails(verb, name=name, take_over="x").detail
    assert hub.requests == []
