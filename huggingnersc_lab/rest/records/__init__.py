"""Requests about a dataset of the catalog."""
