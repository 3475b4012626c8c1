"""The REST interface under ``/huggingnersc-lab/``: one file per resource, ``openapi.yaml`` for all."""

from __future__ import annotations

import re

from huggingnersc_lab.rest.access import AccessHandler
from huggingnersc_lab.rest.datasets import DatasetsHandler, FacetHandler, HubDatasetDraftsHandler, HubDatasetHandler
from huggingnersc_lab.rest.drafts.drafts import (
    DraftExportHandler,
    DraftHandler,
    DraftNotebooksHandler,
    DraftPreviewHandler,
    DraftsHandler,
    DraftValidateHandler,
)
from huggingnersc_lab.rest.drafts.validation import ValidateHandler
from huggingnersc_lab.rest.jobs.events import JobEventsHandler
from huggingnersc_lab.rest.jobs.jobs import JobHandler, JobLogHandler, JobsHandler
from huggingnersc_lab.rest.jobs.unfinished import UnfinishedHandler
from huggingnersc_lab.rest.keys import KeyHandler, KeysHandler
from huggingnersc_lab.rest.locations import LocationsHandler, ScriptsHandler
from huggingnersc_lab.rest.records.citations import CitationsHandler, CroissantHandler
from huggingnersc_lab.rest.records.records import CopiesHandler, RecordDraftsHandler, RecordHandler
from huggingnersc_lab.rest.records.related import RelatedHandler
from huggingnersc_lab.rest.records.shares import SharesHandler
from huggingnersc_lab.rest.records.versions import VersionsHandler
from huggingnersc_lab.rest.resource import ResourceHandler
from huggingnersc_lab.rest.schema import SchemaHandler, VocabularyHandler
from huggingnersc_lab.rest.session import DeviceHandler, DeviceStateHandler, SessionHandler, TokenHandler
from huggingnersc_lab.rest.suggestions import SuggestionsHandler

PATHS: dict[str, type[ResourceHandler]] = {
    "/session": SessionHandler,
    "/session/token": TokenHandler,
    "/session/device": DeviceHandler,
    "/session/device/{id}": DeviceStateHandler,
    "/schema": SchemaHandler,
    "/vocabulary/{list}": VocabularyHandler,
    "/datasets": DatasetsHandler,
    "/facets/{facet}": FacetHandler,
    "/hub/datasets/{name}": HubDatasetHandler,
    "/hub/datasets/{name}/drafts": HubDatasetDraftsHandler,
    "/access": AccessHandler,
    "/records/{name}": RecordHandler,
    "/records/{name}/copies": CopiesHandler,
    "/records/{name}/drafts": RecordDraftsHandler,
    "/records/{name}/shares": SharesHandler,
    "/records/{name}/versions": VersionsHandler,
    "/records/{name}/citations": CitationsHandler,
    "/records/{name}/related": RelatedHandler,
    "/records/{name}/croissant": CroissantHandler,
    "/locations": LocationsHandler,
    "/suggestions": SuggestionsHandler,
    "/validate": ValidateHandler,
    "/drafts": DraftsHandler,
    "/drafts/{id}": DraftHandler,
    "/drafts/{id}/validate": DraftValidateHandler,
    "/drafts/{id}/preview": DraftPreviewHandler,
    "/drafts/{id}/notebooks": DraftNotebooksHandler,
    "/drafts/{id}/export": DraftExportHandler,
    "/scripts": ScriptsHandler,
    "/unfinished/{name}": UnfinishedHandler,
    "/keys": KeysHandler,
    "/keys/{key}": KeyHandler,
    "/jobs": JobsHandler,
    "/jobs/events": JobEventsHandler,
    "/jobs/{id}": JobHandler,
    "/jobs/{id}/log": JobLogHandler,
}
"""Every path of ``openapi.yaml`` and its handler."""

ROUTES: list[tuple[str, type[ResourceHandler]]] = [
    ("/huggingnersc-lab" + re.sub(r"\{\w+\}", r"([^/]+)", path), handler) for path, handler in PATHS.items()
]
"""Pattern and handler of every route, below the server's base URL."""
