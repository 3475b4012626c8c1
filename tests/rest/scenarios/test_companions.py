"""Companion files of a draft: told of, brought along, kept by an edit, taken away by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def needing(data: Path, content: dict[str, Any]) -> dict[str, Any]:
    """A draft whose loader lies beside its data and imports a module, a package, and opens a file of the data."""
    (data / "load_iris.py").write_text("import helpers\nimport more\nopen('iris.csv')\nopen('gone.json')\n")
    (data / "helpers.py").write_text("x = 1\n")
    (data / "more").mkdir()
    (data / "more" / "__init__.py").write_text("")
    return content


async def warnings(ask: Any, content: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    draft = (await ask("POST", "/drafts", content)).data
    found = (await ask("POST", f"/drafts/{draft['id']}/validate")).data["warnings"]
    return [(its["pointer"], its["code"], its.get("suggestion")) for its in found if "companion" in its["code"]]


async def test_what_would_stay_behind_is_told(ask: Any, needing: dict[str, Any]) -> None:
    helpers, more = ("/loader", "companion", "helpers.py"), ("/loader", "companion_folder", None)
    assert await warnings(ask, needing) == [helpers, more]
    assert await warnings(ask, {**needing, "companion_paths": ["data/iris/helpers.py"]}) == [more]
    query = "path=data%2Firis%2Fload_iris.py&member=loader"
    picked = (await ask("GET", f"/scripts?{query}")).data["warnings"]
    assert {its.get("suggestion") for its in picked if its["code"] == "companion"} == {"helpers.py", "iris.csv"}


async def test_it_is_previewed_published_kept_and_taken_away(
    ask: Any, needing: dict[str, Any], settled: Any, tmp_path: Path
) -> None:
    draft = (await ask("POST", "/drafts", {**needing, "companion_paths": ["data/iris/helpers.py"]})).data
    assert draft["content"]["companion_paths"] == ["data/iris/helpers.py"]
    shown = (await ask("POST", f"/drafts/{draft['id']}/preview")).data
    assert {"name": "helpers.py", "bytes": 6, "hub": True} in shown["files"]
    job = await settled((await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})).data)
    assert job["state"] == "succeeded", job
    entry = tmp_path / "practice" / "catalog" / "iris"
    assert (entry / "helpers.py").read_text() == "x = 1\n"

    edit = (await ask("POST", "/drafts", {"editing": "iris"})).data
    record = (await ask("GET", "/records/iris")).data["record"]
    values = {key: record[key] for key in ("name", "pretty_name", "size_categories", "data_path", "companions")}
    for kept, after in ((values, ["helpers.py"]), ({**values, "companions": []}, None)):
        saved = await ask("PUT", f"/drafts/{edit['id']}", {**edit["content"], "values": {**kept, "license": "mit"}})
        assert saved.status == 200
        shown = (await ask("POST", f"/drafts/{edit['id']}/preview")).data
        assert shown["record"].get("companions") == after
        assert ("helpers.py" in [its["name"] for its in shown["files"]]) is (after is not None)


@pytest.mark.parametrize("path", ["../secret.py", "/etc/passwd", ".hidden.py", "nothing.py", "data/iris", "\0"])
async def test_a_companion_comes_from_where_files_may_come_from(ask: Any, content: dict[str, Any], path: str) -> None:
    draft = (await ask("POST", "/drafts", {**content, "companion_paths": [path]})).data
    errors = (await ask("POST", f"/drafts/{draft['id']}/validate")).data["errors"]
    assert [its["pointer"] for its in errors] == ["/companions"]


@pytest.mark.parametrize("paths", ["x.py", [1], None, {"a": 1}])
async def test_companion_paths_are_a_list_of_texts(ask: Any, content: dict[str, Any], paths: object) -> None:
    answer = await ask("POST", "/drafts", {**content, "companion_paths": paths})
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_record", ["/companion_paths"])
