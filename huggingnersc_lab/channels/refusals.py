"""What a service says when it refuses, as an error with findings at the record's fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError, ErrorCode, FieldError
from huggingnersc_lab.hints import Hint

if TYPE_CHECKING:
    from huggingnersc_lab.channels.client import Client

_LONGEST = 300
_MOST = 20
_CODES: Mapping[int, tuple[ErrorCode, str]] = {
    HTTPStatus.BAD_REQUEST: ("invalid_record", "{name} refuses what was sent{reason}"),
    HTTPStatus.UNAUTHORIZED: ("forbidden", "{name} does not accept your key"),
    HTTPStatus.FORBIDDEN: ("forbidden", "{name} does not allow it{reason}"),
    HTTPStatus.NOT_FOUND: ("not_found", "it is not at {name}, or your account may not see it"),
    HTTPStatus.CONFLICT: ("conflict", "{name} refuses it{reason}"),
    HTTPStatus.GONE: ("not_found", "it is not at {name} any more"),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("invalid_record", "{name} refuses what was sent{reason}"),
    HTTPStatus.TOO_MANY_REQUESTS: ("upstream", "{name} has had too many requests. Try again {when}"),
}


def refusal(client: Client, action: str, status: int, body: Any, wait: float | None) -> CatalogError:
    """The error for an answer of an error's status.

    Args:
        client: the service.
        action: what was being done, as in "reserve the DOI".
        status: HTTP status.
        body: its body: JSON, or a text.
        wait: seconds after which it wants to be asked again, if it says so.
    """
    name = client.title
    told = "; ".join(dict.fromkeys(client.hide(text) for _, text in faults(body)))
    reason = f": {told.rstrip('.')}" if told else ""
    if status < HTTPStatus.BAD_REQUEST:
        code: ErrorCode = "upstream"
        detail = (
            f"{name} sends to another address. Your key was not sent there. If it is right, name it in the site file"
        )
    elif status in _CODES:
        code, sentence = _CODES[status]
        detail = sentence.replace("{when}", f"in {wait:.0f} seconds" if wait else "in a few minutes")
        detail = detail.replace("{name}", name).replace("{reason}", reason)
    else:
        code, detail = "upstream", f"{name} answered with status {status}{reason}. Try again later"
    places = ((client.fields.get(place), client.hide(text)) for place, text in faults(body))
    found = [FieldError(pointer, "refused", text) for pointer, text in places if pointer is not None]
    hints = [Hint("enter_key", client.key)] if status == HTTPStatus.UNAUTHORIZED else []
    return CatalogError(code, f"Could not {action}: {detail}.", found if code == "invalid_record" else (), hints)


def faults(body: Any) -> list[tuple[str, str]]:
    """What an error's body complains of: the service's name of the field, or nothing, and a sentence.

    Read are ``{"errors": [{"source": "url", "title": …}]}`` of DataCite, ``{"errors": [{"source": {"pointer": "title"},
    "detail": …}]}`` of E-Link, and ``{"message": …, "data": {"missing_fields": […]}}`` of figshare.
    """
    found = ((place, _line(text)) for place, text in islice(_faults(body), _MOST))
    return [(place, text) for place, text in found if text]


def _faults(body: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(body, Mapping):
        return
    errors = body.get("errors")
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, Mapping):
            source = error.get("source")
            place = source.get("pointer") if isinstance(source, Mapping) else source
            text = error.get("detail") or error.get("title")
            if isinstance(text, str):
                yield str(place or "").strip("/").split("/")[0], text
    if isinstance(body.get("message"), str):
        yield "", body["message"]
    data = body.get("data")
    missing = data.get("missing_fields") if isinstance(data, Mapping) else None
    for name in missing if isinstance(missing, list) else ():
        if isinstance(name, str):
            yield name, f"{name} is missing"


def _line(text: str) -> str:
    """The first line of what somebody else wrote, of a length for a sentence, without control characters."""
    lines = text[: 10 * _LONGEST].strip().splitlines()
    return (
        "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in lines[0][:_LONGEST])
        if lines
        else ""
    )
