"""The outcome of an operation as a message: its value, or its exception."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from huggingnersc_lab.workers.wire import pack

_ERRORS = "huggingnersc_lab.errors"


def outcome_of(operation: Callable[[], object]) -> bytes:
    """Run an operation and pack its outcome."""
    try:
        value = operation()
        return pack("value", *value) if isinstance(value, tuple) else pack("value", value)
    except OSError as err:
        name = err.filename if isinstance(err.filename, str) else None
        return pack("OSError", err.errno, err.strerror or _plain(err), name)
    except ValueError as err:
        return pack("ValueError", _plain(err))
    except Exception as err:  # noqa: BLE001 - it is raised where the operation was asked for
        # An exception can only be one of these if its module is imported.
        errors = sys.modules.get(_ERRORS)
        if errors is not None and isinstance(err, errors.CatalogError):
            return pack("CatalogError", err.to_dict())
        from traceback import format_exc

        return pack("unforeseen", _plain(format_exc()))


def value_of(message: Sequence[object]) -> object:
    """The value of an operation, a tuple for several values; raises the operation's exception.

    Raises:
        RuntimeError: for unexpected exceptions, with the traceback.
    """
    kind, *values = message
    if kind == "value":
        return values[0] if len(values) == 1 else tuple(values)
    if kind == "OSError":
        number, reason, name = values
        raise OSError(number, reason, name) if name is not None else OSError(number, reason)
    if kind == "ValueError":
        raise ValueError(values[0])
    if kind == "CatalogError":
        raise _catalog_error(values[0])
    raise RuntimeError(f"an operation of a worker failed\n{values[0]}")


def _catalog_error(data: object) -> Exception:
    from huggingnersc_lab.errors import CatalogError, FieldError

    assert isinstance(data, dict)  # noqa: S101 - as it was packed
    return CatalogError(data["code"], data["detail"], [FieldError(**field) for field in data["errors"]])


def _plain(text: object) -> str:
    """A string that can be packed."""
    return str(text).encode("ascii", "backslashreplace").decode("ascii")
