"""Values that files or other programs cannot represent: lone surrogates, NaN, too deep nesting.

A schema cannot check this, and Python's JSON writer accepts most of it silently.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.errors import FieldError, json_pointer

MAX_DEPTH = 50
"""Maximum nesting of a document: JSON and YAML writers are recursive, and the stack is limited."""

MAX_CARD_DATA = 1_000_000
"""Maximum size of further card data, in characters of JSON."""

_MAX_FAULTS = 100


def depth_of(document: object) -> int:
    """The nesting depth of objects and lists, counted up to one more than allowed."""
    depth, level = 0, [document]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            child
            for value in level
            if isinstance(value, (dict, list))
            for child in (value.values() if isinstance(value, dict) else value)
        ]
    return depth


def what_no_file_takes(document: Mapping[str, Any]) -> list[FieldError]:
    """The first such error of each field, with its location."""
    faults = []
    for member, value in document.items():
        if depth_of(value) > MAX_DEPTH:
            detail = f"'{member}' is nested deeper than {MAX_DEPTH} levels."
            faults.append(FieldError(json_pointer(member), "too_deep", detail))
            continue
        for fault in _faults(member, value):
            faults.append(fault)
            if len(faults) == _MAX_FAULTS:
                return faults
    return faults


def why_no_json(member: str, value: object) -> str | None:
    """Why a value that was read cannot be written as JSON again, in a sentence; None if it can."""
    faults = what_no_file_takes({member: value}) if value else []
    return next((fault.detail for fault in faults if fault.code in ("no_number", "type", "too_deep")), None)


def _faults(member: str, value: object) -> Iterator[FieldError]:
    length = 0
    pending: list[tuple[str, object]] = [(json_pointer(member), value)]
    while pending:
        pointer, found = pending.pop()
        if isinstance(found, dict):
            pending += [(pointer + json_pointer(key), item) for key, item in reversed(found.items())]
            if any(_is_broken(key) for key in found):
                yield FieldError(pointer, "not_utf8", f"A name in '{member}' contains an invalid character.")
        elif isinstance(found, (list, tuple)):
            pending += [(f"{pointer}/{index}", item) for index, item in reversed(list(enumerate(found)))]
        elif isinstance(found, str) and _is_broken(found):
            yield FieldError(pointer, "not_utf8", f"'{member}' contains an invalid character.")
        elif isinstance(found, (int, float)) and not is_number(found):
            yield FieldError(pointer, "no_number", f"'{member}' contains a number that JSON cannot represent.")
        elif found is not None and not isinstance(found, (str, int, float)):
            yield FieldError(pointer, "type", f"'{member}' contains a {type(found).__name__}, which is not JSON.")
        length += len(found) if isinstance(found, str) else 8
        if member == "card_data" and length > MAX_CARD_DATA:
            detail = f"Further card data has more than {MAX_CARD_DATA:,} characters."
            yield FieldError(json_pointer(member), "too_long", detail)
            return


def _is_broken(text: object) -> bool:
    try:
        str(text).encode()
    except UnicodeEncodeError:
        return True
    return False


def is_number(value: float) -> bool:
    """Whether other programs, which store numbers as 64-bit floats, can read it."""
    try:
        return math.isfinite(float(value))
    except OverflowError:  # an integer of more than 308 digits
        return False
