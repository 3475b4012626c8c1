"""Converts dataclasses to and from JSON objects, checking the type of every value and preserving unknown fields.

The classes have a field ``unknown`` for members of the object without a field of their own, so that data written by
other versions of the program survives.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from huggingnersc_lab.record.portable import is_number, why_no_json

MAX_UNKNOWN_BYTES = 1024 * 1024
"""Maximum size of a record's unknown fields, as JSON; records with more are rejected."""

_T = TypeVar("_T")
_Reader = Callable[[Any, str], Any]


def read_object(cls: type[_T], data: Mapping[str, Any], where: str = "") -> _T:
    """Read an object of JSON values as a ``cls``; null members are omitted.

    Args:
        cls: a dataclass with a field ``unknown``.
        data: the object.
        where: prefix of field names in errors.

    Raises:
        TypeError: a field is missing or has the wrong type.
    """
    its_class: Any = cls
    readers = _readers(its_class)
    values: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for name, value in data.items():
        reader = readers.get(name)
        if reader is None:
            unknown[name] = value
        elif value is not None:
            values[name] = reader(value, f"{where}{name}")
    if missing := _required(its_class) - values.keys():
        raise TypeError(f"'{where}{min(missing)}' is missing")
    found: _T = its_class(**values, unknown=unknown)
    return found


def write_object(value: Any) -> dict[str, Any]:
    """The inverse of :func:`read_object`: None, false and empty values are omitted, unknown fields come last."""
    its_class: Any = type(value)
    data = {}
    for name in members(its_class):
        its = getattr(value, name)
        if its is None or its is False or its in ((), {}):  # the number 0 is kept
            continue
        data[name] = _written(its) if isinstance(its, tuple) or is_dataclass(its) else its
    if value.unknown:
        data |= {name: its for name, its in value.unknown.items() if name not in members(its_class)}
    return data


@cache
def members(cls: Any) -> tuple[str, ...]:
    """Names of the fields that are members of the object, in order."""
    return tuple(item.name for item in fields(cls) if item.name != "unknown")


def unknown_members(value: Any) -> Iterator[tuple[str, Any]]:
    """The unknown fields: the location of each (``authors/0/role``) and its value."""
    for place, found in _unknown(value):
        for name, its in found.items():
            yield f"{place}{name}", its


def check_unknown(value: Any) -> None:
    """Raise ``TypeError`` if there are too many unknown fields, or they cannot be written to a file."""
    unknown = [found for _, found in _unknown(value)]
    if not unknown:
        return
    for found in unknown:
        if why := why_no_json("its unknown fields", found):
            raise TypeError(why)
    try:
        size = len(json.dumps(unknown, ensure_ascii=False, allow_nan=False).encode())
    except ValueError as err:
        raise TypeError(f"its unknown fields cannot be written: {err}") from err
    if size > MAX_UNKNOWN_BYTES:
        raise TypeError(f"its unknown fields are larger than {MAX_UNKNOWN_BYTES // 1024} KiB")


def _unknown(value: Any, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Unknown fields of an object and its parts, with their locations."""
    its_class: Any = type(value)
    if value.unknown:
        yield place, value.unknown
    for name in _with_parts(its_class):
        its = getattr(value, name)
        if isinstance(its, tuple):
            for index, part in enumerate(its):
                yield from _unknown(part, f"{place}{name}/{index}/")
        elif its is not None:
            yield from _unknown(its, f"{place}{name}/")


@cache
def _with_parts(cls: Any) -> tuple[str, ...]:
    """The fields whose values are objects with fields of their own."""
    hints = get_type_hints(cls)
    return tuple(name for name in members(cls) if any(map(is_dataclass, (hints[name], *get_args(hints[name])))))


def _written(value: Any) -> Any:
    if not isinstance(value, tuple):
        return write_object(value)
    return [write_object(item) if is_dataclass(item) else item for item in value]


@cache
def _required(cls: Any) -> frozenset[str]:
    is_needed = (item for item in fields(cls) if item.default is MISSING and item.default_factory is MISSING)
    return frozenset(item.name for item in is_needed)


@cache
def _readers(cls: Any) -> dict[str, _Reader]:
    hints = get_type_hints(cls)
    return {name: _reader(hints[name]) for name in members(cls)}


def fits(hint: Any, value: Any) -> bool:
    """Whether a JSON value can be read as a type."""
    try:
        _reader(hint)(value, "")
    except TypeError:
        return False
    return True


def _reader(hint: Any) -> _Reader:
    """A reader for values of a type; other people write records, and a value of the wrong type would crash the code."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return _list_reader(_reader(get_args(hint)[0]))
    if is_dataclass(hint):
        return _object_reader(hint)
    if get_origin(hint) is Mapping:
        return _mapping_reader(is_of_texts=get_args(hint)[1] is str)
    accepted, name = _FORMS[hint]

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, accepted) or (isinstance(value, bool) and bool not in accepted):
            raise TypeError(f"'{where}' should be {name}")
        if isinstance(value, (int, float)) and not is_number(value):
            raise TypeError(f"'{where}' is a number that JSON cannot represent")
        return value

    return read


_FORMS: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
}
"""Python type → its JSON types, and a name for people."""


def _mapping_reader(*, is_of_texts: bool) -> _Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"'{where}' should be an object")
        if is_of_texts and not all(isinstance(item, str) for item in value.values()):
            raise TypeError(f"'{where}' should be an object of strings")
        if why := why_no_json(where, value):
            raise TypeError(why)
        return value

    return read


def _list_reader(read_item: _Reader) -> _Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, list | tuple):
            raise TypeError(f"'{where}' should be a list")
        return tuple(read_item(item, f"{where}/{index}") for index, item in enumerate(value))

    return read


def _object_reader(cls: Any) -> _Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"'{where}' should be an object")
        return read_object(cls, value, f"{where}/")

    return read
