"""Taking an entry out of the catalog, and out of the Hub when that is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable

from huggingnersc_lab.catalog.repository import require_organization, require_own, require_proposal
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import RECORD_FILE, Store


def retire(
    site: Site, store: Store, name: str, hub: Callable[[], Hub] | None, *, confirmed: str | None = None
) -> DatasetRecord:
    """Remove an entry; what it was is returned.

    Args:
        site: the centre.
        store: the catalog.
        name: the entry's nickname.
        hub: gives the Hub that its repository is deleted from, too; None to leave that alone.
        confirmed: full name of the repository that a person says is meant; see :func:`require_own`.
    """
    store.check_writable()
    _require_finished(store, name)
    stored = store.read(name)
    record = stored.record
    if hub is not None and record.repo_id:
        _remove_from_hub(site, hub(), record, record.repo_id, confirmed)
        _require_finished(store, name)  # that took a while, in which an update may have begun
    store.remove(name)
    return record


def _require_finished(store: Store, name: str) -> None:
    if store.has_staging(name):
        raise CatalogError("conflict", f"'{name}' has an unfinished publication: resume or undo that first.")


def _remove_from_hub(site: Site, hub: Hub, record: DatasetRecord, repo_id: str, confirmed: str | None) -> None:
    """Delete the repository, or close the pull request where nothing of the entry is in the repository itself."""
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
    """The number of a pull request by its address."""
    match = re.search(r"/([0-9]{1,9})/?$", url or "")
    return int(match[1]) if match else None
