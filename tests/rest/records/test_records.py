from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.rest.conftest import put


async def test_everything_known_of_an_entry(ask: Any, publish: Any, content: Any, data: Path, root: Path) -> None:
    await ask("GET", "/session")
    await publish(content)
    entry = (await ask("GET", "/records/iris")).data
    assert entry["record"]["pretty_name"] == "Iris"
    assert entry["folder"] == str(root / "iris")
    assert set(entry["files"]) == {"README.md", "iris_loader.ipynb", "load_iris.py", "record.json"}
    assert entry["repo_url"].endswith("/datasets/NERSC/iris")
    assert len(entry["notebook"].pop("digest")) == 32
    assert entry["notebook"] == {"path": str(root / "iris" / "iris_loader.ipynb"), "link": None}
    assert entry["access"]["status"] == "readable"
    assert entry["contents"] == {"data": "data/iris"}
    facts = {fact["name"]: fact for fact in entry["facts"]}
    labels = [facts[name]["label"] for name in ("licence", "hub", "folder")]
    assert labels == [
        "Licence",
        "On the Hub",
        "Catalog folder",
    ]
    assert facts["data_path"]["items"] == [{"text": str(data), "contents_path": "data/iris"}]
    assert (facts["data_path"]["kind"], facts["published_at"]["kind"]) == ("path", "moment")
    assert facts["hub"]["items"] == [{"text": "NERSC/iris", "href": entry["repo_url"]}]
    assert facts["folder"]["items"] == [{"text": str(root / "iris")}]
    assert entry["card"].startswith("---\npretty_name: Iris")
    assert entry["loader"] == {"file_name": "load_iris.py", "text": (data / "load_iris.py").read_text()}
    assert (entry["batch_script"], entry["unfinished"]) == (None, False)
    (listed,) = (await ask("GET", "/datasets")).data["datasets"]
    assert (listed["repo_url"], listed["etag"]) == (entry["repo_url"], entry["etag"])


@pytest.mark.parametrize(
    "name", ["nothing", "..", "..%2f..%2fetc", "%2e%2e", ".sky.staging", "sky%2frecord.json", "%00", "%ff", "x" * 3000]
)
async def test_what_is_no_entry_is_not_found(name: str, ask: Any, root: Path) -> None:
    put(root, "sky")
    for method, rest, body in (("GET", "", None), ("POST", "/copies", {"folder": ""}), ("POST", "/drafts", None)):
        answer = await ask(method, f"/records/{name}{rest}", body)
        assert answer.status in (400, 404), (method, rest)  # 400 is Tornado's, for what is no UTF-8
    for kind in ("retire", "undo", "resume"):
        assert (await ask("POST", "/jobs", {"kind": kind, "name": name})).code == "not_found"
    assert (await ask("GET", "/jobs")).data["jobs"] == []


NASTY: list[dict[str, Any]] = [
    {"name": "../../elsewhere"},
    {"loader": "../../secret.py"},
    {"loader": "/etc/passwd"},
    {"batch_script": ".."},
    {"tags": "a"},
    {"tags": [1, None]},
    {"description": 7},
    {"data_path": 7},
    {"authors": "Ann"},
    {"private": "no"},
    {"size_categories": {}},
]


async def test_an_entry_of_a_newer_version_is_shown_and_stays_as_it_is(ask: Any, root: Path) -> None:
    put(root, "newer", schema_version=99)
    assert "schema version 99" in (await ask("GET", "/records/newer")).data["read_only"]
    (found,) = (await ask("GET", "/datasets?q=newer")).data["datasets"]
    assert (found["name"], "schema version 99" in found["read_only"]) == ("newer", True)
    refused = await ask("POST", "/records/newer/drafts")
    assert (refused.status, refused.data["code"]) == (409, "conflict")
    assert "was not changed" in refused.data["detail"]


