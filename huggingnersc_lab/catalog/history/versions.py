"""The versions of a dataset: the commits of its repository on the Hub, and what each of them changed.

A commit never changes, so what it changed is found out once and kept in a private file of the user's caches, one for
each account and repository. The list itself is always asked for.
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
"""So many versions are told."""

REQUEST_SECONDS = 5.0
"""So long the Hub may take for an answer."""

SECONDS = 8.0
"""After so long no more requests are made: what is not known then is told another time."""

_KEPT_SECONDS = 30 * 86_400.0
_VERSION = 1


@dataclass(frozen=True)
class Version:
    """A commit on the Hub.

    Attributes:
        revision: its hash.
        title: first line of its message.
        date: when it was made, ISO 8601 in UTC.
        authors: names on the Hub of those who made it.
        url: its page.
        files: what it changed; None where that could not be told in time.
        members: what it changed of the card's metadata, likewise.
    """

    revision: str
    title: str
    date: str
    authors: tuple[str, ...]
    url: str
    files: tuple[FileChange, ...] | None = None
    members: tuple[MemberChange, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON, without what is not known."""
        known = {key: value for key, value in vars(self).items() if value is not None}
        if self.files is not None and self.members is not None:
            known |= Change(self.files, self.members).to_dict()
        return {**known, "authors": list(self.authors)}


class History:
    """Tells the versions of datasets. May be used from any thread.

    Args:
        viewer: who looks at the Hub just now.
        folder: where changes are kept.
    """

    def __init__(self, viewer: Callable[[], Viewer], folder: Path) -> None:
        self._viewer = viewer
        self._folder = folder

    def versions(self, record: DatasetRecord) -> tuple[Version, ...]:
        """The newest 50, the newest first; none of a dataset that is not on the Hub, or only proposed there.

        Raises:
            CatalogError: ``upstream`` when the Hub does not answer, or not as it should; ``not_found`` when it has no
                such repository, or shows it to others only.
        """
        if not record.revision or not record.repo_id:
            return ()
        return self.of_repository(_checked(record.repo_id))

    def of_repository(self, repo_id: str) -> tuple[Version, ...]:
        """:meth:`versions`, of a repository."""
        end = time.monotonic() + SECONDS
        viewer = self._viewer()
        hub = viewer.connect().hurried(REQUEST_SECONDS, 2)
        revisions = hub.revisions(repo_id, MOST + 1)
        bases = [*(revision.sha for revision in revisions[1:]), None]
        pairs = [(revision.sha, base) for revision, base in zip(revisions, bases, strict=True)][:MOST]
        path = self._folder / viewer.key / f"{hashlib.sha256(repo_id.lower().encode()).hexdigest()[:16]}.json"
        changes = _read(path)
        missing = [pair for pair in pairs if pair not in changes]
        if missing and (found := examine(hub.hurried(REQUEST_SECONDS, 1), repo_id, missing, end)):
            changes = {**changes, **found}
            _write(path, {pair: changes[pair] for pair in pairs if pair in changes})
        page = f"{hub.dataset_url(repo_id)}/commit"
        told = [(revision, changes.get(pair)) for revision, pair in zip(revisions, pairs, strict=False)]
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
            for revision, change in told
        )


def _checked(repo_id: str) -> str:
    """A repository's id, which a record that was written by hand may have wrong."""
    parts = repo_id.split("/")
    if len(parts) != 2 or not all(map(is_name, parts)):  # noqa: PLR2004
        detail = f"The record names '{repo_id[:96]}', which is no repository's id: mend 'repo_id' in it."
        raise CatalogError("not_found", detail)
    return repo_id


def _read(path: Path) -> Mapping[Pair, Change]:
    """What a file holds; nothing is known where it is damaged or of another version."""
    try:
        document = json.loads(path.read_bytes())
        if document["version"] != _VERSION:
            return {}
        return {(item["revision"], item["base"]): Change.from_dict(item) for item in document["changes"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _write(path: Path, changes: Mapping[Pair, Change]) -> None:
    """Keep what was found; a full disk takes nothing from the one who looks now."""
    items = [{"revision": revision, "base": base, **change.to_dict()} for (revision, base), change in changes.items()]
    with suppress(OSError):
        make_private_folder(path.parent.parent)
        make_private_folder(path.parent)
        document = {"version": _VERSION, "changes": items}
        write_private(path, json.dumps(document, separators=(",", ":")).encode("utf-8", "replace"))
        for other in path.parent.parent.glob("*/*.json"):
            if time.time() - other.stat().st_mtime > _KEPT_SECONDS:
                other.unlink()
