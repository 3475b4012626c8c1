"""DOIs: from figshare, OSTI or DataCite, entered by hand, or the Hub's own."""

from __future__ import annotations

from huggingnersc_lab.channels.doi.channel import DoiChannel

CHANNEL = DoiChannel()
