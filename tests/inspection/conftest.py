"""Files of data for the tests of inspections."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection.reader_main import answer

Describe = Callable[[Path, str], dict[str, Any]]


@pytest.fixture
def describe() -> Describe:
    """What a file says of itself, read in this process; fails if it cannot be read."""

    def describe(path: Path, wanted: str) -> dict[str, Any]:
        found = answer(str(path), wanted)
        assert found["format"] == wanted, found
        assert "description" in found, found
        return found["description"]

    return describe


@pytest.fixture
def refuse() -> Describe:
    """Why a file cannot be read; fails if it can be."""

    def refuse(path: Path, wanted: str) -> dict[str, Any]:
        found = answer(str(path), wanted)
        assert "description" not in found, found
        return found

    return refuse
