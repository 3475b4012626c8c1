"""Torrents: created, registered at Academic Torrents, downloaded and seeded."""

from __future__ import annotations

from huggingnersc_lab.channels.torrent.channel import Torrent

CHANNEL = Torrent()
