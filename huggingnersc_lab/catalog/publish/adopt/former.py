"""What a repository still holds of the entry that it was published with: its record, and the scripts of that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.record.migrations import newer
from huggingnersc_lab.record.model import PUBLICATION, DatasetRecord
from huggingnersc_lab.record.scripts import MAX_BYTES, Script
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import RECORD_FILE
from huggingnersc_lab.sites import Site


@dataclass(frozen=True)
class Former:
    """A repository that is to be adopted.

    Attributes:
        record: the record of the entry that it was, before that was retired, say; None for one that never was ours.
        scripts: those that the record names, by member.
        files: paths of all its files.
    """

    record: DatasetRecord | None = None
    scripts: Mapping[str, Script] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, hub: Hub, repo_id: str, state: RepoState) -> Former:
        """Read a repository; raises ``conflict`` for a record that a newer program wrote."""
        content = hub.read_file(repo_id, RECORD_FILE, state.sha) if RECORD_FILE in state.files else None
        record = former_record(content or b"")
        if record is None:
            return cls(files=state.files)
        if reason := newer(record.to_dict()):
            raise CatalogError("conflict", f"'{repo_id}' has a record of its own. {reason} Nothing was made.")
        scripts = {}
        for member in ("loader", "batch_script"):
            name = getattr(record, member)
            text = hub.read_file(repo_id, name, state.sha) if name in state.files else None
            if text is not None and len(text) <= MAX_BYTES:
                scripts[member] = Script(name, text.decode("utf-8", "replace"))
        return cls(record, scripts, state.files)

    def completed(self, submission: Submission) -> Submission:
        """A submission with the scripts that it has not, and with what this program does not know of the record."""
        if self.record is None:
            return submission
        loader = submission.loader or self.scripts.get("loader")
        batch_script = submission.batch_script or self.scripts.get("batch_script")
        record = replace(
            submission.record,
            loader=loader.file_name if loader else None,
            batch_script=batch_script.file_name if batch_script else None,
            unknown={**self.record.unknown, **submission.record.unknown},
        )
        return replace(submission, record=record, loader=loader, batch_script=batch_script)

    def card(self, site: Site, template: str | None) -> str | None:
        """The card as this program would have made it then: what of it is ours. None where there was none."""
        if self.record is None:
            return None
        return render_card(
            Entry(self.record, site, self.scripts.get("loader"), self.scripts.get("batch_script")), template
        )

    def notes(self, submission: Submission, change: Change) -> tuple[str, ...]:
        """What is said of the repository's scripts, a sentence each."""
        if submission.loader is not None:
            is_theirs = change.loader is None
            return (
                (f"The loader '{submission.loader.file_name}' of the repository is taken along.",) if is_theirs else ()
            )
        found = [path for path in self.files if path.endswith((".py", ".ipynb", ".R", ".jl")) and "/" not in path]
        return tuple(
            f"The repository has a script '{path}': choose it as the loader if it is one." for path in found[:3]
        )


def former_record(content: bytes) -> DatasetRecord | None:
    """A record that was published with an entry; None for another file of that name."""
    try:
        data = json.loads(content)
        return DatasetRecord.from_dict(data) if isinstance(data, Mapping) and data.keys() & set(PUBLICATION) else None
    except (ValueError, TypeError, RecursionError):
        return None
