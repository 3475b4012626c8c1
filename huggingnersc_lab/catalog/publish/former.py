"""What a repository still contains of the entry it was published with: its record and scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.record.migrations import newer
from huggingnersc_lab.record.model import PUBLICATION, DatasetRecord
from huggingnersc_lab.record.scripts import MAX_BYTES, Script, read_script
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import RECORD_FILE
from huggingnersc_lab.sites import Site

MAX_OFFERED = 10
"""So many scripts of a repository are offered as the loader."""

_SCRIPT = re.compile(r"[^/.][^/]*\.(?:py|ipynb|r|jl|sh)", re.IGNORECASE)
_NO_LOADERS = frozenset({"setup.py", "conftest.py", "__init__.py"})


def offered_scripts(files: Iterable[str]) -> tuple[str, ...]:
    """The files of a repository that may be its loader: scripts that lie in no folder.

    >>> offered_scripts(["README.md", "load.py", "src/a.py", "setup.py", "fetch.sh"])
    ('load.py', 'fetch.sh')
    """
    found = (path for path in files if _SCRIPT.fullmatch(path) and path.isprintable())
    return tuple(path for path in found if path.lower() not in _NO_LOADERS)[:MAX_OFFERED]


@dataclass(frozen=True)
class Former:
    """A repository to be adopted.

    Attributes:
        record: the record of its previous entry, which was retired, say; None if it never was ours.
        scripts: the scripts that the record names, by record field.
        companions: their companion files.
        files: paths of all its files.
        picked: the file that a person has picked as the loader, as it is there.
    """

    record: DatasetRecord | None = None
    scripts: Mapping[str, Script] = field(default_factory=dict)
    companions: tuple[Script, ...] = ()
    files: tuple[str, ...] = ()
    picked: bytes | None = None

    @classmethod
    def of(cls, hub: Hub, repo_id: str, state: RepoState) -> Former:
        """Read a repository; raises ``conflict`` if a newer program wrote its record."""
        content = hub.read_file(repo_id, RECORD_FILE, state.sha) if RECORD_FILE in state.files else None
        record = former_record(content or b"")
        if record is None:
            return cls(files=state.files)
        if reason := newer(record.to_dict()):
            raise CatalogError("conflict", f"'{repo_id}' has a record of its own. {reason} Nothing was created.")
        scripts = {}
        for member in ("loader", "batch_script"):
            if script := _script(hub, repo_id, state, getattr(record, member)):
                scripts[member] = script
        found = (_script(hub, repo_id, state, name) for name in record.companions)
        return cls(record, scripts, tuple(filter(None, found)), state.files)

    def with_loader(self, hub: Hub, repo_id: str, state: RepoState, path: str, dataset_name: str) -> Former:
        """The same with one of its files as the loader.

        Args:
            hub: the Hub.
            repo_id: the repository.
            state: as it stands.
            path: the file.
            dataset_name: the dataset's nickname.

        Raises:
            CatalogError: ``invalid_record`` for a file that is not there or is no script.
        """
        content = hub.read_file(repo_id, path, state.sha) if path in offered_scripts(self.files) else None
        if content is None:
            known = offered_scripts(self.files)
            detail = f"'{repo_id}' has no script '{path[:200]}' that could be the loader."
            more = f" It has {', '.join(known)}." if known else ""
            field = FieldError("/loader", "not_found", f"{detail}{more}", known[0] if known else None)
            raise CatalogError("invalid_record", f"{detail}{more} Nothing was made.", [field])
        script = read_script(path, "loader", dataset_name, read=lambda *_: (len(content), content))
        return replace(self, scripts={**self.scripts, "loader": script}, picked=content)

    def completed(self, submission: Submission) -> Submission:
        """A submission completed with missing scripts, and with unknown fields of the record."""
        if self.record is None and self.picked is None:
            return submission
        loader = submission.loader or self.scripts.get("loader")
        batch_script = submission.batch_script or self.scripts.get("batch_script")
        companions = submission.companions or self.companions
        record = replace(
            submission.record,
            loader=loader.file_name if loader else None,
            batch_script=batch_script.file_name if batch_script else None,
            companions=tuple(script.file_name for script in companions),
            unknown={**(self.record.unknown if self.record else {}), **submission.record.unknown},
        )
        return replace(submission, record=record, loader=loader, batch_script=batch_script, companions=companions)

    def card(self, site: Site, template: str | None) -> str | None:
        """The card as this program would have generated it then, i.e. our part of it. None if there was none."""
        if self.record is None:
            return None
        scripts = (self.scripts.get("loader"), self.scripts.get("batch_script"))
        return render_card(Entry(self.record, site, *scripts, self.companions), template)

    def notes(self, submission: Submission, change: Change) -> tuple[str, ...]:
        """Notes about the repository's scripts, one sentence each."""
        if submission.loader is not None:
            is_theirs = change.loader is None
            return (f"The loader '{submission.loader.file_name}' in the repository is used.",) if is_theirs else ()
        return tuple(
            f"The repository has a script '{path}': choose it as the loader if it is one."
            for path in offered_scripts(self.files)[:3]
        )


def _script(hub: Hub, repo_id: str, state: RepoState, name: str | None) -> Script | None:
    """A script named by a record; None if it does not exist or is too large."""
    text = hub.read_file(repo_id, name, state.sha) if name in state.files and name else None
    return None if text is None or len(text) > MAX_BYTES else Script(str(name), text.decode("utf-8", "replace"))


def former_record(content: bytes) -> DatasetRecord | None:
    """A record published with an entry; None for another file of that name."""
    try:
        data = json.loads(content)
        return DatasetRecord.from_dict(data) if isinstance(data, Mapping) and data.keys() & set(PUBLICATION) else None
    except (ValueError, TypeError, RecursionError):
        return None
