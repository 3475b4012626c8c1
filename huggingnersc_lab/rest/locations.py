"""``locations`` and ``scripts``: what a path from the file browser refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.rest.access import access_of
from huggingnersc_lab.rest.body import text
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


class LocationsHandler(ResourceHandler):
    """POST a path."""

    @authenticated
    @authorized
    async def post(self) -> None:
        """Respond with what it refers to."""
        given = self.members(contents_path=text(), data_path=text())
        if len(given) != 1:
            detail = "Give one path: either 'contents_path' or 'data_path'."
            raise CatalogError("invalid_record", detail, [FieldError("/contents_path", "required", detail)])
        self.answer(await self.services.run_shared(lambda workspace: _located(workspace, **given)))


class ScriptsHandler(ResourceHandler):
    """GET a script."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Respond with it as it would be published."""
        asked = self.query(path=text(required=True), member=text("loader", "batch_script", required=True), name=text())
        self.answer(await self.services.run_shared(lambda workspace: _script(workspace, **asked)))


def _located(workspace: Workspace, **given: str) -> dict[str, Any]:
    found = workspace.locations.locate(**given)
    same = workspace.same_data(found.data_path)
    return {
        **vars(found),
        "access": access_of(found.access, workspace.catalog.site),
        "datasets": [{"name": hit.id, "title": str(hit.summary.get("pretty_name", ""))} for hit in same.datasets],
        "drafts": [draft.to_dict() for draft in same.drafts],
    }


def _script(workspace: Workspace, path: str, member: str, name: str = "") -> dict[str, Any]:
    found, warnings = workspace.contributor.read_script(path, member, name)
    return {"file_name": found.file_name, "text": found.text, "warnings": [warning.to_dict() for warning in warnings]}
