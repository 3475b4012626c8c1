"""Requests about jobs, their events, and unfinished publications."""
