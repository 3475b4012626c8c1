"""Torrent files: written, and read from others."""

from __future__ import annotations

from huggingnersc_lab.channels.torrent.metainfo.metainfo import Metainfo, read_metainfo

__all__ = ["Metainfo", "read_metainfo"]
