"""Loader notebooks as people get them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.entry import etag_of
from huggingnersc_lab.workspace import notebooks as module
from huggingnersc_lab.workspace.notebooks import METADATA_KEY, copy_of, loader_copy, write_beside, write_into

NOTEBOOK = nbformat.writes(
    nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "x", "display_name": "é"}})
).encode()


def test_a_copy_remembers_its_original() -> None:
    copy = json.loads(copy_of(NOTEBOOK, "sky"))
    assert copy["metadata"].pop(METADATA_KEY) == {"name": "sky", "digest": etag_of(NOTEBOOK)}
    assert copy == json.loads(NOTEBOOK)
    text = copy_of(NOTEBOOK, "sky").decode()
    assert nbformat.writes(nbformat.reads(text, as_version=4)) + "\n" == text


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b"{}", b'{"metadata": []}', b'{"metadata": null}', b"[" * 100_000]
)
def test_what_is_no_notebook_is_copied_as_it_is(content: bytes) -> None:
    assert copy_of(content, "sky") == content


def test_the_notebook_of_a_dataset(tmp_path: Path) -> None:
    (tmp_path / "sky").mkdir()
    (tmp_path / "sky" / "record.json").write_text('{"schema_version": 2, "name": "sky", "pretty_name": "Sky"}')
    catalog: Any = SimpleNamespace(store=Store(tmp_path, 0o755, 0o644), site=None)
    with pytest.raises(CatalogError, match="has no loader notebook") as refused:
        loader_copy(catalog, "sky")
    assert refused.value.code == "not_found"
    (tmp_path / "sky" / "sky_loader.ipynb").write_bytes(NOTEBOOK)
    assert loader_copy(catalog, "sky") == ("sky_loader.ipynb", copy_of(NOTEBOOK, "sky"))


def test_no_file_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.tar.gz").write_text("mine")
    for name, content in (("a.tar.gz", b"1"), ("a.tar.gz", b"2"), ("new", b"3")):
        assert write_beside(folder, name, content).read_bytes() == content
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "a.tar.gz": "mine",
        "a.tar-1.gz": "1",
        "a.tar-2.gz": "2",
        "new": "3",
    }


def test_a_folder_behind_a_link_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert write_beside(tmp_path / "link", "a.ipynb", b"1") == tmp_path / "link" / "a.ipynb"
    assert (tmp_path / "real" / "a.ipynb").read_bytes() == b"1"


def test_there_are_too_many_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_COPIES", 2)
    for _ in range(2):
        write_beside(tmp_path, "a.ipynb", b"")
    with pytest.raises(CatalogError, match=r"already contains 2 copies. Nothing was written") as full:
        write_beside(tmp_path, "a.ipynb", b"")
    assert full.value.code == "conflict"
    locations: Any = SimpleNamespace(create=lambda *_: ("/data", None))
    with pytest.raises(CatalogError, match="'/data' already contains 2 copies"):
        write_into(locations, "data", "a.ipynb", b"")


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="Could not write the notebook") as refused:
        write_beside(tmp_path / "gone", "a.ipynb", b"")
    assert "Nothing was overwritten." in refused.value.detail

    def fail(*_: object) -> None:
        raise PermissionError(13, os.strerror(13), "/data/a.ipynb")

    locations: Any = SimpleNamespace(create=fail)
    with pytest.raises(CatalogError, match=r"'/data/a.ipynb' Permission denied") as refused:
        write_into(locations, "data", "a.ipynb", b"")
    assert refused.value.code == "forbidden"


def test_where_it_was_written_in_the_file_browser() -> None:
    asked: list[Any] = []

    def create(*given: Any) -> tuple[str, str]:
        asked.append(given)
        return "/data", "data/a-1.ipynb"

    locations: Any = SimpleNamespace(create=create)
    assert write_into(locations, "data", "a.ipynb", b"x") == "data/a-1.ipynb"
    folder, names, content, member = asked[0]
    assert (folder, names[:3], content, member) == ("data", ["a.ipynb", "a-1.ipynb", "a-2.ipynb"], b"x", "folder")
