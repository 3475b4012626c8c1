"""``suggestions``: values for a record's fields, from the files in the data's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.body import text
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


class SuggestionsHandler(ResourceHandler):
    """POST the path of a folder."""

    @authenticated
    @authorized
    async def post(self) -> None:
        """Respond with what its files suggest."""
        data_path = self.members(data_path=text(required=True))["data_path"]
        self.answer(await self.services.run_shared(lambda workspace: _suggested(workspace, data_path)))


def _suggested(workspace: Workspace, data_path: str) -> dict[str, Any]:
    found = workspace.contributor.suggest(data_path)
    fields = []
    for member, choices in found.suggestions.fields.items():
        listed = [
            {"value": choice.value, "origins": [vars(origin) for origin in choice.origins]}
            | ({} if member != "loader" else {"path": found.path_of(choice.value)})
            for choice in choices
        ]
        fields.append({"member": member, "choices": listed})
    skipped = [vars(one) for one in found.suggestions.skipped]
    return {"data_path": found.data_path, "fields": fields, "skipped": skipped}
