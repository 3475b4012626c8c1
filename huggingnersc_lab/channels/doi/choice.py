"""Which service gives a DOI, and what the site and the person say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

ServiceName = Literal["figshare", "osti", "datacite"]
Target = Literal["review", "production"]

SERVICES: tuple[ServiceName, ...] = get_args(ServiceName)

FIGSHARE_URL = "https://api.figshare.com/v2"
DATACITE_URL = "https://api.datacite.org"
OSTI_URLS: Mapping[Target, str] = {
    "review": "https://review.osti.gov/elink2api/",
    "production": "https://www.osti.gov/elink2api/",
}
REHEARSALS = ("https://review.osti.gov/", "https://api.test.datacite.org", "https://api.figsh.com")
"""Beginnings of the addresses of services whose DOIs never resolve."""


@dataclass(frozen=True, kw_only=True)
class ServiceOptions:
    """What a person chooses besides what the site file says."""

    service: ServiceName | None = field(
        default=None, metadata={"help": "Service that gives the DOI; the site's own if left out."}
    )
    categories: tuple[str, ...] = field(default=(), metadata={"help": "figshare's categories, by their ids or names."})
    site_code: str | None = field(default=None, metadata={"help": "OSTI's code of your laboratory, such as LBNL."})
    target: Target | None = field(
        default=None, metadata={"help": "OSTI's service: review to try it out, production for a DOI that resolves."}
    )


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A service, and all that was said of it.

    Attributes:
        service: which one; None where nobody has chosen.
        url: address of its interface.
        target: OSTI's service.
        categories: ids or names of figshare's categories.
        prefix: prefix of DataCite's DOIs.
        site_code: OSTI's code of the laboratory that owns the record.
        sponsor: organization that paid for the data, where the record does not say.
        research_organization: organization at which the data was made; the site's title where left out.
        release: OSTI's releasing official: ``first_name``, ``last_name``, ``email``, ``phone``.
    """

    service: ServiceName | None = None
    url: str = ""
    target: Target = "review"
    categories: tuple[str, ...] = ()
    prefix: str | None = None
    site_code: str | None = None
    sponsor: str | None = None
    research_organization: str | None = None
    release: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_rehearsal(self) -> bool:
        """Whether its DOIs never resolve: it is a service for trying out."""
        return self.url.startswith(REHEARSALS)

    @property
    def key(self) -> str:
        """Name of the key that it needs: OSTI's two services have different accounts."""
        return "osti-review" if self.service == "osti" and self.target == "review" else str(self.service)


def choose(settings: Mapping[str, Any], options: ServiceOptions | None = None, noted: Any = None) -> Choice:
    """What holds of the site's settings, of what was noted when the DOI was reserved, and of the options; these win.

    Args:
        settings: the channel's table in the site file.
        options: what a person chose.
        noted: what :func:`to_note` gave.
    """
    given = options or ServiceOptions()
    noted = noted if isinstance(noted, Mapping) else {}
    service = given.service or _one_of(noted.get("service"), SERVICES) or _one_of(settings.get("service"), SERVICES)
    if service is None:
        return Choice()
    table = settings.get(service)
    table = table if isinstance(table, Mapping) else {}
    target = given.target or _one_of(noted.get("target"), get_args(Target)) or table.get("target", "review")
    defaults = {"figshare": FIGSHARE_URL, "osti": OSTI_URLS[target], "datacite": DATACITE_URL}
    has_other_target = service == "osti" and target != table.get("target", "review")
    url = defaults[service] if has_other_target else table.get("url", defaults[service])
    return Choice(
        service=service,
        url=str(url),
        target=target,
        categories=tuple(map(str, given.categories or noted.get("categories") or table.get("categories", ()))),
        prefix=table.get("prefix"),
        site_code=given.site_code or noted.get("site_code") or table.get("site_code"),
        sponsor=table.get("sponsor"),
        research_organization=table.get("research_organization"),
        release=table.get("release", {}),
    )


def to_note(choice: Choice) -> dict[str, Any]:
    """What of a choice is remembered with the DOI that was reserved."""
    kept = {"service": choice.service, "site_code": choice.site_code, "categories": list(choice.categories)}
    return kept | ({"target": choice.target} if choice.service == "osti" else {})


def _one_of(value: Any, of: tuple[Any, ...]) -> Any:
    return value if value in of else None
