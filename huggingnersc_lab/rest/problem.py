"""Turns errors into problem details (RFC 9457) and a status; the only module of the REST interface that does."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from tornado.web import HTTPError

from huggingnersc_lab.errors import CatalogError, ErrorCode, FieldError
from huggingnersc_lab.hints import with_hints

STATUS: dict[ErrorCode, HTTPStatus] = {
    "invalid_record": HTTPStatus.UNPROCESSABLE_ENTITY,
    "not_found": HTTPStatus.NOT_FOUND,
    "conflict": HTTPStatus.CONFLICT,
    "forbidden": HTTPStatus.FORBIDDEN,
    "upstream": HTTPStatus.BAD_GATEWAY,
    "scheduler": HTTPStatus.SERVICE_UNAVAILABLE,
    "heavy_on_login_node": HTTPStatus.CONFLICT,
    "storage": HTTPStatus.INSUFFICIENT_STORAGE,
    "unexpected": HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""Status of each error. Never 401: JupyterLab would treat it as its own login."""

_TOKEN = re.compile(r"\bhf_(?:(?:practice|oauth|jwt)_[\w.-]+|[A-Za-z0-9]{12,})")
"""An access token of the Hub; not a word such as ``hf_dir``, a field of older metadata files."""


class TooLargeError(CatalogError):
    """The request body is too large."""

    def __init__(self, limit: int) -> None:
        fault = f"The request body is larger than {limit // 2**20} MiB."
        fields = [FieldError("", "too_long", fault)]
        super().__init__("invalid_record", f"{fault} Nothing was changed: shorten its longest texts.", fields)


def problem_of(error: BaseException | None, status: int, *, has_precondition: bool) -> dict[str, Any]:
    """The body of an error response.

    Args:
        error: the exception.
        status: the status chosen by Tornado.
        has_precondition: whether the request had an ``If-Match``.
    """
    problem = error if isinstance(error, CatalogError) else _as_catalog_error(error, status)
    found = STATUS[problem.code]
    if isinstance(problem, TooLargeError):
        found = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    elif problem.code == "conflict" and has_precondition:
        found = HTTPStatus.PRECONDITION_FAILED
    elif isinstance(error, HTTPError) and problem.code != "forbidden":
        found = HTTPStatus(status)
    body = {
        "type": "about:blank",
        "title": found.phrase,
        "status": int(found),
        **with_hints(problem.to_dict(), "panel"),
    }
    return {key: without_tokens(value) for key, value in {**body, "message": body["detail"]}.items()}


def _as_catalog_error(error: BaseException | None, status: int) -> CatalogError:
    """Convert an exception of Tornado, Jupyter Server or a bug in this program."""
    if not isinstance(error, HTTPError):
        return CatalogError("unexpected", "Internal error; see the server's log. The saved version was kept.")
    detail = error.log_message or error.reason or HTTPStatus(status).phrase
    code: ErrorCode = "unexpected"
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        code = "forbidden"
    elif status == HTTPStatus.NOT_FOUND:
        code = "not_found"
    elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
        code = "invalid_record"
    return CatalogError(code, f"{detail.rstrip('.')}. Nothing was changed.")


def without_tokens(value: Any) -> Any:
    """The same with every string that looks like a Hub token redacted."""
    if isinstance(value, str):
        return _TOKEN.sub("hf_…", value)
    if isinstance(value, dict):
        return {key: without_tokens(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_tokens(item) for item in value]
    return value
