"""``python -m huggingnersc_lab``: the command line."""

from __future__ import annotations

from huggingnersc_lab.cli import main

main()
