"""A requested change of an entry, in the one form used by panel, command line and jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from huggingnersc_lab.record.scripts import Script

ChangeKind = Literal["publish", "update", "adopt", "retire"]
OnConflict = Literal["ask", "keep", "replace"]


@dataclass(frozen=True)
class Change:
    """A requested change. Self-contained, so that later edits do not affect it, and without a token.

    Attributes:
        kind: ``publish`` a new entry, ``adopt`` a repository as a new one, ``update`` or ``retire`` an existing one.
        name: nickname of the dataset.
        values: record fields; in an update only the changed ones, with None for removed ones.
        loader: the loader script; in an update, None keeps the current one.
        batch_script: the batch script, likewise.
        companions: texts of companion files by name; in an update, new ones or replacements for files of the same name.
        ``values`` lists which of the others to keep; all of them if it does not.
        private: whether only members of the organization can see the repository; None means no change, and public for a
        new one.
        create_pr: whether to propose it as a pull request.
        repo_id: the repository to adopt (adopt).
        loader_in_repository: name of the file there that becomes the loader (adopt); ``loader`` wins.
        from_hub: whether to also delete the repository (retire).
        confirmed: full name of the repository that the user has confirmed, although it does not name the entry.
        on_conflict: what to do with parts of the card that were changed both on the Hub and by this change:
            ``keep`` theirs, ``replace`` them, or ``ask`` first (update).
        etag: the entry's etag that the change is based on, to detect concurrent changes (update).
    """

    kind: ChangeKind
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    loader: Script | None = None
    batch_script: Script | None = None
    companions: Mapping[str, str] = field(default_factory=dict)
    private: bool | None = None
    create_pr: bool = False
    repo_id: str | None = None
    loader_in_repository: str | None = None
    from_hub: bool = False
    confirmed: str | None = None
    on_conflict: OnConflict = "ask"
    etag: str | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Change:
        """The inverse of :meth:`to_dict`."""
        scripts = {key: Script(**data[key]) if data.get(key) else None for key in ("loader", "batch_script")}
        return cls(**{**data, **scripts})

    @property
    def companion_scripts(self) -> tuple[Script, ...]:
        """The companion files."""
        return tuple(Script(name, str(text)) for name, text in self.companions.items())

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)
