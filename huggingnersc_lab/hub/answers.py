"""What the Hub is asked for and answers with, as far as publishing needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

CLOCK_SECONDS = 300.0
"""The Hub's clock and ours may differ by so much."""
REPEATING_SECONDS = 600.0
"""A request may be repeated for so long."""


class WrongAnswerError(ValueError):
    """The Hub answered something that is not of its form. Its text says what is wrong: "it is no JSON"."""


_INITIAL_FILES = frozenset({".gitattributes"})


@dataclass(frozen=True)
class RepoState:
    """A dataset repository as it stands.

    Attributes:
        sha: commit that ``main`` is at.
        files: paths of its files.
        created_at: when it was made.
        private: whether only members see it.
        repo_id: its id, which is another than was asked for where it has been renamed.
    """

    sha: str
    files: tuple[str, ...]
    created_at: datetime | None
    private: bool
    repo_id: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has put anything in it."""
        return _INITIAL_FILES.issuperset(self.files)

    def was_made_about(self, moment: float) -> bool:
        """Whether it is empty and may come from a request of ``moment`` (Unix time), repeats of it allowed for."""
        if not self.is_empty or self.created_at is None:
            return False
        later = self.created_at.timestamp() - moment
        return -CLOCK_SECONDS < later < CLOCK_SECONDS + REPEATING_SECONDS


@dataclass(frozen=True)
class Commit:
    """A commit on the Hub, or the pull request that holds it.

    Attributes:
        oid: its hash.
        url: page that shows it.
        pull_request: number of the pull request, None for a commit on ``main``.
        pull_request_url: page of the pull request.
    """

    oid: str
    url: str
    pull_request: int | None = None
    pull_request_url: str | None = None


def moment_of(text: str | None) -> datetime | None:
    """A moment in UTC, as the Hub writes it, ISO 8601; None for what is none, or is beyond the calendar's ends."""
    try:
        return datetime.fromisoformat((text or "").replace("Z", "+00:00")).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None
