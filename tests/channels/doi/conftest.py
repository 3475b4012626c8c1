"""A place at each service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.channels import client
from tests.channels.doi.places import Place, at


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "wait_for", lambda _: None)


@pytest.fixture(params=["figshare", "osti", "datacite"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each of the services."""
    with at(request.param, tmp_path / "desk") as found:
        yield found
