"""What has become of a dataset at one channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.record.model import Distribution

State = Literal["none", "begun", "shared", "outdated"]
"""``begun``: something was asked for or reserved, but nobody can get the data yet. ``outdated``: the data has changed
since it was shared."""


@dataclass(frozen=True)
class Status:
    """The state of one channel for one dataset.

    Attributes:
        state: see :data:`State`.
        url: address of what was shared.
        at: when, RFC 3339.
        detail: what more there is to say, a sentence.
    """

    state: State
    url: str | None = None
    at: str | None = None
    detail: str = ""


def status_of(channel: str, distributions: Sequence[Distribution], fingerprint: str | None) -> Status:
    """The state that a record's distributions tell.

    Args:
        channel: name of the channel.
        distributions: the record's.
        fingerprint: of the data as it was last read; None if nobody has.
    """
    own = [one for one in distributions if one.channel == channel]
    if not own:
        return Status("none")
    newest = max(own, key=lambda one: one.created_at or "")
    if all(one.state in ("requested", "reserved") for one in own):
        return Status("begun", newest.url, newest.created_at)
    is_outdated = any(
        fingerprint and one.data_fingerprint and one.data_fingerprint != fingerprint
        for one in own
        if one.state not in ("requested", "reserved")
    )
    return Status("outdated" if is_outdated else "shared", newest.url, newest.created_at)
