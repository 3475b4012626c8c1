"""Reads only JSON that can be written again: Python's reader alone accepts more than JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_Pairs = Callable[[list[tuple[str, Any]]], Any]

_ESCAPES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
"""``half`` matches a lone surrogate, which no file and no other program can represent."""


def loads(text: str, *, object_pairs_hook: _Pairs | None = None) -> Any:
    """Parse a JSON text.

    Args:
        text: the text.
        object_pairs_hook: creates an object from its members.

    Raises:
        json.JSONDecodeError: it is not JSON; the error has the position.
        ValueError: it is nested too deeply, or contains a number that is not JSON (NaN), too large (1e999), or has
        more digits than Python reads.
    """
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=object_pairs_hook)
    except RecursionError as err:
        raise ValueError("it is nested too deeply") from err
    except ValueError as err:
        if "integer string conversion" not in str(err):
            raise
        raise ValueError("a number in it has too many digits") from err


def with_shown_halves(text: str) -> str:
    """A JSON text in which escaped lone surrogates are shown literally, so that people can read them."""
    return _ESCAPES.sub(lambda escape: f"\\{escape[0]}" if escape["half"] else escape[0], text)


def has_halves(text: str) -> bool:
    """Whether a JSON text contains an escaped lone surrogate."""
    return any(escape["half"] for escape in _ESCAPES.finditer(text))


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"the number {_short(text)} is too large")
    return number


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"  # noqa: PLR2004
