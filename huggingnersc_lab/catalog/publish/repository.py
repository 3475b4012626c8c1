"""Checks whether a repository on the Hub belongs to an entry of the catalog.

A catalog record is untrusted input, and so is the repository it names. It is not enough to change anything on the Hub:
the repository must belong to the organization, and its own ``record.json`` must name the entry. Otherwise the user
must confirm the repository's full name.
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
"""Code of the field error that asks to confirm a repository; its pointer is ``/repo_id``."""


def require_organization(site: Site, repo_id: str) -> None:
    """Raise ``forbidden`` for a repository of another organization: nothing there is ever changed."""
    is_one = _REPO_ID.fullmatch(repo_id) is not None and ".." not in repo_id
    if not is_one or repo_id.partition("/")[0].lower() != site.organization.lower():
        detail = f"'{repo_id[:200]}' is not a repository of {site.organization}; no others are changed."
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
    """Raise unless a repository is the entry's own, or the user has confirmed its full name.

    Args:
        site: the centre.
        hub: the Hub.
        record: the entry's record in the catalog.
        repo_id: the repository to be changed or deleted.
        confirmed: the repository that the user has confirmed; None if not asked.
        is_proposal: whether it is only proposed; then it may name no entry, or an earlier state of it.

    Raises:
        CatalogError: ``forbidden`` if it belongs to another organization; ``conflict``, with a field error
        :data:`UNCONFIRMED`, if it does not name the entry.
    """
    require_organization(site, repo_id)
    if confirmed is not None and confirmed.lower() == repo_id.lower():
        return
    remote = record_of(hub, repo_id)
    if remote.get("name") == record.name and remote.get("publish_id") == record.publish_id is not None:
        return
    if is_proposal and remote.get("name") in (None, record.name):
        return
    why = "has no record of a catalog entry"
    if remote.get("name") == record.name:
        why = "contains a different publication of it than the catalog"
    elif isinstance(remote.get("name"), str):
        why = f"belongs to '{str(remote['name'])[:96]}'"
    detail = f"Is '{repo_id}' the right repository? The entry '{record.name}' names it, but it {why}."
    field = FieldError("/repo_id", UNCONFIRMED, repo_id)
    raise CatalogError("conflict", f"{detail} Nothing was changed. Confirm its full name to continue.", [field])


def require_fillable(hub: Hub, repo_id: str, parent: str) -> None:
    """Raise ``conflict`` if a repository allegedly created for a publication already contains something else.

    Args:
        hub: the Hub.
        repo_id: the repository.
        parent: the commit that the publication's commit is to follow.
    """
    state = hub.state(repo_id)
    if state is not None and state.sha == parent and not state.is_empty:
        detail = f"'{repo_id}' contains files from elsewhere, although this publication claims to have created it."
        raise CatalogError("conflict", f"{detail} Nothing was sent. Check it on the Hub.")


def require_proposal(hub: Hub, name: str, publish_id: str | None, repo_id: str, number: int) -> None:
    """Raise ``conflict`` unless a pull request proposes the entry.

    Args:
        hub: the Hub.
        name: nickname of the entry.
        publish_id: id of its publication.
        repo_id: the repository.
        number: number of the pull request.
    """
    remote = record_of(hub, repo_id, f"refs/pr/{number}")
    if (remote.get("name"), remote.get("publish_id")) != (name, publish_id):
        detail = f"Pull request {number} of '{repo_id}' is not the one that proposes '{name}'."
        raise CatalogError("conflict", f"{detail} Nothing was changed. Check it on the Hub.")


def record_of(hub: Hub, repo_id: str, revision: str = "main") -> Mapping[str, object]:
    """The repository's own record; empty if there is none."""
    content = hub.read_file(repo_id, RECORD_FILE, revision)
    try:
        data = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
