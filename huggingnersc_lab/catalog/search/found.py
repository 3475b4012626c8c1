"""The result of a search of the catalog, and how fresh it is."""

from __future__ import annotations

from dataclasses import dataclass

from huggingnersc_lab.index.page import Page


@dataclass(frozen=True)
class Found(Page):
    """The matches of a search, and how fresh they are.

    Attributes:
        problem: why the catalog is unavailable, so that this is the last known state.
        as_of: when the catalog was last checked, in seconds since 1970; None if never.
        is_refreshing: whether an update is running.
    """

    problem: str | None = None
    as_of: float | None = None
    is_refreshing: bool = False
