"""Parquet and Arrow, written by pyarrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import feather, parquet

TABLE = pa.table(
    [pa.array([1, 2, 3]), pa.array(["a", "b", None]), pa.array([[1.0], [], None])],
    schema=pa.schema(
        [pa.field("t", pa.int64(), metadata={"unit": "K"}), ("word", pa.string()), ("list", pa.list_(pa.float64()))],
        metadata={"title": "Temperatures", "pandas": "{}"},
    ),
)
COLUMNS = [
    {"name": "t", "type": "int64", "unit": "K"},
    {"name": "word", "type": "string"},
    {"name": "list", "type": "list<element: double>"},
]


def test_parquet(tmp_path: Path, describe: Any) -> None:
    parquet.write_table(TABLE, tmp_path / "a.parquet")
    found = describe(tmp_path / "a.parquet", "parquet")
    assert (found["rows"], found["columns"][:2]) == (3, COLUMNS[:2])
    assert found["columns"][2]["type"].startswith("list<")
    assert found["attributes"] == {"title": "Temperatures"}


def test_arrow_files_and_streams(tmp_path: Path, describe: Any) -> None:
    with pa.ipc.new_file(tmp_path / "a.arrow", TABLE.schema) as writer:
        writer.write_table(TABLE)
        writer.write_table(TABLE)
    feather.write_feather(TABLE, tmp_path / "a.feather", compression="lz4")
    with pa.ipc.new_stream(tmp_path / "s.arrow", TABLE.schema) as writer:
        writer.write_table(TABLE)
    found = {name: describe(tmp_path / name, "arrow") for name in ("a.arrow", "a.feather", "s.arrow")}
    assert [one.get("rows") for one in found.values()] == [6, 3, None]
    assert all(one["columns"][:2] == COLUMNS[:2] for one in found.values())


def test_a_footer_that_is_cut_off(tmp_path: Path, refuse: Any) -> None:
    parquet.write_table(TABLE, tmp_path / "a.parquet")
    content = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(content[:-20])
    assert refuse(tmp_path / "a.parquet", "parquet")["code"] == "damaged"
    (tmp_path / "a.parquet").write_bytes(content[:-8] + b"\xff\xff\xff\x7fPAR1")
    assert refuse(tmp_path / "a.parquet", "parquet")["code"] == "damaged"
