"""What to do if data cannot be read."""

from __future__ import annotations

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.sites import Site


def advice(access: Access, site: Site) -> str | None:
    """What to do, in a sentence or two; None if nothing needs to be done.

    Args:
        access: the result of the check.
        site: its ``access_help`` says how to get added to a group.
    """
    if access.status == "missing":
        if access.detail:
            return f"The path in the record is {access.detail}: tell the person who published it."
        return "It was moved or purged, or the file system is not mounted on this machine."
    if access.status == "unknown":
        detail = access.detail or "the file system did not respond"
        return f"{detail[:1].upper()}{detail[1:]}: check again in a minute."
    if access.blocked_at is None:
        return None
    begin = f"You cannot read all of it, for example '{access.blocked_at}'. " if access.status == "readable" else ""
    return begin + _remedy(access, site)


def _remedy(access: Access, site: Site) -> str:
    group, owner = access.group or "", access.owner or ""
    if access.remedy == "log_in_again":
        return f"You joined the group '{group}' after your session started: log in again, and restart your server."
    if access.remedy == "join":
        return (site.access_help or "Ask to be added to the Unix group '{group}'.").replace("{group}", group)
    if access.remedy == "yourself":
        return "It is yours: make it readable with chmod."
    if owner:
        return f"No group has access: ask its owner, '{owner}', to share it."
    return f"It is {access.detail}: ask the person who published it." if access.detail else "Ask its owner to share it."
