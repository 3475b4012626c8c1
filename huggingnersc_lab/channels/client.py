"""Requests to other services: bounded in time and size, repeated only where that is safe, and never redirected.

A key goes as a header to the one address that the site names, over https, and nowhere else; what a service says is
shown without it.
"""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Thread
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from huggingnersc_lab.channels.refusals import refusal
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.strict_json import loads
from huggingnersc_lab.sites import LOOPBACK

T = TypeVar("T")

_IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
_PASSING = frozenset({408, 500, 502, 503, 504})
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Patience:
    """How long a service is waited for.

    Attributes:
        seconds: time that one request has, from the look-up of the name to the last byte.
        tries: how often a request is sent at most.
        first_wait: seconds before the second time; doubled each time.
        longest_wait: seconds to wait at most, also where the service asks for more.
        most_bytes: size of the longest answer.
    """

    seconds: float = 60.0
    tries: int = 4
    first_wait: float = 1.0
    longest_wait: float = 60.0
    most_bytes: int = 4 * 1024 * 1024


wait_for = time.sleep


@dataclass(frozen=True)
class Answer:
    """What a service answered.

    Attributes:
        status: HTTP status.
        headers: header fields, names in lower case.
        data: the JSON of its body; None where there is none.
    """

    status: int
    headers: Mapping[str, str]
    data: Any = None