@pytest.mark.parametrize("members", NASTY)
async def test_an_entry_that_somebody_made_wrong_breaks_nothing_else(
    members: dict[str, Any], ask: Any, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.py").write_text("SECRET = 1\n")
    put(root, "good")
    put(root, "wrong", **members)
    listed = {item["name"]: item for item in (await ask("GET", "/datasets")).data["datasets"]}
    assert ("broken" in listed["good"], "broken" in listed["wrong"]) == (False, True)
    for method, rest, body in (("GET", "", None), ("POST", "/copies", {"folder": ""}), ("POST", "/drafts", None)):
        answer = await ask(method, f"/records/wrong{rest}", body)
        assert (answer.status, answer.code) == (422, "invalid_record")
        assert b"SECRET" not in answer.body


@pytest.mark.parametrize("path", ["a\0b", "relative", "~", "", "/" + "x" * 5000, "/etc/../etc"])
async def test_any_path_of_the_data_can_be_shown(path: str, ask: Any, root: Path) -> None:
    put(root, "odd", data_path=path)
    assert "broken" not in (await ask("GET", "/datasets")).data["datasets"][0]
    assert (await ask("GET", "/records/odd")).data["record"].get("data_path", "") == path
    assert (await ask("POST", "/records/odd/drafts")).status == 201


async def test_half_a_character_makes_a_record_a_damaged_one(ask: Any, root: Path) -> None:
    put(root, "odd", tags=["\ud800"])
    put(root, "sky")
    rows = {row["name"]: row for row in (await ask("GET", "/datasets")).data["datasets"]}
    assert ("broken" in rows["odd"], "broken" in rows["sky"]) == (True, False)
    assert (await ask("GET", "/records/odd")).code == "invalid_record"


async def test_scripts_that_are_links_are_not_followed(ask: Any, root: Path, tmp_path: Path) -> None:
    (tmp_path / "id_rsa").write_text("SECRET")
    folder = put(root, "sky", loader="load.py")
    (folder / "load.py").symlink_to(tmp_path / "id_rsa")
    draft = (await ask("POST", "/records/sky/drafts")).data
    for method, place in (("GET", "/records/sky"), ("POST", f"/drafts/{draft['id']}/preview")):
        answer = await ask(method, place)
        assert (answer.status, b"SECRET" in answer.body) == (422, False)


async def test_a_copy_of_the_notebook_overwrites_nothing(
    ask: Any, publish: Any, content: Any, jp_root_dir: Path, root: Path
) -> None:
    await publish({**content, "values": {**content["values"], "kernel_name": "python3"}})
    paths = [(await ask("POST", "/records/iris/copies", {"folder": "data"})).data["path"] for _ in "ab"]
    assert paths == ["data/iris_loader.ipynb", "data/iris_loader-1.ipynb"]
    original, *copies = (
        nbformat.read(path, as_version=4)
        for path in (root / "iris" / "iris_loader.ipynb", *(jp_root_dir / path for path in paths))
    )
    digest = (await ask("GET", "/records/iris")).data["notebook"]["digest"]
    original.metadata["huggingnersc_lab"] = {"name": "iris", "digest": digest}
    assert copies == [original, original]
    assert original.metadata.kernelspec.name == "python3"


async def test_the_digest_tells_that_the_original_has_changed(ask: Any, publish: Any, content: Any, root: Path) -> None:
    await publish(content)
    before = (await ask("GET", "/records/iris")).data["notebook"]["digest"]
    assert (await ask("GET", "/records/iris")).data["notebook"]["digest"] == before
    notebook = root / "iris" / "iris_loader.ipynb"
    notebook.write_text(notebook.read_text().replace("iris", "Iris", 1))
    assert (await ask("GET", "/records/iris")).data["notebook"]["digest"] != before


async def test_what_is_no_notebook_is_copied_as_it_is(
    ask: Any, publish: Any, content: Any, jp_root_dir: Path, root: Path
) -> None:
    await publish(content)
    for damaged in (b'{"cells": [', b"[1, 2]", b'{"metadata": 7}', b"\xff\xfe", b""):
        (root / "iris" / "iris_loader.ipynb").write_bytes(damaged)
        path = (await ask("POST", "/records/iris/copies", {"folder": ""})).data["path"]
        assert (jp_root_dir / path).read_bytes() == damaged


@pytest.mark.parametrize(
    ("folder", "status", "code"),
    [("nothing", 404, "not_found"), ("..", 403, "forbidden"), ("data/iris/iris.csv", 404, "not_found")],
)
async def test_a_copy_goes_to_a_folder_of_the_file_browser(
    folder: str, status: int, code: str, ask: Any, publish: Any, content: Any
) -> None:
    await publish(content)
    answer = await ask("POST", "/records/iris/copies", {"folder": folder})
    assert (answer.status, answer.code, answer.pointers) == (status, code, ["/folder"])


async def test_an_entry_without_a_notebook_has_none_to_copy(ask: Any, root: Path) -> None:
    put(root, "sky")
    assert (await ask("POST", "/records/sky/copies", {"folder": ""})).code == "not_found"


class TestChangingAnEntry:
    """From a draft of the entry to its update, with others at it."""

    async def test_a_draft_of_it_changes_it(self, ask: Any, publish: Any, content: Any, settled: Any) -> None:
        await publish(content)
        draft = (await ask("POST", "/records/iris/drafts")).data
        changed = {**draft["content"], "values": {**draft["content"]["values"], "license": "mit"}}
        del changed["editing_etag"]
        saved = (await ask("PUT", f"/drafts/{draft['id']}", changed)).data
        assert saved["content"]["editing_etag"] == draft["content"]["editing_etag"]
        shown = (await ask("POST", f"/drafts/{draft['id']}/preview")).data
        assert shown["actions"][0].startswith("Change NERSC/iris in one commit")
        refused = await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})
        assert (refused.code, refused.pointers) == ("invalid_record", ["/kind"])
        job = await ask("POST", "/jobs", {"kind": "update", "draft_id": draft["id"]})
        assert (await settled(job.data))["state"] == "succeeded"
        assert (await ask("GET", "/records/iris")).data["record"]["license"] == "mit"

    async def test_what_another_changed_meanwhile_is_not_overwritten(
        self, ask: Any, publish: Any, content: Any, settled: Any
    ) -> None:
        await publish(content)
        mine, theirs = [(await ask("POST", "/records/iris/drafts")).data for _ in "ab"]
        for draft, license_ in ((theirs, "mit"), (mine, "cc-by-4.0")):
            values = {**draft["content"]["values"], "license": license_}
            await ask("PUT", f"/drafts/{draft['id']}", {"editing": "iris", "values": values})
        job = await ask("POST", "/jobs", {"kind": "update", "draft_id": theirs["id"]})
        assert (await settled(job.data))["state"] == "succeeded"
        answer = await ask("POST", "/jobs", {"kind": "update", "draft_id": mine["id"]})
        assert (answer.status, answer.code) == (409, "conflict")
        assert "Nothing was overwritten: check the current entry" in answer.data["detail"]
        found = (await ask("POST", f"/drafts/{mine['id']}/validate")).data
        assert [warning["code"] for warning in found["warnings"] if warning["pointer"] == ""] == ["conflict"]
        entry = (await ask("GET", "/records/iris")).data
        assert entry["record"]["license"] == "mit"
        kept = (await ask("GET", f"/drafts/{mine['id']}")).data["content"]
        assert kept["values"]["license"] == "cc-by-4.0"
        await ask("PUT", f"/drafts/{mine['id']}", {**kept, "editing_etag": entry["etag"]})  # who has looked at it
        job = await ask("POST", "/jobs", {"kind": "update", "draft_id": mine["id"]})
        assert (await settled(job.data))["state"] == "succeeded"
        assert (await ask("GET", "/records/iris")).data["record"]["license"] == "cc-by-4.0"

    async def test_what_changes_after_the_order_is_not_overwritten_either(
        self, ask: Any, publish: Any, content: Any, settled: Any, root: Path, practice_hub: Any
    ) -> None:
        await publish(content)
        draft = (await ask("POST", "/records/iris/drafts")).data
        practice_hub.faults.add("slow", path="*/revision/*", method="GET", seconds=1)
        job = await ask("POST", "/jobs", {"kind": "update", "draft_id": draft["id"]})
        record = json.loads((root / "iris" / "record.json").read_text())
        (root / "iris" / "record.json").write_text(json.dumps(record | {"pretty_name": "By hand"}))
        ended = await settled(job.data)
        assert (ended["state"], ended["error"]["code"]) == ("failed", "conflict")
        assert (await ask("GET", "/records/iris")).data["record"]["pretty_name"] == "By hand"

    async def test_a_draft_made_by_hand_begins_from_the_entry_of_that_moment(self, ask: Any, root: Path) -> None:
        put(root, "sky")
        etag = (await ask("GET", "/records/sky")).data["etag"]
        made = (await ask("POST", "/drafts", {"editing": "sky"})).data
        assert made["content"]["editing_etag"] == etag
        other = (await ask("POST", "/drafts", {})).data
        saved = (await ask("PUT", f"/drafts/{other['id']}", {"editing": "sky", "editing_etag": None})).data
        assert saved["content"]["editing_etag"] == etag

    @pytest.mark.parametrize("name", ["gone", "../../elsewhere", "", "\ud800"])
    async def test_of_what_is_no_entry(self, name: str, ask: Any) -> None:
        draft = (await ask("POST", "/drafts", {"editing": name, "values": {"name": "x"}})).data
        answer = await ask("POST", f"/drafts/{draft['id']}/validate")
        assert answer.status == (404 if name else 200)
        job = await ask("POST", "/jobs", {"kind": "update", "draft_id": draft["id"]})
        assert job.code == ("not_found" if name else "invalid_record")

    async def test_its_nickname_stays(self, ask: Any, publish: Any, content: Any) -> None:
        await publish(content)
        draft = (await ask("POST", "/records/iris/drafts")).data
        values = {**draft["content"]["values"], "name": "rose"}
        await ask("PUT", f"/drafts/{draft['id']}", {**draft["content"], "values": values})
        answer = await ask("POST", f"/drafts/{draft['id']}/preview")
        assert (answer.code, answer.pointers) == ("invalid_record", ["/name"])
