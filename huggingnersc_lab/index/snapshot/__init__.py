"""Snapshots of the index: each is written once, and read from private copies."""
