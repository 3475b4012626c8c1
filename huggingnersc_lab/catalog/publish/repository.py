"""Whether a repository on the Hub is the one that an entry of the catalog is known by.

A record in the catalog is other people's input, and so is what it says of its repository. Nothing on the Hub is
changed because of it alone: the repository has to be the organization's, and its own ``record.json`` has to name the
entry. Else a person is asked, with the repository's full name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import RECORD_FILE

_REPO_ID = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9_-][A-Za-z0-9._-]*")

UNCONFIRMED = "unconfirmed"
"""Code of the field error that asks whether a repository is meant; its pointer is ``/repo_id``."""


def require_organization(site: Site, repo_id: str) -> None:
    """Raise ``forbidden`` for a repository of another organization: nothing there is ever changed."""
    is_one = _REPO_ID.fullmatch(repo_id) is not None and ".." not in repo_id
    if not is_one or repo_id.partition("/")[0].lower() != site.organization.lower():
        detail = (
            f"'{repo_id[:200]}' is not a repository of {site.organization}, whose repositories alone are changed here."
        )
        raise CatalogError("forbidden", f"{detail} Nothing was changed. Check the entry's 'repo_id'.")


def require_own(
    site: Site,
    hub: Hub,
    record: DatasetRecord,
    repo_id: str,
    confirmed: str | None,
    *,
    is_proposal: bool = False,
) -> None:
    """Raise unless a repository is the entry's own, or a person has confirmed by its full name that it is meant.

    Args:
        site: the centre.
        hub: the Hub.
        record: the entry's record in the catalog.
        repo_id: the repository that is to be changed or deleted.
        confirmed: the repository that a person says is meant; None where nobody was asked.
        is_proposal: whether it is only proposed; then one that names no entry, or an earlier state of it, will do.

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
    if is_proposal and said.get("name") in (None, record.name):
        return
    why = "has no record of a catalog's entry"
    if said.get("name") == record.name:
        why = "holds another publication of it than the catalog"
    elif isinstance(said.get("name"), str):
        why = f"is known as '{str(said['name'])[:96]}'"
    detail = f"Is '{repo_id}' meant? The entry '{record.name}' names it, but the repository {why}."
    field = FieldError("/repo_id", UNCONFIRMED, repo_id)
    raise CatalogError("conflict", f"{detail} Nothing was changed. Confirm its full name to go on.", [field])


def require_fillable(hub: Hub, repo_id: str, parent: str) -> None:
    """Raise ``conflict`` where a repository that is said to have been made for a publication holds something already.

    Args:
        hub: the Hub.
        repo_id: the repository.
        parent: the commit that the publication's is to follow.
    """
    state = hub.state(repo_id)
    if state is not None and state.sha == parent and not state.is_empty:
        detail = f"'{repo_id}' holds files that are not of this publication, which says that it was made for it."
        raise CatalogError("conflict", f"{detail} Nothing was sent. Look at it on the Hub.")


def require_proposal(hub: Hub, name: str, publish_id: str | None, repo_id: str, number: int) -> None:
    """Raise ``conflict`` unless a pull request proposes an entry.

    Args:
        hub: the Hub.
        name: nickname of the entry.
        publish_id: of its publication.
        repo_id: the repository.
        number: of the pull request.
    """
    said = record_of(hub, repo_id, f"refs/pr/{number}")
    if (said.get("name"), said.get("publish_id")) != (name, publish_id):
        detail = f"Pull request {number} of '{repo_id}' is not the one that proposes '{name}'."
        raise CatalogError("conflict", f"{detail} Nothing was changed. Look at it on the Hub.")


def record_of(hub: Hub, repo_id: str, revision: str = "main") -> Mapping[str, object]:
    """What the repository's own record says; nothing where there is none."""
    content = hub.read_file(repo_id, RECORD_FILE, revision)
    try:
        said = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
