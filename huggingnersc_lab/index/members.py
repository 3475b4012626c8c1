"""Reading members of records that nobody has checked."""

from __future__ import annotations

from datetime import datetime


def texts(value: object) -> tuple[str, ...]:
    """The texts of a member that is a list, or one text; nothing for anything else."""
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value if isinstance(item, str | int | float))
    return (value,) if isinstance(value, str) and value else ()


def seconds(moment: object) -> int:
    """A moment in ISO 8601 as seconds since 1970; 0 for anything else."""
    try:
        return int(datetime.fromisoformat(str(moment).replace("Z", "+00:00")).timestamp())
    except (ValueError, OverflowError):
        return 0
