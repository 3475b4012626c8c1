"""Asking the centre to take a dataset into its shared area."""

from __future__ import annotations

from huggingnersc_lab.channels.request.channel import RequestChannel

CHANNEL = RequestChannel()
