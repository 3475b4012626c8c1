"""Which channels there are: those that come with the package, and those of others.

Another package offers a channel by an entry point of the group ``huggingnersc.channels`` whose value is a
:class:`~huggingnersc_lab.channels.base.Channel` class; its name is the channel's.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from huggingnersc_lab.sites import CHANNELS, Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from huggingnersc_lab.channels.base import Channel

PACKAGE = "huggingnersc_lab.channels"

GROUP = "huggingnersc.channels"
"""Group of the entry points."""


def channels() -> Mapping[str, Channel]:
    """All channels by name, those of the package first. One that cannot be imported is left out: see :func:`faults`."""
    return _load()[0]


def faults() -> Mapping[str, str]:
    """Channels of other packages that cannot be used, with the reason."""
    return _load()[1]


def offered(site: Site) -> Iterator[Channel]:
    """The channels that a site's file turns on, in its order."""
    known = channels()
    return (known[name] for name in site.channels if name in known)


def forget() -> None:
    """Look for channels again at the next need."""
    _load.cache_clear()


@cache
def _load() -> tuple[dict[str, Channel], dict[str, str]]:
    own = {module.name for module in pkgutil.iter_modules(import_module(PACKAGE).__path__) if module.ispkg}
    found: dict[str, Channel] = {name: import_module(f"{PACKAGE}.{name}").CHANNEL for name in CHANNELS if name in own}
    wrong: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            if point.name in found:
                raise ValueError("another channel has this name")
            channel = point.load()()
            if channel.name != point.name:
                raise ValueError(f"it calls itself '{channel.name}'")
            found[point.name] = channel
        except Exception as err:  # noqa: BLE001  # other people's code may raise anything
            wrong[point.name] = f"{type(err).__name__}: {err}"
    return found, wrong
