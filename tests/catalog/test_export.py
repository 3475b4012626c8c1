"""Datasets in forms for other programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.catalog.export import export
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import Store

SITE = load_site("nersc", environ={})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    for name, title in (("iris", "Iris, flowers"), ("sky", "Größe")):
        (tmp_path / name).mkdir()
        record = {"schema_version": 2, "name": name, "pretty_name": title, "license": "mit"}
        (tmp_path / name / "record.json").write_text(json.dumps(record))
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "record.json").write_text("{")
    return Store(tmp_path, 0o755, 0o644)


class StubFinder:
    """Finds what it is told."""

    def __init__(self, *names: str, failure: Exception | None = None, hub: str = "", **page: bool) -> None:
        self.failure = failure
        hits = [SimpleNamespace(name=name, summary={"source": "hub"} if name == hub else {}) for name in names]
        self.page = SimpleNamespace(hits=hits, **{"is_cut": False, "is_forgiving": False, **page})

    def find(self, search: Any) -> Any:
        assert search.limit >= 1_000_000
        return self.page


def exported(store: Store, form: Any, query: str | None = None, finder: Any = None) -> tuple[list[str], dict[str, str]]:
    skipped: dict[str, str] = {}
    pieces = list(export(SITE, store, finder, query, form, skipped.__setitem__))
    return pieces, skipped


def test_all_records_a_line_each(store: Store) -> None:
    pieces, skipped = exported(store, "jsonl")
    assert [json.loads(piece)["name"] for piece in pieces] == ["iris", "sky"]
    assert all(piece.count("\n") == 1 and piece.endswith("\n") for piece in pieces)
    assert "Größe" in pieces[1]
    assert list(skipped) == ["torn"]
    assert skipped["torn"]


def test_a_table_with_headings(store: Store) -> None:
    rows = list(csv.reader(io.StringIO("".join(exported(store, "csv")[0]))))
    assert len(rows) == 3
    titles = [row[rows[0].index("pretty_name")] for row in rows[1:]]
    assert titles == ["Iris, flowers", "Größe"]


def test_one_document_is_indented_and_several_are_lines(store: Store) -> None:
    pieces, _ = exported(store, "croissant")
    assert [piece.count("\n") for piece in pieces] == [1, 1]
    [alone], _ = exported(store, "croissant", "sky", StubFinder("sky"))
    assert alone.startswith("{\n  ")
    assert json.loads(alone)["name"] == json.loads(pieces[1])["name"]
    assert exported(store, "croissant", "x", StubFinder()) == ([], {})


def test_what_fits_a_query_in_its_order(store: Store) -> None:
    pieces, skipped = exported(store, "jsonl", "s", StubFinder("sky", "far", "gone", "torn", "iris", hub="far"))
    assert [json.loads(piece)["name"] for piece in pieces] == ["sky", "iris"]
    assert skipped["far"] == "It is only on the Hub, with a card but no record."
    assert set(skipped) == {"far", "gone", "torn"}


def test_what_is_a_letter_off_is_not_what_a_program_has_asked_for(store: Store) -> None:
    assert exported(store, "jsonl", "skj", StubFinder("sky", is_forgiving=True)) == ([], {})


def test_a_query_that_cannot_be_answered(store: Store) -> None:
    with pytest.raises(CatalogError, match="query is too long") as refused:
        exported(store, "jsonl", "x", StubFinder("sky", is_cut=True))
    assert refused.value.code == "invalid_record"
    failure = CatalogError("not_found", "The catalog does not exist.")
    with pytest.raises(CatalogError) as raised:
        exported(store, "jsonl", "x", StubFinder("sky", failure=failure))
    assert raised.value is failure


def test_nobody_needs_to_be_told_what_is_left_out(store: Store) -> None:
    assert len(list(export(SITE, store, None, None, "jsonl", None))) == 2  # type: ignore[arg-type]
