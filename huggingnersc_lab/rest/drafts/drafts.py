"""``drafts``: the user's unfinished records, and their previews."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.body import flag, text
from huggingnersc_lab.rest.cards import card_html, cells_html
from huggingnersc_lab.rest.drafts.validation import findings
from huggingnersc_lab.rest.records.records import script
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.contributor import Shown
    from huggingnersc_lab.workspace.workspace import Workspace


class DraftsHandler(ResourceHandler):
    """GET all drafts, POST a new one."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Respond with all drafts."""
        found = await self.services.run(lambda workspace: workspace.drafts.list())
        self.answer({"drafts": [draft.to_dict() for draft in found]})

    @authenticated
    @authorized
    async def post(self) -> None:
        """Create a draft and respond with it."""
        content = self.body()
        run = self.services.run_shared if _asks_catalog(content) else self.services.run
        draft = await run(lambda workspace: workspace.contributor.create_draft(content))
        self.answer(draft.to_dict(), HTTPStatus.CREATED, etag=draft.etag)


class DraftHandler(ResourceHandler):
    """GET, PUT and DELETE a draft."""

    @authenticated
    @authorized
    async def get(self, draft_id: str) -> None:
        """Respond with the draft."""
        draft = await self.services.run(lambda workspace: workspace.drafts.read(draft_id))
        self.answer(draft.to_dict(), etag=draft.etag)

    @authenticated
    @authorized
    async def put(self, draft_id: str) -> None:
        """Save the draft, if it matches ``If-Match``, and respond with it."""
        content, etag = self.body(), self.precondition()
        run = self.services.run_shared if _asks_catalog(content) else self.services.run
        draft = await run(lambda workspace: workspace.contributor.save_draft(draft_id, content, etag))
        self.answer(draft.to_dict(), etag=draft.etag)

    @authenticated
    @authorized
    async def delete(self, draft_id: str) -> None:
        """Delete the draft, if it matches ``If-Match``."""
        etag = self.precondition()
        await self.services.run(lambda workspace: workspace.drafts.delete(draft_id, etag))
        self.set_status(HTTPStatus.NO_CONTENT)
        self.finish()


class DraftValidateHandler(ResourceHandler):
    """POST to validate a draft."""

    @authenticated
    @authorized
    async def post(self, draft_id: str) -> None:
        """Respond with all errors and warnings."""
        self.answer(
            findings(await self.services.run_shared(lambda workspace: workspace.contributor.validate_draft(draft_id)))
        )


class DraftPreviewHandler(ResourceHandler):
    """POST to preview a draft."""

    @authenticated
    @authorized
    async def post(self, draft_id: str) -> None:
        """Respond with files and steps."""
        options = self.members(private=flag(), create_pr=flag())

        def preview(workspace: Workspace) -> dict[str, Any]:
            return _preview(workspace.contributor.preview_draft(draft_id, **options))

        self.answer(await self.services.run_shared(preview))


class DraftNotebooksHandler(ResourceHandler):
    """POST to save only the loader notebook."""

    @authenticated
    @authorized
    async def post(self, draft_id: str) -> None:
        """Write it and respond with ``{path}``."""
        folder = self.members(folder=text(required=True))["folder"]
        path = await self.services.run_shared(lambda workspace: workspace.contributor.write_notebook(draft_id, folder))
        self.answer({"path": path}, HTTPStatus.CREATED)


class DraftExportHandler(ResourceHandler):
    """GET a draft as a metadata file for the command line."""

    @authenticated
    @authorized
    async def get(self, draft_id: str) -> None:
        """Respond with the file."""
        document = await self.services.run(lambda workspace: workspace.contributor.export(draft_id))
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", str(document.get("name") or "")).strip("-.") or "metadata"
        self.set_header("Content-Disposition", f'attachment; filename="{stem[:100]}.json"')
        self.answer(json.dumps(document, indent=2).encode() + b"\n")


def _asks_catalog(content: Mapping[str, Any]) -> bool:
    """Whether saving the draft needs the entry's current state from the catalog."""
    return bool(content.get("editing")) and content.get("editing_etag") is None


def _preview(shown: Shown) -> dict[str, Any]:
    planned = shown.planned
    notebook = json.loads(planned.notebook)
    files = [
        {"name": name, "bytes": len(content), "hub": name in planned.hub_files}
        for name, content in planned.files.items()
    ]
    return {
        "record": planned.record.to_dict(),
        "card": planned.card,
        "card_html": card_html(planned.card),
        "notebook": notebook,
        "cells_html": cells_html(notebook),
        "loader": script(shown.submission.loader),
        "batch_script": script(shown.batch_script),
        "files": files,
        "actions": list(planned.actions),
        "notes": list(planned.notes),
        "diff": {"members": [vars(member) for member in planned.diff.members], "card": planned.diff.card},
        "warnings": [warning.to_dict() for warning in shown.submission.warnings],
    }
