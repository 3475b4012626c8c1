from __future__ import annotations

from collections.abc import Callable

import pytest
from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.history.versions import Version
from huggingnersc_lab.record.model import DatasetRecord
from tests.catalog.history.sky import REPO, Commit, Look
from tests.practice_hub import FaultyHub


@pytest.fixture
def api(practice_hub: FaultyHub) -> HfApi:
    found = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    found.create_repo(REPO, repo_type="dataset")
    return found


@pytest.fixture
def commit(api: HfApi) -> Commit:
    """Makes a commit of some files; None deletes one."""

    def make(**files: str | None) -> str:
        named = {path.replace("__", "/").replace("_md", ".md"): content for path, content in files.items()}
        operations = [
            CommitOperationDelete(path) if content is None else CommitOperationAdd(path, content.encode())
            for path, content in named.items()
        ]
        return api.create_commit(REPO, operations, commit_message="Change", repo_type="dataset").oid

    return make


@pytest.fixture
def look(make_catalog: Callable[..., Catalog]) -> Look:
    """The versions of the repository, as a process of its own sees them."""

    def ask(role: str | None = "admin") -> tuple[Version, ...]:
        return make_catalog(role).sources.history.versions(DatasetRecord("sky", "Sky", repo_id=REPO, revision="1" * 40))

    return ask
