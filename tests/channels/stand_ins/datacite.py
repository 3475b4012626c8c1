"""A stand-in of DataCite's REST API: drafts, which can be deleted, and findable DOIs, which cannot.

Answers are those of ``openapi.yaml`` and ``datacite_dois_controller.rb`` of datacite/lupo.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from .service import Reply, Seen, Service, serve

KEY = "DEMO.CENTRE:sesame-open-1234"
PREFIX = "10.5072"


@dataclass
class DataCite:
    """What the repository holds: attributes by DOI in lower case."""

    dois: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, seen: Seen) -> Reply:  # noqa: PLR0911 - one for each answer
        if seen.headers.get("authorization") != f"Basic {b64encode(KEY.encode()).decode()}":
            return Reply(401, {"errors": [{"status": "401", "title": "Bad credentials."}]})
        if seen.body is not None and seen.headers["content-type"] != "application/vnd.api+json":
            return Reply(415, {"errors": [{"status": "415", "title": "The content type is not recognized."}]})
        doi = seen.path.removeprefix("/dois").strip("/").lower()
        if seen.method == "POST":
            return self._create(seen.body["data"])
        if doi not in self.dois:
            return Reply(
                404, {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}
            )
        if seen.method == "PUT":
            return self._write(doi, seen.body["data"], 200)
        if seen.method == "DELETE":
            if self.dois[doi]["state"] != "draft":
                return Reply(405, {"errors": [{"status": "405", "title": "Method not allowed"}]})
            del self.dois[doi]
            return Reply(204)
        return self._shown(doi, 200)

    def _create(self, data: dict[str, Any]) -> Reply:
        doi = data["attributes"]["doi"].lower()
        if not doi.startswith(f"{PREFIX}/"):
            return Reply(
                403, {"errors": [{"status": "403", "title": "You are not authorized to access this resource."}]}
            )
        if doi in self.dois:
            return Reply(422, {"errors": [{"source": "doi", "title": "This DOI has already been taken", "uid": doi}]})
        return self._write(doi, data, 201)

    def _write(self, doi: str, data: dict[str, Any], status: int) -> Reply:
        assert data["type"] == "dois"
        attributes = dict(data["attributes"])
        event = attributes.pop("event", None)
        said = {name: value for name, value in attributes.items() if name not in ("doi", "url", "prefix")}
        if event == "publish":
            if not attributes.get("url"):
                return Reply(422, {"errors": [{"source": "url", "title": "Can't be blank", "uid": doi}]})
            from jsonschema import Draft201909Validator

            faults = [error.message for error in Draft201909Validator(_schema()).iter_errors(said | _types(said))]
            if faults:
                return Reply(422, {"errors": [{"source": "xml", "title": fault, "uid": doi} for fault in faults]})
        state = "findable" if event == "publish" else self.dois.get(doi, {}).get("state", "draft")
        self.dois[doi] = {**attributes, "doi": doi, "state": state}
        return self._shown(doi, status)

    def _shown(self, doi: str, status: int) -> Reply:
        return Reply(status, {"data": {"id": doi, "type": "dois", "attributes": self.dois[doi]}})


def _types(said: dict[str, Any]) -> dict[str, Any]:
    """The interface takes the year as a number, the schema as a text."""
    return {"publicationYear": str(said["publicationYear"])} if "publicationYear" in said else {}


@cache
def _schema() -> dict[str, Any]:
    import datacite

    schema: dict[str, Any] = json.loads(files(datacite).joinpath("schemas/datacite-v4.5.json").read_text())
    schema["required"] = [name for name in schema["required"] if name != "doi"]
    return schema


@contextmanager
def datacite_api() -> Iterator[tuple[Service, DataCite]]:
    """A running stand-in, and what its repository holds."""
    repository = DataCite()
    with serve(repository) as service:
        yield service, repository
