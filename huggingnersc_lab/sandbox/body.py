"""Parses JSON in requests: valid characters, finite numbers, limited nesting."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.record.strict_json import has_halves, loads

from .refusals import bad_request


def read_json(content: bytes, what: str) -> Any:
    """The values of a JSON text; refuses anything else with 400. `what` names it in the error."""
    try:
        text = content.decode()
        value = loads(text)
    except UnicodeDecodeError:
        raise bad_request(f"{what} is not UTF-8") from None
    except ValueError:
        raise bad_request(f"{what} is not JSON") from None
    if has_halves(text):
        raise bad_request(f"{what} contains a lone surrogate")
    return value
