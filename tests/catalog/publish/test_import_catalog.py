"""First catalogs that others have put something odd into."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.import_catalog import MAX_BYTES, Imported
from huggingnersc_lab.record.scripts import MAX_BYTES as MAX_SCRIPT_BYTES


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "first"
    folder.mkdir()
    return folder


def put(source: Path, name: str) -> Path:
    """An entry of a first catalog."""
    folder = source / name
    folder.mkdir()
    info = {
        "nickname": name,
        "official_name": name.title(),
        "metadata": {"datacard_tags": {"pretty_name": name.title(), "size_categories": "n<1K"}},
    }
    (folder / f"{name}_info.json").write_text(json.dumps(info))
    return folder


def imported(catalog: Catalog, source: Path) -> dict[str, Imported]:
    return {done.name: done for done in catalog.import_from(source)}


def test_links_pipes_and_giants_are_not_read(catalog: Catalog, source: Path, tmp_path: Path) -> None:
    (tmp_path / "id_rsa").write_text("SECRET = 1\n")
    put(source, "good")
    (put(source, "link") / "load.py").symlink_to(tmp_path / "id_rsa")
    (put(source, "card") / "README.md").symlink_to(tmp_path / "id_rsa")
    os.mkfifo(put(source, "pipe") / "load.py")
    os.mkfifo(put(source, "cardpipe") / "README.md")
    os.mkfifo(source / "odd_info.json")
    (source / "linked_info.json").symlink_to(source / "good" / "good_info.json")
    for name, file_name, size in (("giant", "README.md", MAX_BYTES), ("code", "load.py", MAX_SCRIPT_BYTES)):
        path = put(source, name) / file_name
        path.write_text("")
        os.truncate(path, size + 1)
    done = imported(catalog, source)
    assert {name: item.outcome for name, item in done.items()} == dict.fromkeys(done, "failed") | {"good": "imported"}
    words = {
        "link": "load.py' is a symbolic link that is not followed",
        "card": "README.md' is a symbolic link that is not followed",
        "pipe": "load.py' is a named pipe, not a file",
        "cardpipe": "README.md' is a named pipe, not a file",
        "odd": "odd_info.json' is a named pipe, not a file",
        "linked": "linked_info.json' is a symbolic link that is not followed",
        "giant": "README.md' is larger than 4 MiB",
        "code": "has 1.0 MiB; a script can have at most 1 MiB",
    }
    assert {name: part in done[name].detail for name, part in words.items()} == dict.fromkeys(words, True)
    assert [path.name for path in catalog.store.root.iterdir()] == ["good"]


def test_folders_in_a_circle_end(catalog: Catalog, source: Path) -> None:
    folder = put(source, "good")
    (folder / "up").symlink_to(source)
    (source / "self").symlink_to("self")
    assert {name: item.outcome for name, item in imported(catalog, source).items()} == {"good": "imported"}


def test_a_folder_that_is_closed_is_told(catalog: Catalog, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(source, "good")
    closed = str(put(source, "closed"))
    scandir = os.scandir

    def refuse(path: str) -> Any:
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    done = imported(catalog, source)
    assert {name: item.outcome for name, item in done.items()} == {"good": "imported", "closed": "failed"}
    assert done["closed"].detail == f"'{closed}' cannot be listed: Permission denied. It was skipped."
