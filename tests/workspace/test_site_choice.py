"""Which site a server or a job is for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog.worker_reader import WorkerReader
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import tree
from huggingnersc_lab.workspace import site_choice as module
from huggingnersc_lab.workspace.site_choice import SiteChoice


def test_what_the_settings_say_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUGGINGNERSC_SITE", "mila")
    monkeypatch.setenv("HUGGINGNERSC_CATALOG_ROOT", "/elsewhere")
    assert SiteChoice().catalog().site.name == "mila"
    assert str(SiteChoice().catalog().site.catalog_root) == "/elsewhere"
    site = SiteChoice("nersc", str(tmp_path), "https://hub.test", "ORG").catalog().site
    assert (site.name, site.catalog_root) == ("nersc", tmp_path)
    assert (site.hub_url, site.organization) == ("https://hub.test", "ORG")


def test_a_site_that_nobody_knows() -> None:
    with pytest.raises(CatalogError):
        SiteChoice("nowhere").catalog()


def test_who_asks_the_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(module, "Catalog", lambda _site, reader: asked.append(reader))
    reader = WorkerReader()
    SiteChoice("nersc").catalog()
    SiteChoice("nersc").catalog(reader)
    assert asked == [tree, reader]
