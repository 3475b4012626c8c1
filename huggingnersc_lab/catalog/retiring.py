"""Taking an entry out of the catalog, and out of the Hub when that is wanted."""

from __future__ import annotations

from collections.abc import Callable

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.store import RECORD_FILE, Store


def retire(store: Store, name: str, hub: Callable[[], Hub] | None) -> DatasetRecord:
    """Remove an entry; what it was is returned.

    Args:
        store: the catalog.
        name: the entry's nickname.
        hub: gives the Hub that its repository is deleted from, too; None to leave that alone.
    """
    store.check_writable()
    _require_finished(store, name)
    record = store.read(name).record
    if hub is not None and record.repo_id:
        _remove_from_hub(hub(), record.repo_id, record.pull_request_url)
        _require_finished(store, name)  # that took a while, in which an update may have begun
    store.remove(name)
    return record


def _require_finished(store: Store, name: str) -> None:
    if store.staging(name) is not None:
        raise CatalogError("conflict", f"'{name}' has an unfinished publication: resume or undo that first.")


def _remove_from_hub(hub: Hub, repo_id: str, pull_request_url: str | None) -> None:
    """Delete the repository, or close the pull request where nothing of the entry is in the repository itself."""
    if pull_request_url and hub.read_file(repo_id, RECORD_FILE, "main") is None:
        hub.close_pull_request(repo_id, int(pull_request_url.rpartition("/")[2]))
    else:
        hub.delete_repo(repo_id)
