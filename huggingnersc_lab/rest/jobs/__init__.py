"""Requests about jobs, what they do now, and publications that were stopped."""
