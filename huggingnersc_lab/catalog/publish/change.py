"""What a person wants of an entry: the one form in which panel, command line and jobs hand it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from huggingnersc_lab.record.scripts import Script

ChangeKind = Literal["publish", "update", "adopt", "retire"]
OnConflict = Literal["ask", "keep", "replace"]


@dataclass(frozen=True)
class Change:
    """What is to become of an entry. Holds everything needed, so that nothing edited later changes it, and no token.

    Attributes:
        kind: ``publish`` a new entry, ``adopt`` a repository as a new one, ``update`` or ``retire`` the one there is.
        name: nickname of the dataset.
        values: members of the record; in an update those that change, with None for one that goes.
        loader: the loader script; in an update None leaves the one there is.
        batch_script: the batch script, likewise.
        companions: texts of companion files by their names; in an update those that are new or take the place of one
            of the same name. Which of the others stay, ``values`` says; all where it says nothing.
        private: whether only members of the organization see the repository; None leaves it as it is, and makes a new
            one public.
        create_pr: whether to propose it as a pull request.
        repo_id: the repository that becomes the entry's (adopt).
        loader_in_repository: name of the file there that becomes the loader (adopt); ``loader`` wins.
        from_hub: whether the repository is deleted, too (retire).
        confirmed: full name of the repository that a person says is meant, although it does not name the entry.
        on_conflict: what becomes of parts of the card on the Hub that people and this change have both changed:
            ``keep`` theirs, ``replace`` them, or ``ask`` first (update).
        etag: the entry's etag that the change began from, to be told of a change in between (update).
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
        """From what :meth:`to_dict` gave."""
        scripts = {key: Script(**data[key]) if data.get(key) else None for key in ("loader", "batch_script")}
        return cls(**{**data, **scripts})

    @property
    def companion_scripts(self) -> tuple[Script, ...]:
        """The companion files."""
        return tuple(Script(name, str(text)) for name, text in self.companions.items())

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)
