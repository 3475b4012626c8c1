"""The versions of a dataset: the commits of its repository on the Hub and their changes.

A commit never changes, so its changes are determined once and stored in a private file in the user's cache folder, one
per account and repository. The list of commits itself is always requested.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingnersc_lab.account.connection import Viewer
from huggingnersc_lab.catalog.history.diff import Change, FileChange, MemberChange, Pair, examine
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub.listing import is_name
from huggingnersc_lab.private_files import make_private_folder, write_private
from huggingnersc_lab.record.model import DatasetRecord

MOST = 50
"""Maximum number of versions listed."""

REQUEST_SECONDS = 5.0
"""Timeout of a request to the Hub."""

SECONDS = 8.0
"""When to stop sending requests; missing changes are returned by a later call."""

_KEPT_SECONDS = 30 * 86_400.0
_VERSION = 1


@dataclass(frozen=True)
class Version:
    """A commit on the Hub.

    Attributes:
        revision: its hash.
        title: first line of its message.
        date: commit date, ISO 8601 in UTC.
        authors: its authors' names on the Hub.
        url: URL of its page.
        files: changed files; None if they did not arrive in time.
        members: changed fields of the card's metadata, likewise.
    """

    revision: str
    title: str
    date: str
    authors: tuple[str, ...]
    url: str
    files: tuple[FileChange, ...] | None = None
    members: tuple[MemberChange, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON, without unknown values."""
        known = {key: value for key, value in vars(self).items() if value is not None}
        if self.files is not None and self.members is not None:
            known |= Change(self.files, self.members).to_dict()
        return {**known, "authors": list(self.authors)}


class History:
    """Lists the versions of datasets. Thread-safe.

    Args:
        viewer: the current Hub account.
        folder: where changes are cached.
    """

    def __init__(self, viewer: Callable[[], Viewer], folder: Path) -> None:
        self._viewer = viewer
        self._folder = folder

    def versions(self, record: DatasetRecord) -> tuple[Version, ...]:
        """The newest 50, newest first; empty for a dataset that is not on the Hub, or only proposed there.

        Raises:
            CatalogError: ``upstream`` if the Hub does not respond, or responds unexpectedly; ``not_found`` if the
            repository does not exist or is not visible to the account.
        """
        if not record.revision or not record.repo_id:
            return ()
        return self.of_repository(_checked(record.repo_id))

    def of_repository(self, repo_id: str) -> tuple[Version, ...]:
        """:meth:`versions` of a repository."""
        end = time.monotonic() + SECONDS
        viewer = self._viewer()
        hub = viewer.connect().with_timeout(REQUEST_SECONDS, 2)
        revisions = hub.revisions(repo_id, MOST + 1)
        bases = [*(revision.sha for revision in revisions[1:]), None]
        pairs = [(revision.sha, base) for revision, base in zip(revisions, bases, strict=True)][:MOST]
        path = self._folder / viewer.key / f"{hashlib.sha256(repo_id.lower().encode()).hexdigest()[:16]}.json"
        changes = _read(path)
        missing = [pair for pair in pairs if pair not in changes]
        if missing and (found := examine(hub.with_timeout(REQUEST_SECONDS, 1), repo_id, missing, end)):
            changes = {**changes, **found}
            _write(path, {pair: changes[pair] for pair in pairs if pair in changes})
        page = f"{hub.dataset_url(repo_id)}/commit"
        listed = [(revision, changes.get(pair)) for revision, pair in zip(revisions, pairs, strict=False)]
        return tuple(
            Version(
                revision=revision.sha,
                title=revision.title,
                date=revision.date,
                authors=revision.authors,
                url=f"{page}/{revision.sha}",
                files=change.files if change else None,
                members=change.members if change else None,
            )
            for revision, change in listed
        )


def _checked(repo_id: str) -> str:
    """Check a repository's id, which may be wrong in a record written by hand."""
    parts = repo_id.split("/")
    if len(parts) != 2 or not all(map(is_name, parts)):  # noqa: PLR2004
        detail = f"The record names '{repo_id[:96]}', which is not a valid repository id: fix 'repo_id' in it."
        raise CatalogError("not_found", detail)
    return repo_id


def _read(path: Path) -> Mapping[Pair, Change]:
    """Parse a file; empty if it is damaged or of another version."""
    try:
        document = json.loads(path.read_bytes())
        if document["version"] != _VERSION:
            return {}
        return {(item["revision"], item["base"]): Change.from_dict(item) for item in document["changes"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _write(path: Path, changes: Mapping[Pair, Change]) -> None:
    """Store results; errors such as a full disk are ignored, since the caller already has the result."""
    items = [{"revision": revision, "base": base, **change.to_dict()} for (revision, base), change in changes.items()]
    with suppress(OSError):
        make_private_folder(path.parent.parent)
        make_private_folder(path.parent)
        document = {"version": _VERSION, "changes": items}
        write_private(path, json.dumps(document, separators=(",", ":")).encode("utf-8", "replace"))
        for other in path.parent.parent.glob("*/*.json"):
            if time.time() - other.stat().st_mtime > _KEPT_SECONDS:
                other.unlink()
