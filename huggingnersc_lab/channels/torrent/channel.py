"""The channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from shlex import quote

from huggingnersc_lab.channels.base import Channel, Dataset
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.state import Status
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

    def status(self, dataset: Dataset, ledger: Ledger) -> Status:
        """What the record says; of a torrent that is not registered, what that means."""
        found = super().status(dataset, ledger)
        if found.state != "begun":
            return found
        return replace(found, detail="The torrent was created. Nobody can find it until it is registered.")

    def loader_lines(self, dataset: Dataset) -> Mapping[str, str]:
        """aria2c, for each torrent."""
        return {f"Torrent {one.label or ''}".strip(): f"aria2c --seed-time=0 {quote(one.url)}" for one in own(dataset)}
