"""Requests about what a person has begun to write."""
