"""A catalog's folder, an entry to put into it, and what others put there."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.store import Store
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.staged import Staged

AS_ROOT = os.geteuid() == 0
FILES = {"record.json": b'{"name": "sky", "pretty_name": "Sky", "publish_id": "1"}', "README.md": b"# Sky\n"}
PLAN = {"publish_id": "1"}
DEAD = Owner("elsewhere", "", 1, "1", "somebody")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    root = tmp_path / "root"
    root.mkdir()
    return Store(root, 0o755, 0o644)


def put(store: Store, content: Mapping[str, bytes] = FILES, publish_id: str = "1") -> None:
    """Publish an entry."""
    staging = store.stage("sky", content, {"publish_id": publish_id})
    staging.swap_in()
    staging.close()


def update(title: str, publish_id: str) -> dict[str, bytes]:
    """The files of an entry with another title."""
    record = {"name": "sky", "pretty_name": title, "publish_id": publish_id}
    return FILES | {"record.json": json.dumps(record).encode()}


def staged(store: Store, name: str = "sky") -> Staged:
    found = store.staging(name)
    assert found is not None
    return found


def abandon(store: Store, owner: Owner = DEAD, name: str = "sky") -> None:
    """Let a staging look as if another process had claimed it, long ago."""
    folder = store.root / f".{name}.staging"
    store.regain(name, str(staged(store, name).publish_id)).release()  # type: ignore[union-attr]
    for path in (*folder.glob("owner-*"), *folder.glob("idle-*")):
        path.unlink()
    (folder / "owner-1").symlink_to(json.dumps(vars(owner)))
    os.utime(folder / "journal.jsonl", (0, 0))


def plant(
    root: Path,
    name: str = "sky",
    *,
    plan: object = PLAN,
    journal: object = b"",
    files: Mapping[str, bytes] = FILES,
    uid: int | None = None,
    folder_mode: int = 0o755,
    file_mode: int = 0o644,
) -> Path:
    """A staging that somebody made by hand; bytes are written as they are, all else as JSON."""
    folder = root / f".{name}.staging"
    (folder / "files").mkdir(parents=True)
    for file_name, content in files.items():
        (folder / "files" / file_name).write_bytes(content)
    (folder / "plan.json").write_bytes(_bytes(plan))
    (folder / "journal.jsonl").write_bytes(_bytes(journal))
    for path in (folder, *folder.rglob("*")):
        path.chmod(folder_mode if path.is_dir() else file_mode)
        if uid is not None:
            os.chown(path, uid, uid)
    return folder


def _bytes(content: Any) -> bytes:
    return content if isinstance(content, bytes) else json.dumps(content).encode()


def names(folder: Path) -> list[str]:
    """Everything in a folder, hidden names too."""
    return sorted(path.name for path in folder.iterdir())
