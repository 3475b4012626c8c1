"""Reads what lies in a folder of data: read-only, within limits of size and time."""
