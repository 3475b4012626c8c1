"""``records/{name}/citations`` and ``croissant``: a dataset's citations and its metadata for search engines."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.resource import ResourceHandler


class CitationsHandler(ResourceHandler):
    """GET a dataset's citations."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Answer ``{citations}``."""
        found = await self.services.run_shared(lambda workspace: workspace.catalog.cite(name))
        self.answer({"citations": [vars(citation) for citation in found]})


class CroissantHandler(ResourceHandler):
    """GET a dataset as Croissant."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Respond with the document, to be saved as a file."""
        document = await self.services.run_shared(lambda workspace: workspace.catalog.croissant(name))
        self.set_header("Content-Disposition", 'attachment; filename="croissant.json"')
        self.answer(document)
