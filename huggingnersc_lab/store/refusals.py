"""Errors for unfinished publications that are not available."""

from __future__ import annotations

import os
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.store.owner import REMOTE_OWNER_SECONDS, Owner, account_of


def claimed(name: str, worker: Owner | None, last: Owner | None) -> CatalogError:
    """The error for a name that somebody is working on, or left unfinished.

    Args:
        name: the nickname.
        worker: who is working on it now.
        last: who last worked on it.
    """
    ways = [Hint("resume_or_undo", name)]
    if worker is None and last is not None:
        return CatalogError(
            "conflict",
            f"'{name}' was started by {last} and not finished, and nobody is working on it now. Nothing was changed.",
            hints=ways,
        )
    by = f", by {worker}" if worker else ""
    more = ""
    if worker and not worker.is_here:
        minutes = REMOTE_OWNER_SECONDS // 60
        more = f" If that process is gone, wait until it has been silent for {minutes} minutes."
    return CatalogError(
        "conflict",
        f"'{name}' is already being published{by}. Nothing was changed. Wait until it is done, then check it.{more}",
        hints=ways if more else [],
    )


def of_another(folder: Path, name: str) -> CatalogError:
    """The error for an unfinished publication that belongs to somebody else."""
    try:
        status = folder.lstat()
        mine = status.st_uid == os.geteuid()
        whose = "is yours, but others could have changed it" if mine else f"belongs to {account_of(status.st_uid)}"
    except OSError:
        whose = "belongs to somebody else"
    return CatalogError(
        "forbidden",
        f"The unfinished publication of '{name}' {whose}. Nothing was changed.",
        hints=[Hint("take_over", name)],
    )


def taken_over(name: str, owner: Owner | None) -> CatalogError:
    """The error for a publication that was taken over from this process."""
    detail = f"'{name}' was taken over by {owner or 'somebody else'}, who continues it."
    return CatalogError("conflict", detail, hints=[Hint("look_again", name)])


def changed_since(name: str) -> CatalogError:
    """The error for somebody else's publication that has changed since the user agreed to it."""
    return CatalogError(
        "conflict",
        f"The unfinished publication of '{name}' has changed since it was shown. Nothing was done. Check it again.",
    )
