"""``records``: the datasets of the catalog."""

from __future__ import annotations

import json
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
    from huggingnersc_lab.catalog.summaries import Listed
    from huggingnersc_lab.catalog.workspace import Opened, Workspace
    from huggingnersc_lab.record.scripts import Script
    from huggingnersc_lab.rest.services import Kept

_BEGINNING = 400
"""So many characters of a description stand in the list."""

_SHOWN = (
    "license",
    "size_categories",
    "tags",
    "task_categories",
    "data_path",
    "repo_id",
    "pull_request_url",
    "updated_at",
)
"""Members of a record that stand in the list as they are."""


class RecordsHandler(ResourceHandler):
    """GET all datasets."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Answer ``{records, unfinished, catalog}``."""
        content, etag = await self.services.run(lambda workspace: _list(workspace, self.services.kept))
        self.answer(content, etag=etag)


class RecordHandler(ResourceHandler):
    """GET one dataset."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Answer with everything known of it."""
        self.answer(await self.services.run(lambda workspace: _entry(workspace, workspace.open_entry(name))))


class CopiesHandler(ResourceHandler):
    """POST a copy of the loader notebook."""

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Write it and answer ``{path}``."""
        folder = self.members(folder=text(required=True))["folder"]
        path = await self.services.run(lambda workspace: workspace.copy_notebook(name, folder))
        self.answer({"path": path}, HTTPStatus.CREATED)


class RecordDraftsHandler(ResourceHandler):
    """POST a draft that changes the dataset."""

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Keep it and answer with it."""
        draft = await self.services.run(lambda workspace: workspace.contributor.edit(name))
        self.answer(draft.to_dict(), HTTPStatus.CREATED, etag=draft.etag)


def _list(workspace: Workspace, kept: Kept) -> tuple[bytes, str]:
    """The list as JSON and its ETag, made here since a thousand of them take a while, and anew only for another one."""
    found = workspace.list_entries()

    def make() -> bytes:
        catalog = {"root": str(found.root or ""), "writable": found.writable}
        data = {
            "records": [_summary(workspace, entry) for entry in found.entries],
            "unfinished": list(found.unfinished),
            "catalog": catalog | ({"problem": found.problem} if found.problem else {}),
        }
        return json.dumps(data).encode()

    return kept.bytes_of((found, workspace.practice_url), make)


def _summary(workspace: Workspace, entry: Listed) -> dict[str, Any]:
    record = entry.record
    common: dict[str, Any] = {"name": entry.name, "unfinished": entry.unfinished}
    if entry.stored is None or record is None:
        lists: dict[str, Any] = {"size_categories": [], "tags": [], "task_categories": []}
        return {**common, "pretty_name": entry.name, **lists, "etag": "", "broken": entry.broken}
    shown = {member: getattr(record, member) for member in _SHOWN}
    shown["description"] = record.description and record.description[:_BEGINNING]
    shown["repo_url"] = workspace.dataset_url(record.repo_id) if record.revision and record.repo_id else None
    said = {member: value for member, value in shown.items() if value is not None}
    return {**common, "pretty_name": record.pretty_name, **said, "etag": entry.stored.etag}


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
        "card": opened.card,
        "card_html": card_html(opened.card),
        "loader": script(opened.loader),
        "batch_script": script(opened.batch_script),
        "unfinished": opened.unfinished,
        **({"lab_link": found.lab_link} if found.lab_link else {}),
        **({"read_only": found.read_only} if found.read_only else {}),
    }


def _notebook(found: Inspection) -> dict[str, Any] | None:
    if found.notebook is None:
        return None
    digest = {"digest": found.notebook_digest} if found.notebook_digest else {}
    return {"path": str(found.notebook), "link": found.notebook_link, **digest}


def script(found: Script | None) -> dict[str, Any] | None:
    """As JSON."""
    return None if found is None else {"file_name": found.file_name, "text": found.text}
