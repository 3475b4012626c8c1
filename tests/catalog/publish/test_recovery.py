"""What was done on the Hub although the journal does not say so."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import cast

import pytest

from huggingnersc_lab.catalog.publish import recovery
from huggingnersc_lab.catalog.publish.plan import Plan
from huggingnersc_lab.catalog.publish.recovery import IN_FLIGHT_SECONDS, made_repository, sent_commit
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit, Hub, RepoState
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.staging import Staging

PLAN = Plan("1", "NERSC/sky", "https://huggingface.co", "Catalog sky", ("record.json",), "sky")
NOW = 1_800_000_000.0
COMMIT = Commit("1b" * 20, "https://huggingface.co/x", 7, "https://huggingface.co/y")


class Clock:
    """Takes the place of ``time``: a pause takes no time, and moves both clocks on."""

    def __init__(self) -> None:
        self.passed = 0.0

    def time(self) -> float:
        return NOW + self.passed

    def monotonic(self) -> float:
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.passed += seconds


class StubHub:
    """Knows nothing until it was asked so often."""

    def __init__(self, found: object, after: int = 1) -> None:
        self.found, self.after, self.asked = found, after, 0

    def state(self, repo_id: str) -> object:
        return self._answer(repo_id, PLAN.repo_id)

    def find_commit(self, repo_id: str, publish_id: str, *, create_pr: bool) -> object:
        return self._answer((repo_id, publish_id, create_pr), ("NERSC/sky", "1", False))

    def _answer(self, asked: object, meant: object) -> object:
        assert asked == meant
        self.asked += 1
        if isinstance(self.found, Exception):
            raise self.found
        return self.found if self.asked >= self.after else None


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(recovery, "time", made)
    return made


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return Store(tmp_path, 0o755, 0o644).stage("sky", {"record.json": b"{}"}, asdict(PLAN))


def repository(seconds: float = 0, files: tuple[str, ...] = (".gitattributes",)) -> RepoState:
    return RepoState("abc", files, datetime.fromtimestamp(NOW + seconds, timezone.utc), private=False)


def made(staging: Staging, hub: StubHub, *, wait: bool = False) -> RepoState | None:
    return made_repository(staging, PLAN, cast("Hub", hub), wait=wait)


def sent(staging: Staging, hub: StubHub, *, wait: bool = False) -> Commit | None:
    return sent_commit(staging, PLAN, cast("Hub", hub), wait=wait)


@pytest.mark.usefixtures("clock")
def test_a_repository_that_nobody_asked_for_is_not_looked_for(staging: Staging) -> None:
    hub = StubHub(repository())
    assert made(staging, hub, wait=True) is None
    staging.note("repository_asked", moment=None)
    assert made(staging, hub, wait=True) is None
    assert hub.asked == 0


@pytest.mark.usefixtures("clock")
def test_a_repository_that_was_asked_for(staging: Staging) -> None:
    staging.note("repository_asked", moment=NOW)
    assert made(staging, StubHub(repository(1))) == repository(1)
    assert made(staging, StubHub(None)) is None
    # Of somebody else: it is older than that, or holds something.
    assert made(staging, StubHub(repository(-100_000))) is None
    assert made(staging, StubHub(repository(1, ("a.csv",)))) is None


def test_a_request_that_may_be_on_its_way_is_waited_for(staging: Staging, clock: Clock) -> None:
    staging.note("repository_asked", moment=NOW)
    assert made(staging, StubHub(repository(1), after=4), wait=True) == repository(1)
    assert clock.passed == 1.5
    hub = StubHub(repository(1), after=1000)
    assert made(staging, hub, wait=True) is None
    assert clock.passed == IN_FLIGHT_SECONDS
    assert made(staging, StubHub(repository(1), after=2)) is None
    assert clock.passed == IN_FLIGHT_SECONDS  # who does not wait does not


def test_the_wait_counts_from_when_repeats_ended(staging: Staging, clock: Clock) -> None:
    staging.note("repository_asked", moment=NOW - 60, until=NOW - 2)
    assert made(staging, StubHub(None), wait=True) is None
    assert clock.passed == 3


def test_a_clock_that_goes_wrong_makes_no_longer_wait(staging: Staging, clock: Clock) -> None:
    staging.note("repository_asked", moment=NOW + 3600)
    assert made(staging, StubHub(None), wait=True) is None
    assert clock.passed == IN_FLIGHT_SECONDS
    staging.note("repository_asked", moment=NOW - 3600)
    assert made(staging, StubHub(None), wait=True) is None
    assert clock.passed == IN_FLIGHT_SECONDS


@pytest.mark.usefixtures("clock")
def test_a_commit_by_the_journal(staging: Staging) -> None:
    hub = StubHub(None)
    staging.note("commit", **asdict(COMMIT))
    assert sent(staging, hub) == COMMIT
    assert hub.asked == 0


def test_a_commit_by_its_publish_id(staging: Staging, clock: Clock) -> None:
    assert sent(staging, StubHub(COMMIT)) is None
    staging.note("commit_asked", moment=NOW)
    assert sent(staging, StubHub(COMMIT)) == COMMIT
    assert sent(staging, StubHub(COMMIT, after=2)) is None
    assert sent(staging, StubHub(COMMIT, after=3), wait=True) == COMMIT
    assert clock.passed == 1


@pytest.mark.usefixtures("clock")
def test_a_hub_that_knows_no_such_repository_has_no_commit(staging: Staging) -> None:
    staging.note("commit_asked", moment=NOW)
    assert sent(staging, StubHub(CatalogError("not_found", "Gone."))) is None
    with pytest.raises(CatalogError, match="Down"):
        sent(staging, StubHub(CatalogError("upstream", "Down.")))
