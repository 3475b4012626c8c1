"""The one way an error travels from the bottom of the house to a person.

Adapters wrap what their libraries raise into a :class:`CatalogError` at their edge; the faces (``rest/problem.py``
and ``cli/problem.py``) turn its code into an HTTP status or an exit code. Nothing in between knows either.
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
"""What went wrong, in one word. ``storage`` is a full, hung or lost file system of the catalog."""


def json_pointer(*parts: object) -> str:
    """RFC 6901 pointer to a place in a document.

    >>> json_pointer("tags", 0), json_pointer("a/b")
    ('/tags/0', '/a~1b')
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@dataclass(frozen=True)
class FieldError:
    """One finding about one place in a document.

    Attributes:
        pointer: RFC 6901 JSON pointer; of a missing member, the pointer it would have.
        code: machine word such as ``required``, ``unknown_value``, ``unknown_field``, ``pattern``.
        detail: a sentence for a person.
        suggestion: a value that would be accepted, where one is near.
    """

    pointer: str
    code: str
    detail: str
    suggestion: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The finding as it stands in problem+json and in ``--json``; ``suggestion`` only where there is one."""
        data = {"pointer": self.pointer, "code": self.code, "detail": self.detail}
        if self.suggestion is not None:
            data["suggestion"] = self.suggestion
        return data


class CatalogError(Exception):
    """An error with a code that programs branch on and a sentence that people read.

    Args:
        code: see :data:`ErrorCode`.
        detail: what happened, and what was kept.
        fields: for ``invalid_record``, every finding at once.
        hints: what to do next, where that depends on the face that says it.
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
        return self.told("cli")

    def told(self, face: Face) -> str:
        """The whole sentence, in the words of a face."""
        return " ".join([self.detail, *(hint.sentence(face) for hint in self.hints)])

    def to_dict(self) -> dict[str, Any]:
        """``{code, detail, errors, hints?}``, to be kept until a face tells it; see :func:`with_hints`."""
        errors = [field.to_dict() for field in self.fields]
        data: dict[str, Any] = {"code": self.code, "detail": self.detail, "errors": errors}
        return data | ({"hints": [vars(hint) for hint in self.hints]} if self.hints else {})
