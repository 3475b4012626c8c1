"""Arguments of a job: a frozen dataclass, whose annotations define its JSON form.

Supported are ``str``, ``bool``, ``int``, ``float``, ``Literal``, ``Mapping[str, Any]``, ``tuple[str, ...]``, other such
dataclasses, and each of them ``| None``.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import MISSING, dataclass, fields, is_dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

A = TypeVar("A", bound="DataclassInstance")


@dataclass(frozen=True)
class Argument:
    """One argument.

    Attributes:
        name: its name, the same in Python and JSON.
        form: its type, for people: "text", "true or false".
        schema: its type as a JSON Schema, without None, since such an argument can be omitted.
        required: whether it is required.
        annotation: its Python type, without None.
        nullable: whether it can be None.
    """

    name: str
    form: str
    schema: Mapping[str, Any]
    required: bool
    annotation: Any
    nullable: bool


def arguments_of(form: type[DataclassInstance]) -> dict[str, Argument]:
    """The arguments declared by a dataclass, by name."""
    hints = get_type_hints(form)
    found = {}
    for field in fields(form):
        annotation, nullable = _without_none(hints[field.name])
        words, schema, _ = _form(annotation)
        required = field.default is MISSING and field.default_factory is MISSING
        found[field.name] = Argument(field.name, words, schema, required, annotation, nullable)
    return found


def type_of(form: type[DataclassInstance], name: str) -> Any:
    """The Python type of one argument, without None."""
    return arguments_of(form)[name].annotation


def read_arguments(
    form: type[A], data: Mapping[str, Any], *, inside: tuple[str, ...] = (), allow_none: bool = True
) -> A:
    """Read a dataclass from JSON.

    Args:
        form: the dataclass.
        data: its fields.
        inside: location of ``data`` in the document, for the pointers of errors.
        allow_none: whether null is allowed for an argument whose default is None.

    Raises:
        CatalogError: ``invalid_record`` with all unknown, missing or mistyped fields.
    """
    faults = list(_faults(form, data, inside, allow_none=allow_none))
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise CatalogError("invalid_record", f"{faults[0].detail}{more} Nothing was started.", faults)
    return _made(form, data)


def fitting(form: type[DataclassInstance], data: Mapping[str, Any]) -> dict[str, Any]:
    """The valid fields of a dataclass, as :func:`read_arguments` would read them; the rest is dropped.

    For displaying data of other programs: one odd field must not hide the others.
    """
    wanted = arguments_of(form)
    kept = {name: value for name, value in data.items() if name in wanted and value is not None}
    faulty = {fault.pointer.split("/")[1] for fault in _faults(form, kept, (), allow_none=True)}
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items() if name not in faulty
    }


def write_arguments(arguments: DataclassInstance) -> dict[str, Any]:
    """A dataclass as JSON, without default values, so that an earlier version can read what it knows."""
    written = {}
    for field in fields(arguments):
        value = getattr(arguments, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if value != default:
            is_nested = is_dataclass(value) and not isinstance(value, type)
            written[field.name] = write_arguments(value) if is_nested else deepcopy(value)
    return written


def _faults(
    form: type[DataclassInstance], data: Mapping[str, Any], inside: tuple[str, ...], *, allow_none: bool
) -> Iterator[FieldError]:
    wanted = arguments_of(form)
    for name in data:
        if name not in wanted:
            yield FieldError(json_pointer(*inside, name), "unknown_field", f"There is no field '{name}' here.")
    for name, argument in wanted.items():
        pointer = json_pointer(*inside, name)
        if name not in data:
            if argument.required:
                yield FieldError(pointer, "required", f"'{name}' is missing.")
            continue
        value = data[name]
        if value is None and argument.nullable and allow_none:
            continue
        _, _, fits = _form(argument.annotation)
        if not fits(value):
            code = "unknown_value" if get_origin(argument.annotation) is Literal else "type"
            yield FieldError(pointer, code, f"'{name}' should be {argument.form}.")
        elif is_dataclass(argument.annotation):
            inner = cast("type[DataclassInstance]", argument.annotation)
            yield from _faults(inner, value, (*inside, name), allow_none=allow_none)


def _made(form: type[A], data: Mapping[str, Any]) -> A:
    wanted = arguments_of(form)
    values: dict[str, Any] = {}
    for name, value in data.items():
        annotation = wanted[name].annotation
        if value is not None and is_dataclass(annotation):
            values[name] = _made(cast("type[DataclassInstance]", annotation), value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return form(**values)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        kept = [part for part in get_args(annotation) if part is not types.NoneType]
        if len(kept) == 1:
            return kept[0], True
    return annotation, False


_Form = tuple[str, Mapping[str, Any], Callable[[Any], bool]]


def _form(annotation: Any) -> _Form:
    """The type of a value: in words, as a JSON Schema, and as a check."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin = get_origin(annotation)
    if origin is Literal:
        choices = get_args(annotation)
        words = f"one of {', '.join(map(str, choices))}"
        return words, {"enum": list(choices)}, lambda value: isinstance(value, str) and value in choices
    if origin is tuple:
        schema = {"type": "array", "items": {"type": "string"}}
        return "a list of strings", schema, _is_list_of_texts
    if origin is not None and issubclass(origin, Mapping):
        return "an object", {"type": "object"}, lambda value: isinstance(value, Mapping)
    if is_dataclass(annotation):
        return "an object", {"type": "object"}, lambda value: isinstance(value, Mapping)
    raise TypeError(f"Arguments of jobs cannot be {annotation!r}")


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _is_number(value: Any) -> bool:
    return (isinstance(value, float) and isfinite(value)) or _is_whole(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_SIMPLE: Mapping[Any, _Form] = {
    str: ("text", {"type": "string"}, lambda value: isinstance(value, str)),
    bool: ("true or false", {"type": "boolean"}, lambda value: isinstance(value, bool)),
    int: ("a whole number", {"type": "integer"}, _is_whole),
    float: ("a number", {"type": "number"}, _is_number),
}
