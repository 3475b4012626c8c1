"""What came of an operation, over the wire and back."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.workers.outcome import outcome_of, value_of
from huggingnersc_lab.workers.wire import Inbox


def through(operation: Any) -> object:
    (message,) = Inbox().add(outcome_of(operation))
    return value_of(message)


def failing(err: BaseException) -> Any:
    def operation() -> None:
        raise err

    return operation


@pytest.mark.parametrize("value", [None, 1, "text", b"\xff", [1, "a"], {"a": None}, (1, b"x"), ("a", None, 3)])
def test_a_value(value: object) -> None:
    assert through(lambda: value) == value


def test_an_error_of_the_file_system() -> None:
    with pytest.raises(PermissionError) as err:
        through(failing(OSError(13, "Permission denied", "/data")))
    assert (err.value.errno, err.value.strerror, err.value.filename) == (13, "Permission denied", "/data")
    with pytest.raises(FileNotFoundError) as missing:
        through(failing(OSError(2, "No such file")))
    assert missing.value.filename is None


def test_a_refused_value() -> None:
    with pytest.raises(ValueError, match="no such thing"):
        through(failing(ValueError("no such thing")))
    with pytest.raises(ValueError, match="udc80"):
        through(failing(ValueError("half \udc80")))


def test_an_error_of_the_catalog() -> None:
    with pytest.raises(CatalogError) as err:
        through(failing(CatalogError("conflict", "It is there.", [FieldError("/name", "taken", "It is taken.")])))
    assert (err.value.code, err.value.detail) == ("conflict", "It is there.")
    assert [(field.pointer, field.code, field.detail) for field in err.value.fields] == [
        ("/name", "taken", "It is taken.")
    ]


def test_what_nobody_foresaw_comes_with_its_traceback() -> None:
    with pytest.raises(
        RuntimeError, match=r"an operation of a worker failed\n(?s:.*)Traceback(?s:.*)ZeroDivisionError"
    ):
        through(lambda: 1 // 0)
