"""``records/{name}``: a dataset of the catalog."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.access import access_of
from huggingnersc_lab.rest.body import text
from huggingnersc_lab.rest.cards import card_html
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Inspection
    from huggingnersc_lab.record.scripts import Script
    from huggingnersc_lab.workspace.workspace import Opened, Workspace


class RecordHandler(ResourceHandler):
    """GET a dataset."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Respond with all its details."""
        self.answer(await self.services.run_shared(lambda workspace: _entry(workspace, workspace.open_entry(name))))


class CopiesHandler(ResourceHandler):
    """POST a copy of the loader notebook."""

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Write it and respond with ``{path}``."""
        folder = self.members(folder=text(required=True))["folder"]
        path = await self.services.run_shared(lambda workspace: workspace.copy_notebook(name, folder))
        self.answer({"path": path}, HTTPStatus.CREATED)


class RecordDraftsHandler(ResourceHandler):
    """POST a draft that changes the dataset."""

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Create it and respond with it."""
        draft = await self.services.run_shared(lambda workspace: workspace.contributor.edit(name))
        self.answer(draft.to_dict(), HTTPStatus.CREATED, etag=draft.etag)


def _entry(workspace: Workspace, opened: Opened) -> dict[str, Any]:
    found = opened.inspection
    contents = {"data": opened.data, "folder": opened.folder}
    return {
        "record": found.record.to_dict(),
        "etag": found.etag,
        "folder": str(found.folder),
        "files": list(found.files),
        "repo_url": opened.repo_url,
        "notebook": _notebook(found),
        "access": access_of(found.access, workspace.catalog.site) if found.access else None,
        "contents": {key: path for key, path in contents.items() if path is not None},
        "facts": _facts(workspace, opened),
        "card": opened.card,
        "card_html": card_html(opened.card),
        "loader": script(opened.loader),
        "batch_script": script(opened.batch_script),
        "unfinished": opened.unfinished,
        **({"lab_link": found.lab_link} if found.lab_link else {}),
        **({"read_only": found.read_only} if found.read_only else {}),
    }


def _facts(workspace: Workspace, opened: Opened) -> list[dict[str, Any]]:
    """The facts to display in the panel; a path includes its contents path, if it has one."""
    from huggingnersc_lab.render.entry import cataloged
    from huggingnersc_lab.render.facts import Subject, facts_of

    found = opened.inspection
    subject = Subject(cataloged(found.record, workspace.catalog.site), opened.repo_url, str(found.folder))
    browsable = {"data_path": opened.data, "folder": opened.folder}
    shown = []
    for fact in facts_of(subject, "panel"):
        where = browsable.get(fact.name)
        more = {} if where is None else {"contents_path": where}
        items = [{key: value for key, value in vars(item).items() if value is not None} | more for item in fact.items]
        shown.append({**vars(fact), "items": items})
    return shown


def _notebook(found: Inspection) -> dict[str, Any] | None:
    if found.notebook is None:
        return None
    digest = {"digest": found.notebook_digest} if found.notebook_digest else {}
    return {"path": str(found.notebook), "link": found.notebook_link, **digest}


def script(found: Script | None) -> dict[str, Any] | None:
    """As JSON."""
    return None if found is None else {"file_name": found.file_name, "text": found.text}
