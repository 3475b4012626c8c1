"""Records of every form that others may write: each is one row of the list, a dataset or a damaged one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.search.finder import Finder
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.index import Search
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.rest.datasets import dataset
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import BrokenEntry, Store, StoredRecord
from huggingnersc_lab.workspace.site_choice import SiteChoice
from huggingnersc_lab.workspace.tasks import kinds
from huggingnersc_lab.workspace.workspace import Workspace

FULL = json.loads((Path(__file__).parents[3] / "examples" / "valid" / "full.json").read_bytes())
PUBLISHED = json.loads((Path(__file__).parents[3] / "examples" / "valid" / "published.json").read_bytes())
EVERYTHING = Search(limit=200)

TEXTS = st.text(max_size=30) | st.sampled_from(
    ["", " ", "\0", "\ud800", "\x1b[2J", "n<1K", "1M<n<10M", "mit", "file:x", "javascript:1", "../../x", "x" * 3000]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
AUTHORS = st.lists(st.fixed_dictionaries({"name": TEXTS}, optional={"orcid": TEXTS, "affiliation": TEXTS}), max_size=3)
LISTS = st.lists(TEXTS, max_size=4)


def like(value: object) -> st.SearchStrategy[Any]:
    """Values of the same form, and, now and then, of any."""
    same: st.SearchStrategy[Any] = TEXTS
    if isinstance(value, bool):
        same = st.booleans()
    elif isinstance(value, int):
        same = st.integers()
    elif isinstance(value, list):
        same = AUTHORS if value and isinstance(value[0], dict) else LISTS
    elif isinstance(value, dict):
        same = st.dictionaries(st.text(max_size=6), JSON, max_size=3)
    return st.one_of(st.just(value), same, same, same, JSON)


MEMBERS = {**FULL, **PUBLISHED, "publish_id": "1", "pull_request_url": "https://x/1", "verified_at": "2026-01-01"}
DOCUMENTS = st.fixed_dictionaries(
    {}, optional={key: like(value) for key, value in MEMBERS.items() if key != "name"} | {"more": JSON}
)
CONTENTS = st.one_of(
    DOCUMENTS.map(lambda members: {"pretty_name": "A title", **members}),
    DOCUMENTS,
    JSON,
    st.binary(max_size=60),
    st.sampled_from(
        [b"[" * 20_000, b'{"a":' * 20_000, b'{"card_data":' + b'{"a":' * 900 + b"1" + b"}" * 901, b"\0" * 500]
    ),
)


def content_of(name: str, value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return json.dumps({"name": name, **value} if isinstance(value, dict) else value).encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(CONTENTS, min_size=1, max_size=25))
def test_any_record_is_one_row(tmp_path_factory: pytest.TempPathFactory, values: list[object]) -> None:
    root = tmp_path_factory.mktemp("root")
    names = {"good"} | {f"set-{number}" for number in range(len(values))}
    for name in names:
        (root / name).mkdir()
    (root / "good" / "record.json").write_text('{"name": "good", "pretty_name": "Good"}')
    for number, value in enumerate(values):
        (root / f"set-{number}" / "record.json").write_bytes(content_of(f"set-{number}", value))
    catalog = Catalog(load_site("nersc", catalog_root=str(root), environ={}), token="hf_x")
    entries = {entry.folder.name: entry for entry in catalog.store.entries()}
    assert entries.keys() == names
    assert isinstance(entries["good"], StoredRecord)
    finder = Finder(lambda: catalog.store, catalog.vocabulary, tmp_path_factory.mktemp("index"))
    finder.refresh()
    found = finder.find(EVERYTHING)
    assert found.problem is None
    workspace = Workspace.open(SiteChoice(site="nersc", catalog_root=str(root)), None, kinds=kinds())
    rows = {hit.name: dataset(workspace, hit) for hit in found.hits}
    assert rows.keys() == names
    for name, row in rows.items():
        assert isinstance(entries[name], BrokenEntry) == ("broken" in row), row
        json.dumps(row, allow_nan=False).encode()


@settings(max_examples=150)
@given(CONTENTS)
def test_any_record_is_read_as_one_or_damaged(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    root = tmp_path_factory.mktemp("root")
    (root / "sky").mkdir()
    (root / "sky" / "record.json").write_bytes(content_of("sky", value))
    store, told = Store(root, 0o755, 0o644), []
    for read in (store.read, store.open):
        try:
            record = read("sky").record
        except CatalogError as err:
            told.append((err.code, "damaged" in err.detail))
            continue
        assert record.name == "sky"
        assert DatasetRecord.from_dict(record.to_dict()) == record
        json.dumps(record.to_dict(), allow_nan=False, ensure_ascii=False).encode()
    assert told in ([], [("invalid_record", True)] * 2)


def test_a_record_that_breaks_the_index_is_a_damaged_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody has foreseen of one record holds up no other."""
    from huggingnersc_lab.catalog.search import finder as finding

    root = tmp_path / "root"
    for name in ("good", "odd"):
        (root / name).mkdir(parents=True)
        (root / name / "record.json").write_text(json.dumps({"name": name, "pretty_name": name.title()}))
    entry_of = finding.entry_of

    def breaks(record: DatasetRecord, *more: Any) -> Any:
        if record.name == "odd":
            raise ZeroDivisionError("nobody has foreseen this")
        return entry_of(record, *more)

    monkeypatch.setattr(finding, "entry_of", breaks)
    catalog = Catalog(load_site("nersc", catalog_root=str(root), environ={}), token="hf_x")
    finder = Finder(lambda: catalog.store, catalog.vocabulary, tmp_path / "index")
    found = finder.find(EVERYTHING)
    assert found.problem is None
    assert {hit.name: hit.summary.get("broken") for hit in found.hits}.keys() == {"good", "odd"}
    [odd] = [hit for hit in found.hits if hit.name == "odd"]
    assert "ZeroDivisionError" in odd.summary["broken"]


def test_a_catalog_that_raises_something_unforeseen_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and what was known before stays."""
    root = tmp_path / "root"
    (root / "good").mkdir(parents=True)
    (root / "good" / "record.json").write_text('{"name": "good", "pretty_name": "Good"}')
    catalog = Catalog(load_site("nersc", catalog_root=str(root), environ={}), token="hf_x")
    finder = Finder(lambda: catalog.store, catalog.vocabulary, tmp_path / "index")
    assert [hit.name for hit in finder.find(EVERYTHING).hits] == ["good"]

    def breaks(*_: object) -> Any:
        raise ZeroDivisionError("nobody has foreseen this")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "root_stamp", breaks)
        found = finder.find(EVERYTHING)
        assert [hit.name for hit in found.hits] == ["good"]
        assert "ZeroDivisionError" in str(found.problem)
        assert "The last known state is shown" in str(found.problem)
    assert finder.find(EVERYTHING).problem is None
