"""What of a document no file or other program could take: half a character, a number that is none, levels without end.

A schema cannot tell it, and Python's JSON writer takes most of it without a word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.errors import FieldError, json_pointer

MAX_DEPTH = 50
"""Deepest nesting of a document: what writes JSON and YAML goes down level by level, and the stack has an end."""

MAX_CARD_DATA = 1_000_000
"""Characters of further card data, as JSON."""

_MAX_FAULTS = 100


def depth_of(document: object) -> int:
    """How many objects and lists stand in each other, counted up to one more than allowed."""
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
    """The first faults of that kind, each at its own place."""
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
    """Why a member that was read cannot be written as JSON again, in a sentence; None for one that can."""
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
                yield FieldError(pointer, "not_utf8", f"A name in '{member}' holds what is no character in UTF-8.")
        elif isinstance(found, (list, tuple)):
            pending += [(f"{pointer}/{index}", item) for index, item in reversed(list(enumerate(found)))]
        elif isinstance(found, str) and _is_broken(found):
            yield FieldError(pointer, "not_utf8", f"'{member}' holds what is no character in UTF-8.")
        elif isinstance(found, (int, float)) and not is_number(found):
            yield FieldError(pointer, "no_number", f"'{member}' holds a number that JSON has no way to write.")
        elif found is not None and not isinstance(found, (str, int, float)):
            yield FieldError(pointer, "type", f"'{member}' holds what is no JSON: a {type(found).__name__}.")
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
    """Whether other programs, which keep numbers as 64-bit floats, have it too."""
    try:
        return math.isfinite(float(value))
    except OverflowError:  # a whole number of more than 308 digits
        return False
