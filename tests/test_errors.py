"""The one form in which an error travels."""

from __future__ import annotations

import pytest

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer


def test_an_error_as_json() -> None:
    faults = [FieldError("/license", "unknown_value", "No.", "mit"), FieldError("/tags/0", "pattern", "No.")]
    error = CatalogError("invalid_record", "Two errors.", faults)
    assert str(error) == "Two errors."
    assert error.to_dict() == {
        "code": "invalid_record",
        "detail": "Two errors.",
        "errors": [
            {"pointer": "/license", "code": "unknown_value", "detail": "No.", "suggestion": "mit"},
            {"pointer": "/tags/0", "code": "pattern", "detail": "No."},
        ],
    }


@pytest.mark.parametrize(
    ("parts", "pointer"), [((), ""), (("",), "/"), (("a/b", 0), "/a~1b/0"), (("~", "~1"), "/~0/~01")]
)
def test_pointers_are_those_of_rfc_6901(parts: tuple[object, ...], pointer: str) -> None:
    assert json_pointer(*parts) == pointer
