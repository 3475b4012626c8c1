"""Unfinished publications, and repositories that have to be meant, over HTTP; and a catalog full of traps."""

from __future__ import annotations

import asyncio
import json
import os
import resource
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.store import Store
from tests.practice_hub import FaultyHub
from tests.rest.conftest import Ask, put

MALLORY = 64_002
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to somebody else")
RECORD = {"name": "sky", "pretty_name": "Sky", "repo_id": "NERSC/sky", "publish_id": "e" * 32}
PLAN = {
    "publish_id": "e" * 32,
    "repo_id": "NERSC/sky",
    "hub": "practice",
    "title": "Catalog sky",
    "hub_files": ["README.md", "record.json"],
    "name": "sky",
}


def api_of(hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=hub.url, token=hub.tokens["admin"])


def on_hub(hub: FaultyHub) -> list[str]:
    return sorted(info.id for info in api_of(hub).list_datasets(author="NERSC"))


def left_in(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def plant(root: Path, name: str = "sky", plan: object = PLAN, journal: bytes = b"", uid: int | None = MALLORY) -> Path:
    """A staging; somebody else's where that can be."""
    folder = root / f".{name}.staging"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "README.md").write_text("# Sky\n")
    (folder / "files" / "record.json").write_text(json.dumps(RECORD))
    (folder / "plan.json").write_bytes(plan if isinstance(plan, bytes) else json.dumps(plan).encode())
    (folder / "journal.jsonl").write_bytes(journal)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        if uid is not None:
            os.chown(path, uid, -1)
    return folder


@as_root
async def test_whose_it_is_and_what_would_be_done(ask: Ask, hub: FaultyHub, root: Path) -> None:
    plant(root)
    found = (await ask("GET", "/unfinished/sky")).data
    etag = found.pop("etag")
    assert len(etag) == 32
    assert found == {
        "name": "sky",
        "account": str(MALLORY),
        "is_own": False,
        "repo_id": "NERSC/sky",
        "resume": [
            "Create the public dataset repository NERSC/sky on the Hub, unless it exists",
            "Send README.md, record.json to NERSC/sky, which is still empty",
            "Add 'sky' to the catalog",
        ],
        "undo": ["Remove the prepared files from the catalog"],
    }
    assert hub.requests == []


async def test_there_is_none(ask: Ask, root: Path, hub: FaultyHub) -> None:
    for name in ("sky", "..", "a%2Fb", "%00", "%0a", "x" * 300):
        answer = await ask("GET", f"/unfinished/{name}")
        assert answer.status == 404
    assert (await ask("GET", "/unfinished/%ED%A0%80")).status == 400
    assert (await ask("POST", "/jobs", {"kind": "undo", "name": "sky"})).code == "not_found"


@as_root
@pytest.mark.parametrize("way", ["resume", "undo"])
async def test_somebody_elses_is_taken_over_as_it_was_shown(
    ask: Ask, settled: Any, hub: FaultyHub, root: Path, way: str
) -> None:
    plant(root)
    etag = (await ask("GET", "/unfinished/sky")).data["etag"]
    for order, code in (({}, "forbidden"), ({"take_over": "0" * 32}, "conflict")):
        job = await settled((await ask("POST", "/jobs", {"kind": way, "name": "sky", **order})).data)
        assert (job["state"], job["error"]["code"], job["kept"]) == ("failed", code, True)
    assert [request for request in hub.requests if request.method == "POST"] == []
    job = await settled((await ask("POST", "/jobs", {"kind": way, "name": "sky", "take_over": etag})).data)
    assert job["state"] == "succeeded", job
    assert on_hub(hub) == (["NERSC/sky"] if way == "resume" else [])
    assert left_in(root) == (["sky"] if way == "resume" else [])


@pytest.mark.parametrize(
    ("order", "pointer"), [({"take_over": True}, "/take_over"), ({"take_over": None}, "/take_over")]
)
async def test_a_yes_names_what_it_is_for(ask: Ask, root: Path, order: dict[str, Any], pointer: str) -> None:
    answer = await ask("POST", "/jobs", {"kind": "undo", "name": "sky", **order})
    assert (answer.status, answer.pointers) == (422, [pointer])


@as_root
async def test_what_undoing_deletes_is_named(ask: Ask, hub: FaultyHub, root: Path) -> None:
    journal = b'{"step": "repository", "created": true, "parent": "abc"}\n'
    plant(root, journal=journal)
    found = (await ask("GET", "/unfinished/sky")).data
    assert found["deletes"] == "NERSC/sky"
    assert found["undo"][0] == "Delete the repository NERSC/sky from the Hub"


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (PLAN | {"repo_id": "mila/sky"}, "is not a repository of NERSC"),
        (PLAN | {"hub": "https://evil.example"}, "started on the Hub 'https://evil.example'"),
        (PLAN | {"hub_files": ["../../x"]}, "contains an invalid file name"),
        (PLAN | {"unheard_of": 1}, "another version"),
        (b"[" * 50_000, "nested too deeply"),
    ],
)
async def test_what_cannot_be_carried_out_is_a_problem(
    ask: Ask, root: Path, hub: FaultyHub, plan: object, words: str
) -> None:
    plant(root, plan=plan, uid=None)
    found = (await ask("GET", "/unfinished/sky")).data
    assert words in found["problem"]
    assert (found["etag"], found["resume"], found["undo"]) == ("", [], [])


