"""What was done on the Hub although the journal does not say so: a crash came between the answer and the entry."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from huggingnersc_lab.catalog.publish.plan import Plan
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit, Hub, RepoState
from huggingnersc_lab.store.staging import Staging

T = TypeVar("T")

IN_FLIGHT_SECONDS = 5.0
"""A request that nobody waited for may still be carried out for so long."""


def made_repository(staging: Staging, plan: Plan, hub: Hub, *, wait: bool = False) -> RepoState | None:
    """The repository that was asked for without an answer; None when there is none, or it is of somebody else.

    Args:
        staging: whose journal.
        plan: its plan.
        hub: the Hub.
        wait: look again until a request cannot be on its way any more.
    """
    asked = staging.fact("repository_asked") or {}
    moment = asked.get("moment")
    if moment is None:
        return None
    sent = asked.get("until", moment) if wait else None
    state = _look(lambda: hub.state(plan.repo_id), sent)
    return state if state is not None and state.was_made_about(moment) else None


def sent_commit(staging: Staging, plan: Plan, hub: Hub, *, wait: bool = False) -> Commit | None:
    """The commit by the journal, or, where its entry is missing, by the publish id on the Hub.

    Args:
        staging: whose journal.
        plan: its plan.
        hub: the Hub.
        wait: look again until a request cannot be on its way any more.
    """
    if fact := staging.fact("commit"):
        return Commit(**{key: fact[key] for key in ("oid", "url", "pull_request", "pull_request_url")})
    asked = staging.fact("commit_asked")
    if asked is None:
        return None

    def look() -> Commit | None:
        try:
            return hub.find_commit(plan.repo_id, plan.publish_id, create_pr=plan.create_pr)
        except CatalogError as err:
            if err.code == "not_found":
                return None
            raise

    return _look(look, asked.get("moment") if wait else None)


def _look(look: Callable[[], T | None], sent: float | None) -> T | None:
    """What is found, if need be within the time that a request sent at ``sent`` (Unix time) may be on its way."""
    left = 0.0 if sent is None else min(IN_FLIGHT_SECONDS, sent + IN_FLIGHT_SECONDS - time.time())
    end = time.monotonic() + left
    while (found := look()) is None and time.monotonic() < end:
        time.sleep(0.5)
    return found
