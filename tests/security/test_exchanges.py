"""Mallory renames, exchanges and edits what ada is working on, between one step of her publication and the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.practice_hub import FaultyHub

from .conftest import heads, plan, repositories, written
from .people import Person

STEPS = ("stage done", "repository begin", "repository answered", "commit begin", "commit answered", "catalog begin")
PREPARING = (
    "made folder",
    "made files",
    "wrote README.md",
    "wrote record.json",
    "wrote plan.json",
    "wrote journal.jsonl",
)


@pytest.fixture
def thesis(ada: Person) -> Path:
    """A folder of ada's own, in which nothing may appear."""
    folder = ada.home / "thesis"
    ada.act([["mkdir", str(folder), 0o700], ["write", str(folder / "chapter-1"), "mine"]])
    return folder


def unharmed(thesis: Path) -> bool:
    mode = thesis.stat().st_mode & 0o7777
    return mode == 0o700 and [path.name for path in thesis.iterdir()] == ["chapter-1"]


def being_prepared(root: Path) -> str:
    [name] = [path.name for path in root.iterdir() if path.name.endswith(".new")]
    return name


@pytest.mark.parametrize("at", PREPARING)
@pytest.mark.parametrize("instead", ["link", "own folder"])
def test_what_is_being_prepared_is_exchanged(
    ada: Person, mallory: Person, root: Path, hub: FaultyHub, thesis: Path, at: str, instead: str
) -> None:
    with ada.paused("publish", at) as outcome:
        name = being_prepared(root)
        steps = [["rename", name, "stolen"]]
        steps += [["symlink", str(thesis), name]] if instead == "link" else [["mkdir", name, 0o777]]
        if instead == "own folder" and at != "made folder":
            steps += [["mkdir", f"{name}/files", 0o777], ["write", f"{name}/files/README.md", "evil"]]
        assert set(mallory.act(steps)) == {None}
    assert unharmed(thesis)
    assert outcome.failure is not None
    assert outcome.failure.code in ("conflict", "storage"), outcome.failure.detail
    assert written(hub) == []
    assert list((root / name).iterdir() if instead == "own folder" and (root / name).is_dir() else []) == [] or (
        [path.name for path in (root / name).iterdir()] == ["files"]
    )


@pytest.mark.parametrize("at", PREPARING[:4])
def test_what_is_being_prepared_is_closed_to_others(ada: Person, mallory: Person, root: Path, at: str) -> None:
    with ada.paused("publish", at) as outcome:
        name = being_prepared(root)
        steps = [["write", f"{name}/trap", ""], ["read", f"{name}/files/README.md"], ["symlink", "/", f"{name}/files2"]]
        assert set(mallory.act(steps)) == {"EACCES"}
    assert outcome.failure is None
    assert [path.name for path in root.iterdir()] == ["iris"]


@pytest.mark.parametrize("at", STEPS)
@pytest.mark.parametrize("instead", ["nothing", "link", "own folder", "copy of it"])
def test_the_staging_is_exchanged(
    ada: Person, mallory: Person, root: Path, hub: FaultyHub, api: HfApi, thesis: Path, at: str, instead: str
) -> None:
    """What mallory puts there names another dataset of the organization, and says that it was made for it."""
    ada.do("publish", name="sky")
    before = heads(api, "NERSC/sky")
    private = api.create_repo("NERSC/secret", repo_type="dataset", private=True).repo_id
    with ada.paused("publish", at) as outcome:
        hub.clear_requests()
        steps: list[list[Any]] = [["rename", ".iris.staging", "stolen"]]
        if instead == "link":
            steps.append(["symlink", str(thesis), ".iris.staging"])
        elif instead != "nothing":
            steps += _like(root, hub, api, is_copy=instead == "copy of it")
        assert set(mallory.act(steps)) == {None}
    assert unharmed(thesis)
    assert outcome.failure is not None
    assert outcome.failure.code in ("conflict", "upstream"), outcome.failure.detail
    assert heads(api, "NERSC/sky") == before
    assert set(repositories(api)) - {"NERSC/iris"} == {"NERSC/secret", "NERSC/sky"}
    assert api.dataset_info(private).private
    assert [
        request for request in written(hub) if "sky" in request or "secret" in request or "settings" in request
    ] == []
    if instead == "own folder":
        assert (root / ".iris.staging" / "plan.json").stat().st_uid == mallory.uid


