"""A disk that is really full: a small file system of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a file system takes root")


Mount = Callable[[Path, str], Path]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Makes a folder that is a file system of its own, of so many bytes."""
    made = []

    def make(folder: Path, size: str) -> Path:
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("this machine does not let root mount a tmpfs")
        made.append(folder)
        return folder

    yield make
    for folder in made:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder on a small disk."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "small"))
    return mount(tmp_path / "small", "64k")


async def test_a_draft_that_cannot_be_saved_leaves_the_former_one(disk: Path, ask: Any) -> None:
    draft = (await ask("POST", "/drafts", {"title": "kept"})).data
    path = f"/drafts/{draft['id']}"
    large = {"title": "lost", "values": {"description": "x" * 100_000}}
    for method, place in (("PUT", path), ("POST", "/drafts")):
        answer = await ask(method, place, large)
        assert (answer.status, answer.code) == (507, "storage")
        assert "No space left on device" in answer.data["detail"]
        assert "Free some space" in answer.data["detail"]
    assert "saved version was kept" in (await ask("PUT", path, large)).data["detail"]
    assert (await ask("GET", path)).data == draft
    assert [item["title"] for item in (await ask("GET", "/drafts")).data["drafts"]] == ["kept"]
    assert [item.name for item in (disk / "huggingnersc" / "drafts").iterdir()] == [f"{draft['id']}.json"]
    saved = await ask("PUT", path, {"title": "small again"}, headers={"If-Match": draft["etag"]})
    assert saved.status == 200


async def test_a_job_that_cannot_be_written_down_is_not_begun(disk: Path, ask: Any, content: dict[str, Any]) -> None:
    draft = (await ask("POST", "/drafts", content)).data
    (disk / "filler").write_bytes(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
    answer = await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})
    assert (answer.status, answer.code) == (507, "storage")
    assert "Nothing was started" in answer.data["detail"]
    assert (await ask("GET", "/jobs")).data["jobs"] == []
    assert (await ask("GET", f"/drafts/{draft['id']}")).data == draft


async def test_a_notebook_that_cannot_be_written_leaves_no_half(
    mount: Mount, ask: Any, content: dict[str, Any], jp_root_dir: Path
) -> None:
    full = mount(jp_root_dir / "full", "4k")
    draft = (await ask("POST", "/drafts", content)).data
    answer = await ask("POST", f"/drafts/{draft['id']}/notebooks", {"folder": "full"})
    assert (answer.status, answer.code) == (507, "storage")
    assert "Nothing was overwritten" in answer.data["detail"]
    assert list(full.iterdir()) == []
