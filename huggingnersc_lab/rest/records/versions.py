"""``records/{name}/versions``: a dataset's commits on the Hub."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.resource import ResourceHandler


class VersionsHandler(ResourceHandler):
    """GET the versions of a dataset."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Respond with ``{versions}``, newest first."""
        record = await self.services.run_shared(lambda workspace: workspace.catalog.store.read(name).record)
        found = await self.services.run_at_hub(lambda workspace: workspace.catalog.sources.history.versions(record))
        self.answer({"versions": [version.to_dict() for version in found]})