def _like(root: Path, hub: FaultyHub, api: HfApi, *, is_copy: bool) -> list[list[Any]]:
    """A staging of mallory's with the publish id and the owner of ada's, but about other repositories."""
    ours = root / ".iris.staging"
    publish_id = json.loads((ours / "plan.json").read_bytes())["publish_id"]
    owner = str((ours / "owner-1").readlink())
    shas = [commit.commit_id for commit in api.list_repo_commits("NERSC/sky", repo_type="dataset")]
    commit = {"oid": shas[0], "url": "https://x/", "pull_request": None, "pull_request_url": None}
    repo_id = "NERSC/iris" if is_copy else "NERSC/secret"
    said: list[dict[str, Any]] = [
        {"step": "repository", "created": False, "parent": shas[-1]},
        {"step": "visibility_asked"},
        {"step": "commit", **commit},
    ]
    journal = (ours / "journal.jsonl").read_text() if is_copy else "".join(json.dumps(line) + "\n" for line in said)
    forged = plan("iris", repo_id, publish_id=publish_id, hub=hub.url, was_private=False, private=True, parent=shas[-1])
    folder = ".iris.staging"
    return [
        ["mkdir", folder, 0o777],
        ["mkdir", f"{folder}/files", 0o777],
        ["write", f"{folder}/files/README.md", "evil"],
        ["write", f"{folder}/plan.json", json.dumps(forged)],
        ["write", f"{folder}/journal.jsonl", journal],
        ["symlink", owner, f"{folder}/owner-1"],
    ]


