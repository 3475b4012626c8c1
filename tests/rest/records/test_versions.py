"""A dataset's versions, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub import FaultyHub
from tests.rest.conftest import put


async def test_what_was_published_has_versions(ask: Any, publish: Any, content: Any, hub: FaultyHub) -> None:
    await publish(content)
    newest, first = (await ask("GET", "/records/iris/versions")).data["versions"]
    assert (newest["title"], newest["authors"]) == ("Catalog iris", ["practice-admin"])
    assert newest["url"] == f"{hub.url}/datasets/NERSC/iris/commit/{newest['revision']}"
    assert {"path": "README.md", "change": "added"} in newest["files"]
    assert {"member": "license", "after": "cc0-1.0"} in newest["members"]
    assert (first["files"], first["members"]) == ([{"path": ".gitattributes", "change": "added"}], [])


async def test_what_is_on_no_hub_has_none(ask: Any, root: Path) -> None:
    put(root, "sky")
    assert (await ask("GET", "/records/sky/versions")).data == {"versions": []}


@pytest.mark.parametrize("name", ["nobody-knows", "..", "%2e%2e%2f", "%00", "x" * 5000, "%F0%9F%8C%8C"])
async def test_what_is_no_dataset(name: str, ask: Any, root: Path) -> None:
    put(root, "sky")
    answer = await ask("GET", f"/records/{name}/versions")
    assert (answer.status, answer.code) == (404, "not_found")


async def test_a_repository_that_is_gone(ask: Any, root: Path, hub: FaultyHub) -> None:
    put(root, "sky", repo_id="NERSC/sky", revision="1" * 40)
    answer = await ask("GET", "/records/sky/versions")
    assert (answer.status, answer.code) == (404, "not_found")
    assert "'NERSC/sky'" in answer.data["detail"]


async def test_a_hub_that_fails(ask: Any, root: Path, hub: FaultyHub) -> None:
    put(root, "sky", repo_id="NERSC/sky", revision="1" * 40)
    hub.faults.add("server_error", path="*/commits/*", count=None)
    answer = await ask("GET", "/records/sky/versions")
    assert (answer.status, answer.code) == (502, "upstream")
