"""Text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection.formats import plain_text


@pytest.mark.parametrize(("content", "lines"), [(b"a\nb\n", 2), (b"a\nb", 2), ("é".encode("latin-1"), 1)])
def test_lines(tmp_path: Path, describe: Any, content: bytes, lines: int) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert describe(tmp_path / "a.txt", "text") == {"rows": lines}


def test_what_is_no_text(tmp_path: Path, refuse: Any) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 5000 + b"\0")
    assert refuse(tmp_path / "a.txt", "text")["detail"] == "It is not text."


def test_large_ones_are_not_counted(tmp_path: Path, describe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_text, "_COUNTED_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"a\n" * 10)
    assert "rows" not in describe(tmp_path / "a.txt", "text")
