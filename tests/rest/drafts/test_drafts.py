from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import nbformat
import pytest

from huggingnersc_lab import private_files as files


async def test_a_draft_is_kept_listed_saved_and_deleted(ask: Any) -> None:
    made = await ask("POST", "/drafts", {"title": "Sky"})
    assert made.status == 201
    draft = made.data
    assert made.headers["ETag"] == f'"{draft["etag"]}"'
    assert draft["content"]["values"] == {}
    content = {**draft["content"], "values": {"name": "sky"}}
    saved = await ask("PUT", f"/drafts/{draft['id']}", content, headers={"If-Match": draft["etag"]})
    assert saved.data["content"] == content
    (listed,) = (await ask("GET", "/drafts")).data["drafts"]
    assert (listed["id"], listed["title"], listed["name"]) == (draft["id"], "Sky", "sky")
    read = await ask("GET", f"/drafts/{draft['id']}")
    assert read.data == saved.data
    unchanged = await ask("GET", f"/drafts/{draft['id']}", headers={"If-None-Match": read.headers["ETag"]})
    assert unchanged.status == 304
    assert (await ask("DELETE", f"/drafts/{draft['id']}")).status == 204
    assert (await ask("GET", f"/drafts/{draft['id']}")).code == "not_found"


async def test_a_stale_etag_overwrites_nothing(ask: Any) -> None:
    draft = (await ask("POST", "/drafts", {"title": "one"})).data
    path, first = f"/drafts/{draft['id']}", {"If-Match": f'"{draft["etag"]}"'}
    assert (await ask("PUT", path, {"title": "two"}, headers=first)).status == 200
    for method, body in (("PUT", {"title": "three"}), ("DELETE", None)):
        answer = await ask(method, path, body, headers=first)
        assert (answer.status, answer.code) == (412, "conflict")
    assert (await ask("GET", path)).data["content"]["title"] == "two"
    assert (await ask("PUT", path, {"title": "mine"}, headers={"If-Match": "*"})).status == 200


@pytest.mark.parametrize("draft_id", ["0" * 32, "x", "..%2f..%2fetc%2fpasswd", "%2e%2e", "0" * 5000, "%00", "A" * 32])
async def test_what_is_no_draft_of_mine_is_not_found(draft_id: str, ask: Any) -> None:
    for method, rest, body in (
        ("GET", "", None),
        ("PUT", "", {}),
        ("DELETE", "", None),
        ("POST", "/validate", None),
        ("POST", "/preview", {}),
        ("POST", "/notebooks", {"folder": ""}),
        ("GET", "/export", None),
    ):
        answer = await ask(method, f"/drafts/{draft_id}{rest}", body)
        assert (answer.status, answer.code) == (404, "not_found"), (method, rest)
    assert (await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft_id})).code == "not_found"


