"""``access``: who can open the data of datasets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.rest.body import text
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.access.access import Access
    from huggingnersc_lab.sites import Site
    from huggingnersc_lab.workspace.workspace import Workspace

MOST_NAMES = 100
"""Maximum number of datasets per request."""


class AccessHandler(ResourceHandler):
    """GET whether you can open the data of some datasets."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Respond with ``{access}``, by nickname."""
        names = self.get_query_arguments("name", strip=False)
        check = self.query(check=text("0", "1")).get("check") == "1"
        _check_names(names)
        self.answer(await self.services.run_shared(lambda workspace: _access(workspace, names, check=check)))


def access_of(found: Access, site: Site) -> dict[str, Any]:
    """As JSON, without empty values."""
    from huggingnersc_lab.access.advice import advice

    moment = datetime.fromtimestamp(found.checked_at, timezone.utc).isoformat(timespec="seconds")
    members = {
        "status": found.status,
        "blocked_at": found.blocked_at,
        "group": found.group if found.remedy == "join" else None,
        "detail": found.detail,
        "advice": advice(found, site),
        "checked_at": moment.replace("+00:00", "Z"),
    }
    return {member: value for member, value in members.items() if value is not None}


def _access(workspace: Workspace, names: Sequence[str], *, check: bool) -> dict[str, Any]:
    found = workspace.catalog.access(names, check=check)
    return {"access": {name: access_of(access, workspace.catalog.site) for name, access in found.items()}}


def _check_names(names: Sequence[str]) -> None:
    fault = None
    if not names:
        fault = FieldError("/name", "required", "'name' is missing: list the datasets to check.")
    elif len(names) > MOST_NAMES:
        fault = FieldError("/name", "maxItems", f"{len(names)} datasets are too many: request at most {MOST_NAMES}.")
    if fault:
        raise CatalogError("invalid_record", f"{fault.detail} Nothing was checked.", [fault])
