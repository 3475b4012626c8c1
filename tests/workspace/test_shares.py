"""How a dataset stands at each channel, and what an action needs before it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workspace import shares
from tests.channel_example import installed


@pytest.fixture
def catalog(catalog: Catalog, tmp_path: Path) -> Iterator[Catalog]:
    """The catalog of a site that offers the example channel."""
    settings = {"mirror": {"folder": str(tmp_path), "url": "https://data.example.org"}}
    site = replace(catalog.site, channels=("mirror", "gone"), channel_settings=settings)
    with installed(tmp_path / "lib"):
        yield Catalog(site, hub=lambda: catalog.hub)


def test_channels_that_are_not_installed_are_left_out(catalog: Catalog, published: dict[str, Any]) -> None:
    (share,) = shares.shares(catalog, "iris")
    assert (share.channel.name, share.status.state) == ("mirror", "none")
    assert [(action.name, [one.pointer for one in missing]) for action, missing in share.actions] == [
        ("copy", ["/data_path"])
    ]


def test_a_site_that_offers_nothing(catalog: Catalog, published: dict[str, Any]) -> None:
    bare = Catalog(replace(catalog.site, channels=()), hub=lambda: catalog.hub)
    assert shares.shares(bare, "iris") == []
    with pytest.raises(CatalogError, match="It offers none"):
        shares.find_action(bare, "mirror", "copy")
    with pytest.raises(CatalogError) as caught:
        shares.shares(bare, "nobody")
    assert caught.value.code == "not_found"


def test_an_action_is_found_by_its_names(catalog: Catalog) -> None:
    channel, action = shares.find_action(catalog, "mirror", "withdraw")
    assert (channel.name, action.name) == ("mirror", "withdraw")
    assert shares.find_action(catalog, "mirror", "record")[1].name == "record"
    with pytest.raises(CatalogError, match="there are copy, withdraw, record"):
        shares.find_action(catalog, "mirror", "fly")


def test_what_is_missing_stops_it(catalog: Catalog, published: dict[str, Any]) -> None:
    channel, action = shares.find_action(catalog, "mirror", "copy")
    with pytest.raises(CatalogError, match=r"Say where the data is\. Nothing was sent") as caught:
        shares.check(catalog, "iris", channel, action, {})
    assert [one.pointer for one in caught.value.fields] == ["/data_path"]
