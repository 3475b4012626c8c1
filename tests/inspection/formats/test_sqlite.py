"""SQLite, written by SQLite."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection.formats import sqlite


def write(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_one_table(tmp_path: Path, describe: Any) -> None:
    write(tmp_path / "a.db", "CREATE TABLE t (id INTEGER, word TEXT)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    found = describe(tmp_path / "a.db", "sqlite")
    assert found["rows"] == 2
    assert found["columns"] == [{"name": "id", "type": "integer"}, {"name": "word", "type": "text"}]
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_names_of_any_characters(tmp_path: Path, describe: Any) -> None:
    write(tmp_path / "a?b#c%.db", 'CREATE TABLE "a""; DROP TABLE b; --" (x)', "CREATE TABLE b (y)")
    found = describe(tmp_path / "a?b#c%.db", "sqlite")
    assert [(one["name"], one["shape"]) for one in found["arrays"]] == [('a"; DROP TABLE b; --', [0, 1]), ("b", [0, 1])]


def test_views_and_virtual_tables_are_not_asked(tmp_path: Path, describe: Any) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    write(tmp_path / "a.db", "CREATE TABLE t (x)", f"CREATE VIEW v AS {endless}")
    assert [one["name"] for one in describe(tmp_path / "a.db", "sqlite")["arrays"]] == ["t"]


def test_large_ones_are_not_counted(tmp_path: Path, describe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_COUNTED_BYTES", 10)
    write(tmp_path / "a.db", "CREATE TABLE t (x)")
    assert "rows" not in describe(tmp_path / "a.db", "sqlite")


def test_damaged(tmp_path: Path, refuse: Any) -> None:
    write(tmp_path / "a.db", "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)")
    content = (tmp_path / "a.db").read_bytes()
    for bad in (content[:50], content[:100] + b"\xff" * (len(content) - 100)):
        (tmp_path / "a.db").write_bytes(bad)
        assert refuse(tmp_path / "a.db", "sqlite")["code"] == "damaged"
