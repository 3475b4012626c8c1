"""The channel."""

from __future__ import annotations

from collections.abc import Mapping
from shlex import quote

from huggingnersc_lab.channels.base import Channel, Dataset
from huggingnersc_lab.channels.torrent.academic_torrents import KEY
from huggingnersc_lab.channels.torrent.actions.create import Create
from huggingnersc_lab.channels.torrent.actions.download import Download
from huggingnersc_lab.channels.torrent.actions.register import Register
from huggingnersc_lab.channels.torrent.actions.seed import Seed
from huggingnersc_lab.channels.torrent.store import NAME, own


class Torrent(Channel):
    """Torrents, found at Academic Torrents."""

    name = NAME
    title = "Academic Torrents"
    summary = "A torrent, which many can download at once and whose every piece is checked."
    actions = (Create(), Register(), Seed(), Download())
    keys = (KEY,)

    def loader_lines(self, dataset: Dataset) -> Mapping[str, str]:
        """aria2c, for each torrent."""
        return {f"Torrent {one.label or ''}".strip(): f"aria2c --seed-time=0 {quote(one.url)}" for one in own(dataset)}
