"""The format that CONTRIBUTING.md shows works as written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection import reader_main, registry

GUIDE = Path(__file__).parents[3] / "CONTRIBUTING.md"


def test_the_example_reads_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = GUIDE.read_text("utf-8").partition("### A format\n")[2].partition("\n### ")[0]
    code = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert code is not None
    module: dict[str, Any] = {"__name__": "mydata"}
    exec(code[1], module)
    (made,) = module["FORMATS"]
    monkeypatch.setattr(reader_main, "formats", lambda: {**registry.formats(), made.name: made})
    path = tmp_path / "a.mydata"
    path.write_bytes(b"MYDATA 12\n1 2 3\n")
    assert reader_main.answer(str(path), "mydata") == {"format": "mydata", "description": {"rows": 12}}
    path.write_bytes(b"MYDATA many\n")
    assert reader_main.answer(str(path), "mydata")["detail"] == "Its first line has no number of rows."
    path.write_bytes(b"other\n")
    assert reader_main.answer(str(path), "mydata")["code"] == "damaged"
