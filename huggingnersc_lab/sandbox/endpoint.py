"""What all endpoints share: authentication, responses and refusals."""

from __future__ import annotations

import json
import logging
import uuid
from dataclasses import dataclass
from http.client import responses
from typing import Any
from urllib.parse import urlencode, urlsplit

from tornado.web import HTTPError, RequestHandler

from .accounts import Account, Permissions, Tokens
from .body import read_json
from .hooks import Hooks
from .refusals import (
    RefusalError,
    bad_request,
    elsewhere,
    gated,
    not_spoken,
    repo_not_found,
    unauthorized,
)
from .storage.large import LargeFiles
from .storage.repositories import Repositories, Repository
from .storage.xet import Xorbs

_log = logging.getLogger(__name__)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Hub:
    """The objects that endpoints work with."""

    instance: str
    organization: str
    page_size: int
    tokens: Tokens
    permissions: Permissions
    repositories: Repositories
    large_files: LargeFiles
    xorbs: Xorbs
    hooks: Hooks


class Endpoint(RequestHandler):
    """Base of all endpoints. They respond with `reply` or by raising a `RefusalError`."""

    SUPPORTED_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")

    hub: Hub
    account: Account | None

    def initialize(self, hub: Hub) -> None:
        """Tornado's constructor."""
        self.hub = hub
        self.account = None

    def set_default_headers(self) -> None:
        """Headers of every response."""
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Request-Id", f"Root=1-{uuid.uuid4().hex}")

    async def prepare(self) -> None:
        """Runs before every method: checks the host and authenticates the client."""
        self._check_host()
        await self.hub.hooks.before(self)
        if not self._finished:
            self.identify(self.request.headers.get("Authorization"))

    def identify(self, authorization: str | None) -> None:
        """Authenticates the client; refuses a wrong token with 401."""
        self.account = self.hub.tokens.account(authorization)

    def _check_host(self) -> None:
        # Protects against DNS rebinding: a page whose host name resolves to 127.0.0.1 sends that name here.
        try:
            host = urlsplit(f"//{self.request.host}").hostname
        except ValueError:
            host = None
        if host not in _LOOPBACK:
            raise RefusalError(421, "The practice Hub responds only on 127.0.0.1 and localhost")

    # Requests

    @property
    def endpoint(self) -> str:
        """The URL under which the client reached this Hub."""
        return f"{self.request.protocol}://{self.request.host}"

    def json_body(self) -> dict[str, Any]:
        """The body as a JSON object; refuses anything else with 400."""
        body = read_json(self.request.body or b"{}", "The body")
        if body is None:
            return {}
        if not isinstance(body, dict):
            raise bad_request("The body is not a JSON object")
        return body

    def flag(self, name: str) -> bool:
        """Whether a query argument is set to a true value."""
        return self.get_query_argument(name, "").lower() in ("1", "true", "yes")

    def number(self, name: str, default: int) -> int:
        """A non-negative number in the query; refuses anything else with 400."""
        text = self.get_query_argument(name, "")
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004
            raise bad_request(f"The query argument {name} must be a number")
        return int(text) if text else default

    def visible(self, repo_id: str) -> Repository:
        """The dataset with the id in this request's path; refuses if it does not exist or is not visible.

        Requests with a former id, or with different case, are redirected to the current one.
        """
        repository = self.named(repo_id)
        if repository.id != repo_id and repo_id in self.request.path:
            path = self.request.path.replace(repo_id, repository.id, 1)
            # Without a host, since clients do not follow absolute redirects for files.
            raise elsewhere(f"{path}?{self.request.query}" if self.request.query else path)
        return repository

    def named(self, repo_id: str) -> Repository:
        """The dataset with this id or former id; refuses if it does not exist or is not visible."""
        try:
            repository = self.hub.repositories.find(repo_id)
        except RefusalError:
            raise self.missing() from None
        private = repository.settings.private
        if not self.hub.permissions.may_see(self.account, repository.namespace, private=private):
            raise self.missing()
        return repository

    def missing(self) -> RefusalError:
        """The refusal for a dataset that does not exist or is not visible."""
        if self.account:
            return repo_not_found()
        # Without the code, the client recognizes this 401 only over https.
        return unauthorized("Invalid username or password.", error_code="RepoNotFound")

    def readable(self, repo_id: str) -> Repository:
        """The dataset with the id in this request's path, if the account can also read its files."""
        repository = self.visible(repo_id)
        if repository.settings.gated and not self.hub.permissions.may_read(self.account, repository.namespace):
            what = f"Access to dataset {repository.id} is restricted"
            if self.account is None:
                raise gated(f"{what}. You must have access to it and be authenticated to access it.", 401)
            raise gated(f"{what} and you are not in the authorized list. Ask its owners for access.", 403)
        return repository

    def repo_url(self, repo_id: str) -> str:
        """The URL of a dataset's page."""
        return f"{self.endpoint}/datasets/{repo_id}"

    # Responses

    def reply(self, body: Any = None, *, status: int = 200) -> None:
        """Responds with `body` as JSON."""
        self.set_status(status)
        self.send(b"" if body is None else json.dumps(body).encode(), "application/json; charset=utf-8")

    def send(self, body: bytes, content_type: str) -> None:
        """Responds with `body`."""
        self.hub.hooks.answer(self, body, content_type)

    def finish_with(self, body: bytes, content_type: str) -> None:
        """Sends the response."""
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Length", str(len(body)))
        self.hub.hooks.answered(self, self.get_status())
        self.finish(b"" if self.request.method == "HEAD" else body)

    def link_next(self, **arguments: Any) -> None:
        """Links to the next page of a list: this request with some query arguments replaced."""
        query = {name: values for name, values in self.request.query_arguments.items() if name not in arguments}
        following = urlencode({**query, **arguments}, doseq=True)
        self.set_header("Link", f'<{self.endpoint}{self.request.path}?{following}>; rel="next"')

    def drop_connection(self) -> None:
        """Closes the connection without (the rest of) a response."""
        self.hub.hooks.answered(self, 0)
        self.detach().close()

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """Responds to a `RefusalError` accordingly, to any other error with 500 and no details."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if self._headers_written or self._finished:
            if not self._finished:
                self.drop_connection()
            return
        if isinstance(error, HTTPError):
            reason = error.log_message or error.reason or responses[error.status_code]
            error = RefusalError(error.status_code, reason)
        if not isinstance(error, RefusalError):
            error = RefusalError(status_code, "Internal error of the practice Hub")
        self.clear()
        for name, value in error.headers.items():
            self.set_header(name, value)
        if error.error_code is not None:
            self.set_header("X-Error-Code", error.error_code)
        message = error.message.encode("ascii", "replace").decode()
        printable = "".join(letter if letter.isprintable() else " " for letter in message)
        self.set_header("X-Error-Message", printable)
        self.refuse(error)

    def refuse(self, error: RefusalError) -> None:
        """Responds with an error, with its headers already set."""
        self.reply(error.body, status=error.status)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Refusals are normal responses; everything else is logged with its traceback."""
        if not isinstance(value, (RefusalError, HTTPError)):
            _log.error(
                "practice Hub: %s %s failed",
                self.request.method,
                self.request.path,
                exc_info=(typ, value, tb),
            )


class NoNamespace(Endpoint):
    """All paths below an id without a namespace: there is no such dataset here."""

    def _refuse(self, *_: str) -> None:
        raise repo_not_found()

    get = head = post = put = delete = _refuse


class NotSpoken(Endpoint):
    """All endpoints of the real Hub that the practice Hub does not support."""

    def _refuse(self, *_: str) -> None:
        raise not_spoken(f"{self.request.method} {self.request.path}")

    get = head = post = put = delete = _refuse
