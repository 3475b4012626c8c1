"""``schema`` and ``vocabulary``: the allowed content of a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


class SchemaHandler(ResourceHandler):
    """GET the record's JSON Schema."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Respond with ``{schema, version}``."""
        self.answer(await self.services.run(_schema))


class VocabularyHandler(ResourceHandler):
    """GET a list of values."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Respond with ``{list, terms}``."""
        self.answer(await self.services.run(lambda workspace: _terms(workspace, name)))


def _schema(_workspace: Workspace) -> dict[str, Any]:
    from huggingnersc_lab.record.metadata.shorthands import form_schema
    from huggingnersc_lab.record.model import SCHEMA_VERSION

    return {"schema": form_schema(), "version": SCHEMA_VERSION}


def _terms(workspace: Workspace, name: str) -> bytes:
    from huggingnersc_lab.record.vocabulary import LISTS

    if name not in (*LISTS, "known_tags"):
        raise CatalogError("not_found", f"There is no vocabulary '{name[:60]}'. Available: {', '.join(LISTS)}.")
    terms = [term.to_dict() for term in workspace.catalog.vocabulary.terms(name)]
    return json.dumps({"list": name, "terms": terms}).encode()  # in the thread, since the languages are half a megabyte
