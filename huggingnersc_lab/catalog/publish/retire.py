"""Removes an entry from the catalog and, if requested, from the Hub."""

from __future__ import annotations

import re
from collections.abc import Callable

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.planned import Planned
from huggingnersc_lab.catalog.publish.repository import require_organization, require_own, require_proposal
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import RECORD_FILE, Store


def plan_retirement(site: Site, store: Store, change: Change) -> Planned:
    """Plan the retirement of an entry; does not ask the Hub.

    Raises:
        CatalogError: ``not_found``; ``conflict`` if it has an unfinished publication.
    """
    _require_finished(store, change.name)
    stored = store.read(change.name)
    record = stored.record
    actions = []
    if change.from_hub and record.repo_id:
        require_organization(site, record.repo_id)
        actions.append(f"Delete the repository {record.repo_id} from {site.hub_url}, which cannot be undone")
    actions.append(f"Remove '{record.name}' from the catalog; the data is not touched")
    return Planned(change, record, actions=tuple(actions), replaces=stored.etag)


def retire(site: Site, store: Store, planned: Planned, hub: Callable[[], Hub]) -> DatasetRecord:
    """Remove an entry and return its record.

    Args:
        site: the centre.
        store: the catalog.
        planned: the plan.
        hub: returns the Hub from which to delete its repository, if requested.

    Raises:
        CatalogError: ``conflict`` if the entry has changed since, or the repository is not its own.
    """
    store.check_writable()
    name, record = planned.change.name, planned.record
    if planned.change.from_hub and record.repo_id:
        _remove_from_hub(site, hub(), record, record.repo_id, planned.change.confirmed)
    _require_finished(store, name)  # an update may have started in the meantime
    if store.etag(name) != planned.replaces:
        raise CatalogError("conflict", f"'{name}' was changed by somebody else just now. It is still in the catalog.")
    store.remove(name)
    return record


def _require_finished(store: Store, name: str) -> None:
    if store.has_staging(name):
        raise CatalogError("conflict", f"'{name}' has an unfinished publication: resume or undo that first.")


def _remove_from_hub(site: Site, hub: Hub, record: DatasetRecord, repo_id: str, confirmed: str | None) -> None:
    """Delete the repository, or close the pull request if the entry is not in the repository itself."""
    require_organization(site, repo_id)
    if hub.state(repo_id) is None:
        return
    number = _pull_request(record.pull_request_url)
    if number is not None and hub.read_file(repo_id, RECORD_FILE, "main") is None:
        require_proposal(hub, record.name, record.publish_id, repo_id, number)
        hub.close_pull_request(repo_id, number)
    else:
        require_own(site, hub, record, repo_id, confirmed)
        hub.delete_repo(repo_id)


def _pull_request(url: str | None) -> int | None:
    """The number of a pull request from its URL."""
    match = re.search(r"/([0-9]{1,9})/?$", url or "")
    return int(match[1]) if match else None
