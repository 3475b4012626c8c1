"""A dataset's versions, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.sandbox import PracticeHub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[PracticeHub]:
    with PracticeHub(tmp_path / "practice" / "hub") as running:
        yield running


def put(tmp_path: Path, name: str, **members: Any) -> None:
    folder = tmp_path / "practice" / "catalog" / name
    folder.mkdir(parents=True)
    record = {"name": name, "pretty_name": name.title(), "size_categories": ["n<1K"], **members}
    (folder / "record.json").write_text(json.dumps(record))


async def test_what_was_published_has_versions(ask: Any, publish: Any, content: Any, hub: PracticeHub) -> None:
    await publish(content)
    newest, first = (await ask("GET", "/records/iris/versions")).data["versions"]
    assert (newest["title"], newest["authors"]) == ("Catalog iris", ["practice-admin"])
    assert newest["url"] == f"{hub.url}/datasets/NERSC/iris/commit/{newest['revision']}"
    assert {"path": "README.md", "change": "added"} in newest["files"]
    assert {"member": "license", "after": "cc0-1.0"} in newest["members"]
    assert (first["files"], first["members"]) == ([{"path": ".gitattributes", "change": "added"}], [])


async def test_what_is_on_no_hub_has_none(ask: Any, tmp_path: Path) -> None:
    put(tmp_path, "sky")
    assert (await ask("GET", "/records/sky/versions")).data == {"versions": []}


@pytest.mark.parametrize("name", ["nobody-knows", "..", "%2e%2e%2f", "%00", "x" * 5000, "%F0%9F%8C%8C"])
async def test_what_is_no_dataset(name: str, ask: Any, tmp_path: Path) -> None:
    put(tmp_path, "sky")
    answer = await ask("GET", f"/records/{name}/versions")
    assert (answer.status, answer.code) == (404, "not_found")


async def test_a_repository_that_is_gone(ask: Any, tmp_path: Path, hub: PracticeHub) -> None:
    put(tmp_path, "sky", repo_id="NERSC/sky", revision="1" * 40)
    answer = await ask("GET", "/records/sky/versions")
    assert (answer.status, answer.code) == (404, "not_found")
    assert "'NERSC/sky'" in answer.data["detail"]


async def test_a_hub_that_fails(ask: Any, tmp_path: Path, hub: PracticeHub) -> None:
    put(tmp_path, "sky", repo_id="NERSC/sky", revision="1" * 40)
    hub.faults.add("server_error", path="*/commits/*", count=None)
    answer = await ask("GET", "/records/sky/versions")
    assert (answer.status, answer.code) == (502, "upstream")
