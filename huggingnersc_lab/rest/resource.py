"""Base class of all handlers of the REST interface."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.rest.body import Member, check_members, read_object
from huggingnersc_lab.rest.problem import TooLargeError, problem_of, without_tokens

if TYPE_CHECKING:
    from huggingnersc_lab.rest.services import Services

MAX_BYTES = 2 * 1024 * 1024
"""Maximum size of a request body."""


class ResourceHandler(ExtensionHandlerMixin, APIHandler):
    """A JSON handler, known to Jupyter's authorizers as the resource ``huggingnersc_lab``.

    Exceptions become problem details: see :mod:`huggingnersc_lab.rest.problem`.
    """

    auth_resource = "huggingnersc_lab"
    is_abandoned = False
    """Whether the client has disconnected, so that nobody waits for the response."""
    _known_etag: str | None = None

    @property
    def services(self) -> Services:
        """The objects shared by all handlers of this server."""
        services: Services = self.settings["huggingnersc_lab_services"]
        return services

    async def prepare(self) -> None:  # type: ignore[override]
        """Reject bodies that are too large before they are parsed."""
        await super().prepare()
        if len(self.request.body) > MAX_BYTES:
            raise TooLargeError(MAX_BYTES)

    def on_connection_close(self) -> None:
        """Record that the client has disconnected."""
        self.is_abandoned = True
        super().on_connection_close()

    def body(self) -> dict[str, Any]:
        """The JSON object in the request; empty without a body, unless that would replace something."""
        if not self.request.body and self.request.method == "PUT":
            fault = "The request has no body."
            raise CatalogError("invalid_record", f"{fault} Nothing was changed.", [FieldError("", "required", fault)])
        return read_object(self.request.body or b"{}")

    def members(self, **wanted: Member) -> dict[str, Any]:
        """:meth:`body` with exactly these fields."""
        given = self.body()
        check_members(given, wanted)
        return given

    def query(self, **wanted: Member) -> dict[str, str]:
        """The wanted arguments of the query; others belong to Jupyter Server."""
        given = {name: self.get_query_argument(name) for name in wanted if name in self.request.query_arguments}
        check_members(given, wanted)
        return given

    def texts(self, name: str) -> list[str]:
        """The values of an argument, unmodified: a trailing space in a query means that its last word is complete."""
        return [value.decode("utf-8", "replace") for value in self.request.query_arguments.get(name, ())]

    def precondition(self) -> str | None:
        """The ETag of ``If-Match``; None if any will do."""
        etag = self.request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
        return None if etag in ("", "*") else etag

    def answer(
        self, data: Mapping[str, Any] | bytes, status: HTTPStatus = HTTPStatus.OK, *, etag: str | None = None
    ) -> None:
        """Respond with JSON; the ETag is its digest unless another one is given."""
        self.set_status(status)
        self._known_etag = None if etag is None else f'"{etag}"'
        if self._known_etag and self.request.method != "GET":  # for GET, Tornado sets and compares it
            self.set_header("ETag", self._known_etag)
        self.finish(data if isinstance(data, bytes) else json.dumps(data).encode())

    def compute_etag(self) -> str | None:
        """The given ETag, or the digest of the response."""
        return self._known_etag or super().compute_etag()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Respond with an error."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        body = problem_of(error, status_code, has_precondition="If-Match" in self.request.headers)
        self.set_status(body["status"])
        self.finish(json.dumps(body), set_content_type="application/problem+json")

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log unexpected errors with a traceback; others are only in the response. The query may contain a token."""
        if isinstance(value, (CatalogError, HTTPError, StreamClosedError)):
            return
        place = f"{self.request.method} {self.request.path}"
        trace = "".join(traceback.format_exception(typ, value, tb))
        self.log.error("Internal error of huggingnersc_lab at %s\n%s", place, without_tokens(trace))