async def test_another_repository_than_the_entrys_has_to_be_confirmed(
    ask: Ask, publish: Any, content: Any, settled: Any, hub: FaultyHub, root: Path
) -> None:
    await publish(content)
    api = api_of(hub)
    api.create_repo("NERSC/moon", repo_type="dataset")
    record = json.loads((root / "iris" / "record.json").read_bytes())
    (root / "iris" / "record.json").write_text(json.dumps({**record, "repo_id": "NERSC/moon"}))
    draft = (await ask("POST", "/records/iris/drafts")).data
    preview = await ask("POST", f"/drafts/{draft['id']}/preview", {})
    assert preview.status == 200, "it can be looked at before one is asked"
    assert preview.data["notes"][0].startswith("Is 'NERSC/moon' the right repository? ")
    for order in ({"kind": "update", "draft_id": draft["id"]}, {"kind": "retire", "name": "iris", "from_hub": True}):
        job = await settled((await ask("POST", "/jobs", order)).data)
        assert (job["state"], job["error"]["code"], job["kept"]) == ("failed", "conflict", False)
        [asked] = job["error"]["errors"]
        assert (asked["pointer"], asked["code"], asked["detail"]) == ("/repo_id", "unconfirmed", "NERSC/moon")
        job = await settled((await ask("POST", "/jobs", order | {"confirmed": "NERSC/iris"})).data)
        assert (job["state"], job["error"]["code"]) == ("failed", "conflict")
        assert on_hub(hub) == ["NERSC/iris", "NERSC/moon"]
        assert len(api.list_repo_commits("NERSC/moon", repo_type="dataset")) == 1
    job = await settled((await ask("POST", "/jobs", order | {"confirmed": "NERSC/moon"})).data)
    assert job["state"] == "succeeded", job
    assert any("NERSC/moon" in step["detail"] for step in job["steps"])
    assert on_hub(hub) == ["NERSC/iris"]


def spoil(root: Path) -> tuple[set[str], set[str]]:
    """Put all kinds of traps into a catalog; the names of damaged entries, and of unfinished publications."""
    for number, plan in enumerate([b"", b"{", b"[]", b"\0" * 99, b"[" * 9000] * 2):
        plant(root, f"bad{number}", plan=plan, uid=None)
    for name in ("fifo", "sparse", "private", "empty"):
        (root / f".{name}.staging").mkdir(mode=0o700 if name == "private" else 0o755)
    os.mkfifo(root / ".fifo.staging" / "plan.json")
    (root / ".sparse.staging" / "plan.json").write_text("{}")
    for path in (root / ".sparse.staging" / "journal.jsonl", root / "zeros"):
        with path.open("wb") as stream:
            stream.truncate(2**30)
    (root / ".loop.staging").symlink_to(".loop.staging")
    (root / "loop").symlink_to("loop")
    (root / "etc").symlink_to("/etc")
    (root / "two\nlines").mkdir()
    (root / os.fsdecode(b"\xff")).mkdir()
    for name in ("pipe", "huge", "list", "none"):
        (root / name).mkdir()
    os.mkfifo(root / "pipe" / "record.json")
    with (root / "huge" / "record.json").open("wb") as stream:
        stream.truncate(2**30)
    (root / "list" / "record.json").write_text("[1]")
    begun = {*(f"bad{number}" for number in range(10)), "fifo", "sparse", "private", "empty"}
    return {"loop", "etc", r"two\nlines", r"\xff", "pipe", "huge", "list", "none"}, begun


@pytest.mark.timeout(120)
async def test_a_catalog_full_of_traps_hides_nothing_and_holds_up_nobody(ask: Ask, hub: FaultyHub, root: Path) -> None:
    put(root, "iris")
    damaged, begun = spoil(root)
    await ask("GET", "/datasets")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(4):
        answers = await asyncio.gather(*(ask("GET", "/datasets?limit=200") for _ in range(12)))
        for answer in answers:
            assert answer.status == 200
            rows = {row["name"]: row.get("broken") for row in answer.data["datasets"]}
            assert rows.keys() == {"iris", *damaged}
            assert rows.pop("iris") is None
            assert all(reason and reason.isprintable() for reason in rows.values())
            assert set(answer.data["unfinished"]) == begun
            assert "problem" not in answer.data["catalog"]
        found = await asyncio.gather(*(ask("GET", f"/unfinished/{name}") for name in (*begun, "loop")))
        assert all(answer.status == 200 and answer.data["problem"] for answer in found)
    for name in ("loop", "pipe", "huge", "list"):
        assert (await ask("GET", f"/records/{name}")).status == 422
    assert (await ask("GET", "/records/none")).status == 404
    assert (await ask("GET", "/records/iris")).status == 200
    assert (await ask("GET", "/session")).status == 200
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000  # kilobytes: not one of the sparse files was read


async def test_what_nobody_has_foreseen_is_told(
    ask: Ask, hub: FaultyHub, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "iris")
    assert [row["name"] for row in (await ask("GET", "/datasets")).data["datasets"]] == ["iris"]

    def breaks(*_: object) -> Any:
        raise ZeroDivisionError("nobody has foreseen this")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "root_stamp", breaks)
        answer = await ask("GET", "/datasets")
        assert answer.status == 200
        assert [row["name"] for row in answer.data["datasets"]] == ["iris"]
        assert "ZeroDivisionError" in answer.data["catalog"]["problem"]
        assert not answer.data["catalog"]["writable"]
    assert "problem" not in (await ask("GET", "/datasets")).data["catalog"]
