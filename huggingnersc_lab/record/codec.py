"""Dataclasses as JSON objects: the form of every value is checked, and members that a class does not know are kept.

A class that is read and written here has a field ``unknown``, which holds what of the object it has no field for. What
a program of another version wrote so comes back whole.
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
"""So much JSON of members that are not known is kept of one record; one with more is refused."""

_T = TypeVar("_T")
_Reader = Callable[[Any, str], Any]


def read_object(cls: type[_T], data: Mapping[str, Any], where: str = "") -> _T:
    """An object of JSON values as a ``cls``; members that are null are left out.

    Args:
        cls: a dataclass with a field ``unknown``.
        data: the object.
        where: what the errors put before a member's name.

    Raises:
        TypeError: a member is missing, or of another form than its field.
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
    """The inverse of :func:`read_object`: what is None, false or empty is left out, what was not known comes last."""
    its_class: Any = type(value)
    data = {}
    for name in members(its_class):
        its = getattr(value, name)
        if its is None or its is False or its in ((), {}):  # of a number, 0 is a value like any other
            continue
        data[name] = _written(its) if isinstance(its, tuple) or is_dataclass(its) else its
    if value.unknown:
        data |= {name: its for name, its in value.unknown.items() if name not in members(its_class)}
    return data


@cache
def members(cls: Any) -> tuple[str, ...]:
    """Names of the fields that are members of the object, in their order."""
    return tuple(item.name for item in fields(cls) if item.name != "unknown")


def unknown_members(value: Any) -> Iterator[tuple[str, Any]]:
    """What of it was written by a program that knows more: the place of each member (``authors/0/role``), its value."""
    for place, found in _unknown(value):
        for name, its in found.items():
            yield f"{place}{name}", its


def check_unknown(value: Any) -> None:
    """Raise ``TypeError`` where more is unknown than is kept, or what no file could take."""
    unknown = [found for _, found in _unknown(value)]
    if not unknown:
        return
    for found in unknown:
        if why := why_no_json("what it has besides the known members", found):
            raise TypeError(why)
    try:
        size = len(json.dumps(unknown, ensure_ascii=False, allow_nan=False).encode())
    except ValueError as err:
        raise TypeError(f"what it has besides the known members cannot be written: {err}") from err
    if size > MAX_UNKNOWN_BYTES:
        raise TypeError(f"what it has besides the known members is larger than {MAX_UNKNOWN_BYTES // 1024} KiB")


def _unknown(value: Any, place: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is not known of an object and of its parts, and where that is."""
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
    """The members that are made of objects with members of their own."""
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
    """What reads a value of a type; records come from other people's hands, and one of another form would break us."""
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
            raise TypeError(f"'{where}' is a number that JSON has no way to write")
        return value

    return read


_FORMS: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
}
"""By type, what it is in JSON, and what people call that."""


def _mapping_reader(*, is_of_texts: bool) -> _Reader:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"'{where}' should be an object")
        if is_of_texts and not all(isinstance(item, str) for item in value.values()):
            raise TypeError(f"'{where}' should be an object of texts")
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
