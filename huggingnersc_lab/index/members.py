"""Reads unvalidated record fields."""

from __future__ import annotations

from datetime import datetime


def texts(value: object) -> tuple[str, ...]:
    """The strings of a field that is a list or a single string; empty for anything else."""
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value if isinstance(item, str | int | float))
    return (value,) if isinstance(value, str) and value else ()


def seconds(moment: object) -> int:
    """An ISO 8601 time as seconds since 1970; 0 for anything else."""
    try:
        return int(datetime.fromisoformat(str(moment).replace("Z", "+00:00")).timestamp())
    except (ValueError, OverflowError):
        return 0
