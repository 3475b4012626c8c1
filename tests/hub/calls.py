"""Every call of the Hub, and what it must not do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.policy import Policy

QUICK = Policy(timeout=5, tries=2, base=0.01, longest=0.02)
REPO = "NERSC/sky"
SHA = "0" * 40

READS: dict[str, Callable[[Hub], object]] = {
    "account": lambda hub: hub.account(),
    "state": lambda hub: hub.state(REPO),
    "repository": lambda hub: hub.repository(REPO),
    "list_datasets": lambda hub: hub.list_datasets(),
    "revisions": lambda hub: hub.revisions(REPO, 5),
    "folder": lambda hub: hub.folder(REPO, SHA),
    "read_file": lambda hub: hub.read_file(REPO, "README.md", SHA),
    "find_commit": lambda hub: hub.find_commit(REPO, "p"),
    "find_pull_request": lambda hub: hub.find_commit(REPO, "p", create_pr=True),
    "close_pull_request": lambda hub: hub.close_pull_request(REPO, 1),
    "tags_by_type": lambda hub: hub.tags_by_type(),
}
WRITES: dict[str, Callable[[Hub], object]] = {
    "commit": lambda hub: hub.commit(REPO, {"README.md": b"# Sky"}, title="Add", publish_id="p", parent=SHA),
    "delete_repo": lambda hub: hub.delete_repo(REPO),
    "set_private": lambda hub: hub.set_private(REPO, private=True),
}
ALL = {**READS, **WRITES, "create_repo": lambda hub: hub.create_repo(REPO, private=False)}


def refused(call: Callable[[Hub], object], hub: Hub) -> str:
    with pytest.raises(CatalogError) as failed:
        call(hub)
    assert failed.value.code == "upstream", failed.value.detail
    return failed.value.detail
