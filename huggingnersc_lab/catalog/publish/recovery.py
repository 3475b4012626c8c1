"""Finds out what was done on the Hub if a crash happened between the response and the journal entry."""

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
"""How long a request without a response may still be carried out."""


def made_repository(staging: Staging, plan: Plan, hub: Hub, *, wait: bool = False) -> RepoState | None:
    """The repository requested without a response; None if it does not exist or belongs to somebody else.

    Args:
        staging: the publication with its journal.
        plan: its plan.
        hub: the Hub.
        wait: poll until the request can no longer be in progress.
    """
    asked = staging.fact("repository_asked") or {}
    moment = asked.get("moment")
    if moment is None:
        return None
    sent = asked.get("until", moment) if wait else None
    state = _look(lambda: hub.state(plan.repo_id), sent)
    return state if state is not None and state.was_made_about(moment) else None


def sent_commit(staging: Staging, plan: Plan, hub: Hub, *, wait: bool = False) -> Commit | None:
    """The commit from the journal, or, if its entry is missing, found by the publish id on the Hub.

    Args:
        staging: the publication with its journal.
        plan: its plan.
        hub: the Hub.
        wait: poll until the request can no longer be in progress.
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
    """Poll, if needed for as long as a request sent at ``sent`` (Unix time) may be in progress."""
    left = 0.0 if sent is None else min(IN_FLIGHT_SECONDS, sent + IN_FLIGHT_SECONDS - time.time())
    end = time.monotonic() + left
    while (found := look()) is None and time.monotonic() < end:
        time.sleep(0.5)
    return found
