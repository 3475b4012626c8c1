"""Why an unfinished publication cannot be had, as errors."""

from __future__ import annotations

import os
from pathlib import Path

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.store.owner import REMOTE_OWNER_SECONDS, Owner, account_of


def claimed(name: str, worker: Owner | None, last: Owner | None) -> CatalogError:
    """Why a name cannot be had: somebody works on it, or left it unfinished.

    Args:
        name: the nickname.
        worker: who works on it now.
        last: who worked on it last.
    """
    ways = [Hint("resume_or_undo", name)]
    if worker is None and last is not None:
        return CatalogError(
            "conflict",
            f"'{name}' was begun by {last} and not finished, and nobody is at it now. Nothing was changed.",
            hints=ways,
        )
    by = f", by {worker}" if worker else ""
    more = ""
    if worker and not worker.is_here:
        minutes = REMOTE_OWNER_SECONDS // 60
        more = f" If that process is gone, wait until it has been silent for {minutes} minutes."
    return CatalogError(
        "conflict",
        f"'{name}' is being published already{by}. Nothing was changed. Wait until it is done, then look at it.{more}",
        hints=ways if more else [],
    )


def of_another(folder: Path, name: str) -> CatalogError:
    """Why an unfinished publication is not gone on with: it is somebody else's."""
    try:
        status = folder.lstat()
        mine = status.st_uid == os.geteuid()
        whose = "is yours, but others could have changed it" if mine else f"is of {account_of(status.st_uid)}"
    except OSError:
        whose = "is of somebody else"
    return CatalogError(
        "forbidden",
        f"The unfinished publication of '{name}' {whose}. Nothing was changed.",
        hints=[Hint("take_over", name)],
    )


def taken_over(name: str, owner: Owner | None) -> CatalogError:
    """Why this process does not go on with what it had claimed."""
    detail = f"'{name}' was taken over by {owner or 'somebody else'}, who goes on with it."
    return CatalogError("conflict", detail, hints=[Hint("look_again", name)])


def changed_since(name: str) -> CatalogError:
    """Why somebody else's is not gone on with although a person said yes: that was to something else."""
    return CatalogError(
        "conflict",
        f"The unfinished publication of '{name}' has changed since it was shown. Nothing was done. Look at it again.",
    )
