"""The REST interface under ``/huggingnersc-lab/``: one file per resource."""

from __future__ import annotations

from huggingnersc_lab.rest.resource import ResourceHandler
from huggingnersc_lab.rest.session import SessionHandler

ROUTES: list[tuple[str, type[ResourceHandler]]] = [
    (r"/huggingnersc-lab/session", SessionHandler),
]
"""Pattern and handler of every route, below the server's base URL."""
