"""Snapshots of the index: written once, one after the other, and read from private copies."""
