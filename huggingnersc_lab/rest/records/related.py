"""``records/{name}/related``: similar datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.datasets import dataset
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


class RelatedHandler(ResourceHandler):
    """GET the datasets similar to one."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Respond with ``{datasets}``, most similar first."""
        self.answer({"datasets": await self.services.run_shared(lambda workspace: _related(workspace, name))})


def _related(workspace: Workspace, name: str) -> list[dict[str, Any]]:
    found = workspace.reader.related(name)
    unfinished = workspace.catalog.finder.unfinished
    return [dataset(workspace, hit, unfinished=hit.name in unfinished) for hit in found]
