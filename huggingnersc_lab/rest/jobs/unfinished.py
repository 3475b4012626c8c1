"""``unfinished/{name}``: an interrupted publication, before it is finished or undone."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.resource import ResourceHandler


class UnfinishedHandler(ResourceHandler):
    """GET an unfinished publication."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Respond with its owner and what can be done with it."""
        found = await self.services.run_shared(lambda workspace: workspace.catalog.unfinished_publication(name))
        self.answer({member: value for member, value in vars(found).items() if value is not None})
