"""The error type used throughout the package.

Adapters convert the exceptions of their libraries into a :class:`CatalogError`; the interfaces (``rest/problem.py`` and
``cli/problem.py``) map its code to an HTTP status or an exit code. Nothing in between knows either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from huggingnersc_lab.hints import Face, Hint

ErrorCode = Literal[
    "invalid_record",
    "not_found",
    "conflict",
    "forbidden",
    "upstream",
    "scheduler",
    "heavy_on_login_node",
    "storage",
    "unexpected",
]
"""The kind of error. ``storage`` means that the catalog's file system is full, hung or unavailable."""


def json_pointer(*parts: object) -> str:
    """RFC 6901 pointer to a value in a document.

    >>> json_pointer("tags", 0), json_pointer("a/b")
    ('/tags/0', '/a~1b')
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@dataclass(frozen=True)
class FieldError:
    """A validation error at one place in a document.

    Attributes:
        pointer: RFC 6901 JSON pointer; for a missing field, the pointer it would have.
        code: machine-readable code such as ``required``, ``unknown_value``, ``unknown_field``, ``pattern``.
        detail: a sentence for people.
        suggestion: the closest valid value, if there is one.
    """

    pointer: str
    code: str
    detail: str
    suggestion: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The error as in problem+json and ``--json``; ``suggestion`` only if there is one."""
        data = {"pointer": self.pointer, "code": self.code, "detail": self.detail}
        if self.suggestion is not None:
            data["suggestion"] = self.suggestion
        return data


class CatalogError(Exception):
    """An error with a code for programs and a sentence for people.

    Args:
        code: see :data:`ErrorCode`.
        detail: what happened and what was kept.
        fields: for ``invalid_record``, all validation errors.
        hints: what to do next, if that depends on the interface.
    """

    def __init__(
        self, code: ErrorCode, detail: str, fields: Sequence[FieldError] = (), hints: Sequence[Hint] = ()
    ) -> None:
        super().__init__(detail)
        self.code: ErrorCode = code
        self.detail = detail
        self.fields = tuple(fields)
        self.hints = tuple(hints)

    def __str__(self) -> str:
        return self.message("cli")

    def message(self, face: Face) -> str:
        """The complete message, worded for an interface."""
        return " ".join([self.detail, *(hint.sentence(face) for hint in self.hints)])

    def to_dict(self) -> dict[str, Any]:
        """``{code, detail, errors, hints?}``, to be stored until it is shown; see :func:`with_hints`."""
        errors = [field.to_dict() for field in self.fields]
        data: dict[str, Any] = {"code": self.code, "detail": self.detail, "errors": errors}
        return data | ({"hints": [vars(hint) for hint in self.hints]} if self.hints else {})
