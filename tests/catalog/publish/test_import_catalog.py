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


def test_what_the_loader_needs_beside_it_comes_along(catalog: Catalog, source: Path, tmp_path: Path) -> None:
    folder = put(source, "good")
    (folder / "zz_load.py").write_text("import helpers, numpy\nopen('grid.json')\nopen('rows.npy')\nopen('key.txt')\n")
    (folder / "helpers.py").write_text("import more\n")
    (folder / "more.py").write_text("x = 1\n")
    (folder / "grid.json").write_text('{"n": 1}\n')
    (folder / "rows.npy").write_bytes(b"\x93NUMPY\0\1")
    (folder / "unused.txt").write_text("nobody needs it")
    (tmp_path / "id_rsa").write_text("SECRET = 1\n")
    for name in ("aa.py", "key.txt"):
        (folder / name).symlink_to(tmp_path / "id_rsa")
    done = imported(catalog, source)["good"]
    assert done.outcome == "imported", done.detail
    assert [(its.pointer, its.suggestion) for its in done.fields if its.code == "companion"] == [
        ("/companions", "rows.npy"),
        ("/companions", "key.txt"),
    ]
    found = catalog.inspect("good")
    assert (found.record.loader, sorted(found.record.companions)) == (
        "zz_load.py",
        ["grid.json", "helpers.py", "more.py"],
    )
    assert (found.folder / "more.py").read_text() == "x = 1\n"
    assert {"unused.txt", "key.txt", "aa.py"}.isdisjoint(path.name for path in found.folder.iterdir())
    assert found.notebook is not None
    assert "%%writefile helpers.py" in found.notebook.read_text()


def test_a_companion_that_calls_the_loader_calls_it_by_its_name_here(catalog: Catalog, source: Path) -> None:
    folder = put(source, "good")
    (folder / "good.py").write_text("open('run.sh')\n")
    (folder / "run.sh").write_text("python good.py\n")
    done = imported(catalog, source)["good"]
    assert [its.code for its in done.fields if its.code == "renamed"] == ["renamed"]
    found = catalog.inspect("good")
    assert found.record.loader == "load_good.py"
    assert (found.folder / "run.sh").read_text() == "python load_good.py\n"


def test_no_more_companions_than_an_entry_may_have(catalog: Catalog, source: Path) -> None:
    folder = put(source, "good")
    (folder / "load.py").write_text("".join(f"open('part{number}.txt')\n" for number in range(30)))
    for number in range(30):
        (folder / f"part{number}.txt").write_text("text\n")
    done = imported(catalog, source)["good"]
    assert done.outcome == "imported", done.detail
    assert len(catalog.inspect("good").record.companions) == 20
    assert sum(its.code == "companion" for its in done.fields) == 10
