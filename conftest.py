"""Fixtures for the whole suite: a real Jupyter server to send requests to."""

from __future__ import annotations

pytest_plugins = ("pytest_jupyter.jupyter_server",)
