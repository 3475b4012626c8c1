"""CSV and TSV."""

from __future__ import annotations

import csv
import gzip
import random
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from huggingnersc_lab.inspection.formats import delimited


def columns(found: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["type"] for column in found["columns"]}


def test_written_by_pandas(tmp_path: Path, describe: Any) -> None:
    table = pd.DataFrame(
        {"id": [1, 2, 3], "x": [0.5, 1, None], "word": ["a", 'say "b,\nc"', ""], "yes": [True, False, True]}
    )
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_csv(tmp_path / "a.tsv", index=False, sep="\t")
    table.to_csv(tmp_path / "b.csv.gz", index=False, sep=";")
    for name, wanted in (("a.csv", "csv"), ("a.tsv", "tsv"), ("b.csv.gz", "csv")):
        found = describe(tmp_path / name, wanted)
        assert found["rows"] == 3, name
        assert columns(found) == {"id": "integer", "x": "float", "word": "text", "yes": "boolean"}
        assert "rows_estimated" not in found


@pytest.mark.parametrize(
    ("content", "rows", "names"),
    [
        ("a,b\n1,2", 1, ["a", "b"]),
        ("\ufeffa,b\r\n1,2\r\n3,4\r\n", 2, ["a", "b"]),
        ("# by hand\n# in 1998\na b,c\n1,2\n", 1, ["a b", "c"]),
        ("1,2\n3,4\n", 2, ["column 1", "column 2"]),
        ("a\n\n1\n\n\n2\n", 2, ["a"]),
        ('"a,b";c\n1;2\n', 1, ["a,b", "c"]),
        ("a,b\n", 0, ["a", "b"]),
    ],
)
def test_forms(tmp_path: Path, describe: Any, content: str, rows: int, names: list[str]) -> None:
    (tmp_path / "a.csv").write_text(content, "utf-8", newline="")
    found = describe(tmp_path / "a.csv", "csv")
    assert (found["rows"], [column["name"] for column in found["columns"]]) == (rows, names)


def test_rows_as_the_csv_module_counts_them(tmp_path: Path, describe: Any) -> None:
    chance = random.Random(5)
    cells = ["1", "x", "two\nlines", 'a "quote"', "", "a,b", "\r\n"]
    for _ in range(50):
        rows = [["name", "other"], *([chance.choice(cells), chance.choice(cells[:-1])] for _ in range(300))]
        with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
        assert describe(tmp_path / "a.csv", "csv")["rows"] == 300


def test_large_ones_are_estimated(tmp_path: Path, describe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_COUNTED_BYTES", 2**20)
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "12345,67890\n" * 200_000)
    found = describe(path, "csv")
    assert found["rows_estimated"] is True
    assert abs(found["rows"] - 200_000) < 2000
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert "rows" not in describe(tmp_path / "a.csv.gz", "csv")


def test_a_million_columns(tmp_path: Path, describe: Any) -> None:
    path = tmp_path / "wide.csv"
    names = ",".join(f"c{number}" for number in range(10**6))
    path.write_text(f"{names}\n{','.join(['1'] * 10**6)}\n")
    began = time.monotonic()
    found = describe(path, "csv")
    assert (found["column_count"], len(found["columns"]), found["rows"]) == (10**6, 1000, 1)
    assert time.monotonic() - began < 20


def test_a_packed_file_that_is_cut_off(tmp_path: Path, describe: Any, refuse: Any) -> None:
    packed = gzip.compress(b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(10**5)))
    (tmp_path / "a.csv.gz").write_bytes(packed[: len(packed) // 2])
    assert describe(tmp_path / "a.csv.gz", "csv")["notes"] == [
        "Its rows were not counted: it is large when unpacked, or cut off."
    ]
    (tmp_path / "a.csv.gz").write_bytes(packed[:5])
    assert refuse(tmp_path / "a.csv.gz", "csv")["code"] == "damaged"
