"""What a service that gives DOIs can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

State = Literal["draft", "submitted", "published"]
"""``submitted``: the service has it and still looks at it, so that the DOI does not resolve yet."""


@dataclass(frozen=True)
class Draft:
    """A dataset's record at a service.

    Attributes:
        id: what the service knows it by.
        state: how far it is.
        doi: its DOI, if it has one.
        page: its page there, for people.
        remarks: what the service says of it, a sentence each.
    """

    id: str
    state: State
    doi: str | None = None
    page: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What a draft is looked for by.

    Attributes:
        marker: what it was marked with when it was made.
        title: its title then.
        doi: its DOI; this alone will do.
    """

    marker: str
    title: str
    doi: str | None = None


class DoiService(Protocol):
    """One service, for one dataset. All methods raise :class:`~huggingnersc_lab.errors.CatalogError`."""

    @property
    def title(self) -> str:
        """Its name for people."""

    def find(self, wanted: Wanted) -> Draft | None:
        """The record that was made before, if it is there: an answer may have been lost."""

    def create(self, marker: str) -> Draft:
        """Make a record that only its owner sees. Where the service gives a DOI at once, it has that."""

    def reserve(self, identifier: str) -> Draft:
        """Give a record a DOI; one that has one keeps it."""

    def look(self, identifier: str) -> Draft:
        """How a record is now; raises ``not_found``."""

    def publish(self, identifier: str) -> Draft:
        """Bring a record up to date and make it public, which cannot be undone."""

    def withdraw(self, identifier: str) -> None:
        """Remove a record that was never public; one that is gone already is no error."""
