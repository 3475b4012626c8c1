"""The Hub's responses that publishing needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

CLOCK_SECONDS = 300.0
"""Maximum difference between the Hub's clock and ours."""
REPEATING_SECONDS = 600.0
"""How long a request may be retried."""


class WrongAnswerError(ValueError):
    """An invalid response of the Hub. Its text says what is wrong: "it is not JSON"."""


_INITIAL_FILES = frozenset({".gitattributes"})


@dataclass(frozen=True)
class RepoState:
    """The current state of a dataset repository.

    Attributes:
        sha: current commit of ``main``.
        files: paths of its files.
        created_at: creation time.
        private: whether only members can see it.
        repo_id: its id, which differs from the requested one if it was renamed.
    """

    sha: str
    files: tuple[str, ...]
    created_at: datetime | None
    private: bool
    repo_id: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has added anything to it."""
        return _INITIAL_FILES.issuperset(self.files)

    def was_made_about(self, moment: float) -> bool:
        """Whether it is empty and may have been created by a request sent at ``moment`` (Unix time), or its retries."""
        if not self.is_empty or self.created_at is None:
            return False
        later = self.created_at.timestamp() - moment
        return -CLOCK_SECONDS < later < CLOCK_SECONDS + REPEATING_SECONDS


@dataclass(frozen=True)
class Commit:
    """A commit on the Hub, or the pull request that contains it.

    Attributes:
        oid: its hash.
        url: URL of its page.
        pull_request: number of the pull request; None for a commit on ``main``.
        pull_request_url: URL of the pull request's page.
    """

    oid: str
    url: str
    pull_request: int | None = None
    pull_request_url: str | None = None


def moment_of(text: str | None) -> datetime | None:
    """Parse the Hub's ISO 8601 time as UTC; None if it is invalid or out of range."""
    try:
        return datetime.fromisoformat((text or "").replace("Z", "+00:00")).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None
