"""``session``: what the browser asks before it relies on the server."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab._version import __version__
from huggingnersc_lab.rest.resource import ResourceHandler


class SessionHandler(ResourceHandler):
    """GET the session of this server."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Answer ``{version}``, which the front end compares with its own."""
        self.finish({"version": __version__})
