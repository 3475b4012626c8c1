"""The three services, each with a desk before it: what differs between them, for tests of what is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingnersc_lab.channels.doi import CHANNEL
from tests.channels.desk import Desk
from tests.channels.stand_ins.datacite import KEY, PREFIX, datacite_api
from tests.channels.stand_ins.elink import TOKEN as ELINK_TOKEN
from tests.channels.stand_ins.elink import elink
from tests.channels.stand_ins.figshare import TOKEN as FIGSHARE_TOKEN
from tests.channels.stand_ins.figshare import figshare
from tests.channels.stand_ins.service import Service


@dataclass(frozen=True)
class Place:
    """A service that runs, and a desk before it.

    Attributes:
        desk: the desk.
        service: the stand-in.
        account: what it holds.
        count: how many records or DOIs it holds.
        make: method and path of the request that makes one.
        doi: pattern of its DOIs.
        secrets: parts of its key.
    """

    desk: Desk
    service: Service
    account: Any
    count: Callable[[], int]
    make: tuple[str, str]
    doi: str
    secrets: tuple[str, ...]


def figshare_settings(url: str) -> dict[str, Any]:
    return {"service": "figshare", "figshare": {"url": f"{url}/v2", "categories": [2]}}


def osti_settings(url: str) -> dict[str, Any]:
    table = {"url": f"{url}/elink2api/", "target": "production", "site_code": "LBNL"}
    return {"service": "osti", "osti": table | {"sponsor": "USDOE Office of Science (SC)"}}


def datacite_settings(url: str) -> dict[str, Any]:
    return {"service": "datacite", "datacite": {"url": url, "prefix": PREFIX}}


@contextmanager
def at(name: str, folder: Path) -> Iterator[Place]:
    """A place by its name."""
    if name == "figshare":
        with figshare() as (service, account):
            desk = Desk(CHANNEL, folder, figshare_settings(service.url), {"figshare": FIGSHARE_TOKEN})
            make = ("POST", "/v2/account/articles")
            doi = r"10\.5072/FK2\.FIGSHARE\.2\d+"
            yield Place(desk, service, account, lambda: len(account.items), make, doi, (FIGSHARE_TOKEN,))
    elif name == "osti":
        with elink() as (service, site):
            desk = Desk(CHANNEL, folder, osti_settings(service.url), {"osti": ELINK_TOKEN})
            make = ("POST", "/elink2api/records/save")
            yield Place(desk, service, site, lambda: len(site.records), make, r"10\.15485/2\d+", (ELINK_TOKEN,))
    else:
        with datacite_api() as (service, repository):
            desk = Desk(CHANNEL, folder, datacite_settings(service.url), {"datacite": KEY})
            doi = r"10\.5072/[0-9a-f]{5}-[0-9a-f]{5}"
            secrets = (KEY, *KEY.split(":"))
            yield Place(desk, service, repository, lambda: len(repository.dois), ("POST", "/dois"), doi, secrets)
