"""Requests about drafts."""
