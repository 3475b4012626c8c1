"""The simplest of the services, with a desk before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.doi.places import Place, at


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """figshare."""
    with at("figshare", tmp_path / "desk") as found:
        yield found