@pytest.mark.parametrize("at", STEPS[:4])
def test_no_file_of_a_staging_can_be_edited_in_place(
    ada: Person, mallory: Person, root: Path, hub: FaultyHub, api: HfApi, at: str
) -> None:
    with ada.paused("publish", at) as outcome:
        folder = root / ".iris.staging"
        paths = [str(path) for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
        files = [path for path in paths if Path(path).is_file()]
        assert {"plan.json", "journal.jsonl", "README.md", "record.json"} <= {Path(path).name for path in files}
        steps: list[list[Any]] = []
        for path in files:
            steps += [["write", path, "evil"], ["append", path, "evil"], ["truncate", path, 0], ["unlink", path]]
            steps += [["rename", path, f"{path}2"]]
        steps += [["symlink", "/etc/passwd", f"{path}/trap"] for path in paths if path not in files]
        refused = mallory.act(steps)
        assert set(refused) == {"EACCES"}, list(zip(steps, refused, strict=True))
        assert set(mallory.act([["chmod", path, 0o777] for path in paths])) == {"EPERM"}
        # A kernel that protects hard links (as Linux does) refuses these as well.
        links = mallory.act([["link", path, f"second-{number}"] for number, path in enumerate(files)])
        assert set(links) <= {"EPERM", None}
    if None not in links:
        assert outcome.failure is None, outcome.failure
        assert [path.name for path in root.iterdir()] == ["iris"]
        files_there = api.list_repo_files("NERSC/iris", repo_type="dataset")
        for path in files_there:
            assert b"evil" not in Path(api.hf_hub_download("NERSC/iris", path, repo_type="dataset")).read_bytes()


def test_a_staging_under_another_name_is_nobodys(ada: Person, mallory: Person, root: Path, hub: FaultyHub) -> None:
    """It is ada's own, but it is the publication of another name."""
    hub.faults.add("server_error", path="*/commit/*", count=None, method="POST")
    assert ada.fails("publish", keep_on_failure=True).code == "upstream"
    hub.faults.clear()
    mallory.act([["rename", ".iris.staging", ".other.staging"]])
    hub.clear_requests()
    assert "it is the publication of 'iris'" in ada.do("unfinished", name="other")["problem"]
    for verb in ("resume", "undo"):
        failure = ada.fails(verb, name="other")
        assert failure.code == "conflict"
        assert "it is the publication of 'iris'" in failure.detail
    assert written(hub) == []
    mallory.act([["rename", ".other.staging", ".iris.staging"]])
    assert ada.do("resume", name="iris")["name"] == "iris"
    assert [path.name for path in root.iterdir()] == ["iris"]


@pytest.mark.parametrize("at", ["stage begin", "stage done", "commit begin", "catalog begin"])
def test_the_entry_becomes_a_link_after_its_record_was_read(
    ada: Person, mallory: Person, root: Path, api: HfApi, thesis: Path, at: str
) -> None:
    ada.do("publish")
    record = json.dumps(ada.do("read", name="iris"))
    ada.act([["write", str(thesis / "record.json"), record], ["write", str(thesis / "load_iris.py"), "KEY"]])
    with ada.paused("update", at) as outcome:
        steps = [["rename", "iris", "away"], ["symlink", str(thesis), "iris"]]
        assert mallory.act(steps) == [None, None]
    for path in api.list_repo_files("NERSC/iris", repo_type="dataset"):
        assert b"KEY" not in Path(api.hf_hub_download("NERSC/iris", path, repo_type="dataset")).read_bytes()
    assert (thesis / "load_iris.py").read_text() == "KEY"
    assert (thesis / "chapter-1").read_text() == "mine"
    assert thesis.stat().st_mode & 0o777 == 0o700
    if at in ("stage begin", "stage done"):
        assert outcome.failure is not None or not (root / "iris").is_symlink()


@pytest.mark.parametrize("verb", ["update", "retire"])
def test_an_entry_that_is_a_link_is_left_alone(
    ada: Person, mallory: Person, root: Path, hub: FaultyHub, thesis: Path, verb: str
) -> None:
    record = ada.do("publish")
    ada.act([["write", str(thesis / "record.json"), json.dumps(record)]])
    hub.clear_requests()
    mallory.act([["rename", "iris", "away"], ["symlink", str(thesis), "iris"]])
    failure = ada.fails(verb, name="iris")
    assert failure.code == "invalid_record"
    assert "is a symbolic link, but should be a folder" in failure.detail
    assert (thesis / "record.json").exists()
    assert hub.requests == []


@pytest.mark.parametrize("file_name", ["load_iris.py", "record.json", ".card.md", "README.md"])
def test_no_file_of_an_entry_leads_elsewhere(
    ada: Person, mallory: Person, root: Path, hub: FaultyHub, api: HfApi, thesis: Path, file_name: str
) -> None:
    """Each file of the published entry is replaced by a link to one of ada's own; then she updates it."""
    ada.do("publish")
    before = heads(api, "NERSC/iris")
    path = root / "iris" / file_name
    if not path.exists():
        [path] = [other for other in (root / "iris").iterdir() if other.name.startswith(".")]
    steps = [["unlink", str(path)], ["symlink", str(thesis / "chapter-1"), str(path)]]
    assert mallory.act(steps) == [None, None]
    if file_name == "README.md":  # the card is rendered anew and merged with the Hub's: this one is not read
        ada.do("update")
    else:
        assert ada.fails("update").code == "invalid_record"
        assert heads(api, "NERSC/iris") == before
    for name in api.list_repo_files("NERSC/iris", repo_type="dataset"):
        assert Path(api.hf_hub_download("NERSC/iris", name, repo_type="dataset")).read_bytes() != b"mine"