async def test_another_users_draft_is_not_found(ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = tmp_path / "theirs" / "huggingnersc" / "drafts"
    theirs.mkdir(parents=True)
    draft_id = "ab" * 16
    (theirs / f"{draft_id}.json").write_text(json.dumps({"title": "private"}))
    assert (await ask("GET", f"/drafts/{draft_id}")).code == "not_found"
    assert (await ask("GET", f"/drafts/..%2f..%2f..%2ftheirs%2fhuggingnersc%2fdrafts%2f{draft_id}")).code == "not_found"


async def test_a_full_disk_keeps_what_was_saved(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = (await ask("POST", "/drafts", {"title": "kept"})).data

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", full)
        answer = await ask("PUT", f"/drafts/{draft['id']}", {"title": "lost"})
        assert (answer.status, answer.code) == (507, "storage")
        assert "saved version was kept" in answer.data["detail"]
        assert (await ask("POST", "/drafts", {"title": "new"})).status == 507
    assert (await ask("GET", f"/drafts/{draft['id']}")).data == draft
    assert len((await ask("GET", "/drafts")).data["drafts"]) == 1


async def test_a_damaged_draft_hides_no_other(ask: Any, tmp_path: Path) -> None:
    draft = (await ask("POST", "/drafts", {"title": "good"})).data
    (bad,) = ((tmp_path / "xdg_data_home" / "huggingnersc" / "drafts") / f"{'c' * 32}.json",)
    bad.write_text("{")
    listed = {item["id"]: item for item in (await ask("GET", "/drafts")).data["drafts"]}
    assert "broken" in listed["c" * 32]
    assert "broken" not in listed[draft["id"]]
    assert (await ask("GET", f"/drafts/{'c' * 32}")).status == 422


async def test_preview_shows_everything_and_makes_nothing(ask: Any, content: dict[str, Any], tmp_path: Path) -> None:
    draft = (await ask("POST", "/drafts", content)).data
    shown = (await ask("POST", f"/drafts/{draft['id']}/preview", {"private": True})).data
    assert shown["card"].startswith("---\npretty_name: Iris")
    nbformat.validate(nbformat.from_dict(shown["notebook"]))
    assert shown["loader"]["file_name"] == "load_iris.py"
    assert shown["record"]["loader"] == "load_iris.py"
    assert [item["name"] for item in shown["files"] if item["hub"]] == ["README.md", "record.json", "load_iris.py"]
    assert "private" in shown["actions"][0]
    assert not (tmp_path / "practice" / "catalog" / "iris").exists()


async def test_preview_of_a_distributed_loader_has_its_batch_script(ask: Any, content: dict[str, Any]) -> None:
    values = {**content["values"], "is_distributed": True}
    draft = (await ask("POST", "/drafts", {**content, "values": values})).data
    shown = (await ask("POST", f"/drafts/{draft['id']}/preview")).data
    assert shown["batch_script"]["text"].startswith("#!")
    assert shown["record"]["batch_script"] == shown["batch_script"]["file_name"]


async def test_what_cannot_be_published_is_told_with_every_fault(ask: Any, content: dict[str, Any]) -> None:
    faulty = {**content, "values": {"name": "a--b"}, "loader_path": "nothing.py"}
    draft = (await ask("POST", "/drafts", faulty)).data
    wanted = {"/name", "/pretty_name", "/size_categories", "/loader"}
    found = (await ask("POST", f"/drafts/{draft['id']}/validate")).data
    assert {error["pointer"] for error in found["errors"]} == wanted
    for path, body in (
        (f"/drafts/{draft['id']}/preview", {}),
        (f"/drafts/{draft['id']}/notebooks", {"folder": ""}),
        ("/jobs", {"kind": "publish", "draft_id": draft["id"]}),
    ):
        answer = await ask("POST", path, body)
        assert (answer.status, answer.code, set(answer.pointers)) == (422, "invalid_record", wanted)
    assert (await ask("GET", "/jobs")).data["jobs"] == []


async def test_the_notebook_alone_overwrites_nothing(ask: Any, content: dict[str, Any], jp_root_dir: Path) -> None:
    draft = (await ask("POST", "/drafts", content)).data
    paths = [(await ask("POST", f"/drafts/{draft['id']}/notebooks", {"folder": "data"})).data["path"] for _ in "ab"]
    assert paths == ["data/iris_loader.ipynb", "data/iris_loader-1.ipynb"]
    for path in paths:
        nbformat.validate(nbformat.read(jp_root_dir / path, as_version=4))
    answer = await ask("POST", f"/drafts/{draft['id']}/notebooks", {"folder": "data/iris/iris.csv"})
    assert (answer.status, answer.pointers) == (404, ["/folder"])


async def test_export_is_what_the_command_line_takes(ask: Any, content: dict[str, Any]) -> None:
    from huggingnersc_lab.record.metadata.document import read_metadata

    draft = (await ask("POST", "/drafts", content)).data
    answer = await ask("GET", f"/drafts/{draft['id']}/export")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="iris.json"'
    assert read_metadata(answer.data).findings.errors == ()


async def test_the_name_of_an_export_breaks_no_header(ask: Any) -> None:
    draft = (await ask("POST", "/drafts", {"values": {"name": 'x"\r\nEvil: 1/../ü'}})).data
    answer = await ask("GET", f"/drafts/{draft['id']}/export")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="x-Evil-1.json"'
    assert "Evil" not in answer.headers


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"0", b"\x00"])
async def test_a_draft_that_is_saved_without_a_body_stays_as_it_is(raw: bytes, ask: Any) -> None:
    draft = (await ask("POST", "/drafts", {"title": "Sky", "values": {"name": "sky"}})).data
    path = f"/drafts/{draft['id']}"
    answer = await ask("PUT", path, raw=raw, headers={"If-Match": draft["etag"]})
    assert (answer.status, answer.code) == (422, "invalid_record")
    assert (await ask("GET", path)).data == draft
