"""Renders other people's text as safe HTML."""
