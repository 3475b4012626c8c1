"""Ways to share a dataset besides the Hub: one folder for each channel, behind the protocol in ``base.py``.

Channels of other packages are found by their entry point; see :mod:`huggingnersc_lab.channels.registry`.
"""

from __future__ import annotations

from huggingnersc_lab.channels.base import Action, Channel, Dataset, NoOptions, Outcome, Work
from huggingnersc_lab.channels.keys import Key, Keys
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.registry import channels

__all__ = ["Action", "Channel", "Dataset", "Key", "Keys", "Ledger", "NoOptions", "Outcome", "Work", "channels"]
