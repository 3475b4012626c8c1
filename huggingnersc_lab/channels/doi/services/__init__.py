"""Services that give DOIs, by their names in site files."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

from huggingnersc_lab.channels.client import Client
from huggingnersc_lab.channels.doi.choice import SERVICES, Choice, ServiceName
from huggingnersc_lab.channels.doi.description import Description, describe
from huggingnersc_lab.channels.doi.service import DoiService
from huggingnersc_lab.channels.doi.services import datacite, figshare, figshare_table, osti, osti_record
from huggingnersc_lab.channels.keys import Key, Keys
from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import LOOPBACK

KEYS = (
    Key("figshare", "figshare", "FIGSHARE_TOKEN", "https://figshare.com/account/applications"),
    Key("osti", "OSTI", "ELINK_TOKEN", "https://www.osti.gov/elink2"),
    Key("osti-review", "OSTI's review service", "ELINK_REVIEW_TOKEN", "https://review.osti.gov/elink2"),
    Key("datacite", "DataCite", "DATACITE_KEY", "https://doi.datacite.org", has_user=True),
)
"""What the services ask for. OSTI's two services have different accounts."""


class _Missing(Protocol):
    def __call__(self, of: Description, choice: Choice, *, is_final: bool) -> Iterator[FieldError]: ...


_MISSING: Mapping[ServiceName, _Missing] = {
    "figshare": figshare.missing,
    "osti": osti_record.missing,
    "datacite": datacite.missing,
}


def missing_for(entry: Entry, choice: Choice, *, is_final: bool) -> list[FieldError]:
    """What a service wants to know and the record does not say.

    Args:
        entry: the dataset.
        choice: the service.
        is_final: whether the DOI is to be published, else reserved.
    """
    if choice.service is None:
        detail = f"Choose the service that gives the DOI: {', '.join(SERVICES)}."
        return [FieldError("/options/service", "required", detail)]
    if entry.site.is_practice and urlsplit(choice.url).hostname not in LOOPBACK:
        detail = "At the practice site nothing leaves this machine, and no service there gives DOIs. You can enter one."
        return [FieldError("/options/service", "not_allowed", detail)]
    return list(_MISSING[choice.service](describe(entry), choice, is_final=is_final))


def open_service(entry: Entry, choice: Choice, keys: Keys) -> DoiService:
    """A service, for one dataset.

    Raises:
        CatalogError: ``forbidden`` without a key, ``invalid_record`` for an address that is not https.
    """
    key = keys.require(choice.key)
    of = describe(entry)

    def client(title: str, authorization: str, fields: Mapping[str, str]) -> Client:
        return Client(title, choice.url, authorization, choice.key, keys.hide, fields)

    if choice.service == "figshare":
        return figshare.Figshare(client(figshare.TITLE, f"token {key}", figshare_table.POINTERS), of, choice)
    if choice.service == "osti":
        return osti.Osti(client(osti_record.TITLE, f"Bearer {key}", osti_record.POINTERS), of, choice)
    basic = f"Basic {b64encode(key.encode()).decode()}"
    jsonapi = replace(client(datacite.TITLE, basic, datacite.POINTERS), content_type=datacite.CONTENT_TYPE)
    return datacite.DataCite(jsonapi, entry, of, choice)
