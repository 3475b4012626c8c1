"""``validate``: validation errors of a record that is being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.body import values
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.record.validation import Findings


class ValidateHandler(ResourceHandler):
    """POST record fields."""

    @authenticated
    @authorized
    async def post(self) -> None:
        """Respond with all errors and warnings."""
        given = self.members(values=values())["values"]
        self.answer(findings(await self.services.run(lambda workspace: workspace.contributor.validate(given))))


def findings(found: Findings) -> dict[str, Any]:
    """As JSON."""
    return {
        "errors": [finding.to_dict() for finding in found.errors],
        "warnings": [finding.to_dict() for finding in found.warnings],
    }
