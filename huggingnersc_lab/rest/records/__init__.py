"""Requests about one dataset of the catalog."""
