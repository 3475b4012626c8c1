"""What to do where data cannot be read, in plain words."""

from __future__ import annotations

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.sites import Site


def advice(access: Access, site: Site) -> str | None:
    """What to do, in a sentence or two; None where nothing needs to be done.

    Args:
        access: what was found.
        site: whose ``access_help`` says how one is added to a group.
    """
    if access.status == "missing":
        if access.detail:
            return f"What the record names is {access.detail}: tell whoever published it."
        return "It was moved or purged, or this machine does not see that file system."
    if access.status == "unknown":
        detail = access.detail or "the file system did not answer"
        return f"{detail[:1].upper()}{detail[1:]}: look again in a minute."
    if access.blocked_at is None:
        return None
    begin = f"Not all of it is open to you, such as '{access.blocked_at}'. " if access.status == "readable" else ""
    return begin + _remedy(access, site)


def _remedy(access: Access, site: Site) -> str:
    group, owner = access.group or "", access.owner or ""
    if access.remedy == "log_in_again":
        return f"You are in the group '{group}' since your session began: log in again, and restart your server."
    if access.remedy == "join":
        return (site.access_help or "Ask to be added to the Unix group '{group}'.").replace("{group}", group)
    if access.remedy == "yourself":
        return "It is yours: give yourself the right to read it, with chmod."
    if owner:
        return f"No group is let in there: ask its owner, '{owner}', to open it."
    return f"It is {access.detail}: ask whoever published it." if access.detail else "Ask its owner to open it."