@dataclass(frozen=True)
class Client:
    """Talks to one service.

    Attributes:
        title: the service's name for people.
        url: its address, to which paths are appended.
        authorization: what goes with every request: the key, as the service wants it.
        key: name of the key that it needs, for the hint on how to enter another.
        hide: takes keys out of a text.
        fields: the service's names of fields → pointers into the record, for what it refuses.
        content_type: type of the JSON that is sent.
        patience: how long it is waited for.
        header: name of the header that ``authorization`` is the value of.
        sleep: waits.
    """

    title: str
    url: str
    authorization: str = field(repr=False)
    key: str
    hide: Callable[[str], str] = field(repr=False)
    fields: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    patience: Patience = field(default_factory=Patience)
    header: str = "Authorization"
    sleep: Callable[[float], None] = lambda seconds: wait_for(seconds)  # noqa: PLW0108 - looked up when it is called

    def __post_init__(self) -> None:
        """Refuse an address over which a key could be read by others."""
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            detail = f"The site file's address of {self.title}, '{self.url}', does not begin with https://."
            raise CatalogError("invalid_record", f"{detail} Nothing was sent.")

    def send(
        self,
        method: str,
        path: str,
        action: str,
        *,
        body: Any = None,
        form: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        allow: Collection[int] = (),
    ) -> Answer:
        """Send a request and read the answer.

        Args:
            method: HTTP method.
            path: below :attr:`url`; what may not stand in an address is escaped.
            action: what is being done, as in "reserve the DOI".
            body: JSON value to send.
            form: fields of a form to send instead.
            query: parameters.
            allow: statuses of errors that are answers to the caller.

        Raises:
            CatalogError: ``forbidden``, ``not_found``, ``conflict`` or ``invalid_record`` where the service refuses,
                ``upstream`` where it fails or cannot be reached.
        """
        address = f"{self.url.rstrip('/')}/{quote(path.lstrip('/'), safe='/')}"
        if query:
            address += f"?{urlencode(query)}"
        for attempt in range(1, self.patience.tries + 1):
            is_last = attempt == self.patience.tries
            wait = min(self.patience.first_wait * 2 ** (attempt - 1), self.patience.longest_wait)
            try:
                status, headers, content = self._ask(method, address, *self._encoded(body, form))
            except (OSError, http.client.HTTPException) as err:
                if is_last or not (method in _IDEMPOTENT or _never_arrived(err)):
                    raise self._lost(action, method, err) from None
                self.sleep(wait)
                continue
            asked = _seconds(headers.get("retry-after"))
            busy = status == HTTPStatus.TOO_MANY_REQUESTS or (status in _PASSING and method in _IDEMPOTENT)
            if busy and not is_last and (asked or 0) <= self.patience.longest_wait:
                self.sleep(wait if asked is None else asked)
                continue
            if status >= HTTPStatus.MULTIPLE_CHOICES and status not in allow:
                raise refusal(self, action, status, _parse_body(content), asked)
            return Answer(status, headers, self._json(action, content) if status not in allow else _parse_body(content))
        raise AssertionError

    def _encoded(self, body: Any, form: Mapping[str, str] | None) -> tuple[bytes | None, str]:
        if form is not None:
            return urlencode(form).encode(), "application/x-www-form-urlencoded"
        return (None if body is None else json.dumps(body).encode()), self.content_type

    def _ask(
        self, method: str, address: str, data: bytes | None, content_type: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        request = Request(address, data, method=method)  # noqa: S310 -- checked in __post_init__
        request.add_header("Accept", "application/json, application/vnd.api+json")
        request.add_header("User-Agent", "huggingnersc")
        if data is not None:
            request.add_header("Content-Type", content_type)
        request.add_unredirected_header(self.header, self.authorization)
        end = time.monotonic() + self.patience.seconds

        def work() -> tuple[int, Mapping[str, str], bytes]:
            with self._opener().open(request, timeout=self.patience.seconds) as response:
                content = bytearray()
                while chunk := response.read1(_CHUNK):
                    content += chunk
                    if time.monotonic() > end:
                        raise TimeoutError("it takes too long")
                    if len(content) > self.patience.most_bytes:
                        raise _TooLongError
                if response.length:
                    raise http.client.IncompleteRead(b"", response.length)
                headers = {name.lower(): value for name, value in response.headers.items()}
                return response.status, headers, bytes(content)

        return _within(self.patience.seconds, work)

    def _opener(self) -> OpenerDirector:
        is_here = urlsplit(self.url).hostname in LOOPBACK
        return build_opener(_AsItIs, *([ProxyHandler({})] if is_here else []))

    def _json(self, action: str, content: bytes) -> Any:
        if not content.strip():
            return None
        try:
            return loads(content.decode())
        except ValueError as err:
            raise self.odd_answer(action) from err

    def odd_answer(self, action: str) -> CatalogError:
        """The error for an answer that says something else than was asked."""
        detail = f"Could not {action}: {self.title} answered something that is not of its documented form."
        return CatalogError("upstream", f"{detail} Look at {self.url}, or try again later.")

    def _lost(self, action: str, method: str, err: Exception) -> CatalogError:
        if isinstance(err, _TooLongError):
            detail = f"Could not {action}: {self.title} answered with more than is read. Try again later."
            return CatalogError("upstream", detail)
        late = isinstance(err, TimeoutError) or isinstance(getattr(err, "reason", None), TimeoutError)
        what = "did not answer in time" if late else f"could not be reached ({_reason(err)})"
        after = "Check the network, or try again later."
        if method not in _IDEMPOTENT and not _never_arrived(err):
            what = "did not answer in time" if late else "broke off the connection"
            after = "It may have been done all the same: do it again, which looks there first and makes nothing twice."
        return CatalogError("upstream", self.hide(f"Could not {action}: {self.title} {what}. {after}"))


class _AsItIs(HTTPErrorProcessor):
    """Gives every answer to the caller: no redirect is followed, so that a key goes nowhere else."""

    def http_response(self, request: Request, response: Any) -> Any:
        del request
        return response

    https_response = http_response


class _TooLongError(OSError):
    """The answer is longer than what is read."""


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` returns or raises; whoever sends a byte now and then is not waited for longer."""
    answer: Future[T] = Future()
    Thread(target=_settle, args=(answer, work), name="huggingnersc-service", daemon=True).start()
    try:
        return answer.result(seconds + 1)
    except FutureTimeoutError:  # which is the built-in one from Python 3.11 on
        raise TimeoutError("it takes too long") from None


def _settle(answer: Future[T], work: Callable[[], T]) -> None:
    try:
        answer.set_result(work())
    except BaseException as err:  # noqa: BLE001 -- whatever it is, whoever waits gets it
        answer.set_exception(err)


def _never_arrived(err: Exception) -> bool:
    """Whether a request cannot have reached the service."""
    reason = getattr(err, "reason", err) if isinstance(err, URLError) else err
    return isinstance(reason, ConnectionRefusedError | socket.gaierror)


def _reason(err: Exception) -> str:
    reason = getattr(err, "reason", err) if isinstance(err, URLError) else err
    return (isinstance(reason, OSError) and reason.strerror) or type(reason).__name__


def _parse_body(content: bytes) -> Any:
    """The JSON of an error's body, else its text."""
    text = content.decode("utf-8", "replace")
    try:
        return loads(text)
    except ValueError:
        return text


def _seconds(text: str | None) -> float | None:
    """``Retry-After``: seconds, or a date."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None
