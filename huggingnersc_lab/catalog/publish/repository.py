"""Whether a repository on the Hub is the one that an entry of the catalog is known by.

A record in the catalog is other people's input, and so is what it says of its repository. Nothing on the Hub is
changed because of it alone: the repository has to be the organization's, and its own ``record.json`` has to name the
entry. Else a person is asked, with the repository's full name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import RECORD_FILE

UNCONFIRMED = "unconfirmed"
"""Code of the field error that asks whether a repository is meant; its pointer is ``/repo_id``."""


def require_organization(site: Site, repo_id: str) -> None:
    """Raise ``forbidden`` for a repository of another organization: nothing there is ever changed."""
    if repo_id.partition("/")[0].lower() != site.organization.lower():
        detail = f"'{repo_id}' is not a repository of {site.organization}, whose repositories alone are changed here."
        raise CatalogError("forbidden", f"{detail} Nothing was changed. Check the entry's 'repo_id'.")


def require_own(site: Site, hub: Hub, record: DatasetRecord, repo_id: str, confirmed: str | None) -> None:
    """Raise unless a repository is the entry's own, or a person has confirmed by its full name that it is meant.

    Args:
        site: the centre.
        hub: the Hub.
        record: the entry's record in the catalog.
        repo_id: the repository that is to be changed or deleted.
        confirmed: the repository that a person says is meant; None where nobody was asked.

    Raises:
        CatalogError: ``forbidden`` for one of another organization; ``conflict``, with a field error
            :data:`UNCONFIRMED`, where it does not name the entry.
    """
    require_organization(site, repo_id)
    if confirmed is not None and confirmed.lower() == repo_id.lower():
        return
    said = record_of(hub, repo_id)
    if said.get("name") == record.name and said.get("publish_id") == record.publish_id is not None:
        return
    why = "has no record of a catalog's entry"
    if said.get("name") == record.name:
        why = "holds another publication of it than the catalog"
    elif isinstance(said.get("name"), str):
        why = f"is known as '{str(said['name'])[:96]}'"
    detail = f"Is '{repo_id}' meant? The entry '{record.name}' names it, but the repository {why}."
    field = FieldError("/repo_id", UNCONFIRMED, repo_id)
    raise CatalogError("conflict", f"{detail} Nothing was changed. Confirm its full name to go on.", [field])


def record_of(hub: Hub, repo_id: str, revision: str = "main") -> Mapping[str, object]:
    """What the repository's own record says; nothing where there is none."""
    content = hub.read_file(repo_id, RECORD_FILE, revision)
    try:
        said = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
