"""Renders records: the card, the loader notebook, the batch script, citations. Pure functions: no disk, no Hub."""
