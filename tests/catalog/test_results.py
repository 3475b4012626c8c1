"""What the facade's verbs answer with."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.cache import AccessCache
from huggingnersc_lab.catalog.results import data_paths, inspection_of
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.store import Store


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return replace(load_site("nersc", environ={}), catalog_root=tmp_path)


def put(root: Path, name: str, *, files: dict[str, str] | None = None, **members: Any) -> Store:
    (root / name).mkdir()
    record = {"schema_version": 2, "name": name, "pretty_name": name, **members}
    for file_name, text in {"record.json": json.dumps(record), **(files or {})}.items():
        (root / name / file_name).write_text(text)
    return Store(root, 0o755, 0o644)


class StubCache:
    """Everything can be read; remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def look(self, paths: Any, *, check: bool) -> Any:
        self.asked.append((paths, check))
        return {name: Access("readable") for name in paths}


def test_everything_known_of_an_entry(site: Site, tmp_path: Path) -> None:
    files = {"sky_loader.ipynb": "{}", ".generated-card.md": "x", "README.md": "x"}
    store = put(tmp_path, "sky", files=files, revision="1", repo_id="NERSC/sky", data_path="/data")
    cache = StubCache()
    found = inspection_of(site, store.open("sky"), cast("AccessCache", cache))
    assert found.files == ("README.md", "record.json", "sky_loader.ipynb")
    assert found.folder == tmp_path / "sky"
    assert found.notebook == tmp_path / "sky" / "sky_loader.ipynb"
    assert str(found.notebook_link).endswith("/sky/sky_loader.ipynb")
    assert found.repo_url == "https://huggingface.co/datasets/NERSC/sky"
    assert found.access == Access("readable")
    assert cache.asked == [({"sky": "/data"}, True)]
    assert (found.etag, found.read_only) == (store.etag("sky"), None)
    digest = found.notebook_digest
    (tmp_path / "sky" / "sky_loader.ipynb").write_text("{ }")
    assert inspection_of(site, store.open("sky"), cast("AccessCache", cache)).notebook_digest not in (None, digest)


def test_what_there_is_not(site: Site, tmp_path: Path) -> None:
    store = put(tmp_path, "sky", repo_id="NERSC/sky", schema_version=99)
    cache = StubCache()
    found = inspection_of(site, store.open("sky"), cast("AccessCache", cache))
    assert (found.notebook, found.notebook_link, found.notebook_digest) == (None, None, None)
    assert (found.repo_url, found.access, cache.asked) == (None, None, [])
    assert found.read_only


def test_where_the_data_of_datasets_is(tmp_path: Path) -> None:
    store = put(tmp_path, "sky", data_path="/sky")
    put(tmp_path, "none")
    put(tmp_path, "torn", files={"record.json": "{"})
    assert list(data_paths(store, ["gone", "torn", "none", "sky"])) == [("sky", "/sky")]
