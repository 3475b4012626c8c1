"""``records/{name}/shares``: how a dataset is shared besides the Hub."""

from __future__ import annotations

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.resource import ResourceHandler


class SharesHandler(ResourceHandler):
    """GET how a dataset is shared."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Answer ``{shares}``, a channel each."""
        from huggingnersc_lab.workspace.shares import shares

        found = await self.services.run_shared(lambda workspace: shares(workspace.catalog, name))
        self.answer({"shares": [share.to_dict() for share in found]})
