"""What a search of the catalog found, and how fresh that is."""

from __future__ import annotations

from dataclasses import dataclass

from huggingnersc_lab.index.page import Page


@dataclass(frozen=True)
class Found(Page):
    """What fits a search, and how fresh that is.

    Attributes:
        problem: why the catalog could not be looked at now, so that this is what was known before.
        as_of: when the catalog was looked at last, in seconds since 1970; None where that was never.
        is_refreshing: whether something newer is on its way.
    """

    problem: str | None = None
    as_of: float | None = None
    is_refreshing: bool = False
