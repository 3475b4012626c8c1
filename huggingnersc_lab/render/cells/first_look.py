# ruff: noqa: BLE001, PLR0911, T201 -- a notebook prints, and survives whatever an object does
# mypy: disable-error-code="no-untyped-call"
"""Shows what the loader made: names, types, sizes and the first few rows, whatever library they come from.

Every name begins with `_look`, so that none of the loader's own is taken from it.
"""

import reprlib as _look_reprlib
import types as _look_types
from typing import Any as _LookAny

from IPython.display import display as _look_display

_LOOK_CODE = (_look_types.ModuleType, _look_types.FunctionType, _look_types.BuiltinFunctionType, type)
_LOOK_TOOLS = ("_io", "argparse", "logging", "pathlib", "re")
_LOOK_NAMES, _LOOK_ROWS, _LOOK_COLUMNS, _LOOK_MEMBERS = 12, 5, 20, 20
_LOOK_TEXT, _LOOK_HTML = 4_000, 200_000
_LOOK_SHORT = _look_reprlib.Repr()
_LOOK_SHORT.maxstring = _LOOK_SHORT.maxother = 60


def _look_at(names: "dict[str, object]", known: "set[str]") -> None:
    """Print a few lines about each of `names` that is data; `known` are those of the notebook itself."""
    known = known | {"In", "Out", "exit", "quit", "open", "get_ipython"}
    found = [name for name in names if not name.startswith("_") and name not in known]
    found = [name for name in found if not isinstance(names[name], _LOOK_CODE)]
    found = [name for name in found if type(names[name]).__module__.split(".")[0] not in _LOOK_TOOLS]
    if not found:
        print("The loader left no data in a variable; what it printed stands above.")
    for name in found[:_LOOK_NAMES]:
        try:
            _look_at_one(name, names[name])
        except Exception as error:
            print(f"{name}: cannot be shown ({type(error).__name__}).\n")
    if len(found) > _LOOK_NAMES:
        print("And also: " + _look_list(found[_LOOK_NAMES:]))


def _look_at_one(name: str, value: object) -> None:
    print(f"{name}: {_look_summary(value)}")
    part = _look_part(value)
    html = None if isinstance(part, (str, type)) else getattr(part, "_repr_html_", None)
    rich = html() if callable(html) else None
    plain = _look_cut(part if isinstance(part, str) else repr(part), _LOOK_TEXT)
    if rich and len(rich) <= _LOOK_HTML:
        _look_display({"text/html": rich, "text/plain": plain}, raw=True)
    else:
        print(plain + "\n")


def _look_summary(value: _LookAny) -> str:
    """Return type, size and columns of `value` in one line."""
    kind = type(value)
    words = [kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__.split('.')[0]} {kind.__name__}"]
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple):
        words.append(f"shape {tuple(shape)}")
        if getattr(value, "dtype", None) is not None:
            words.append(str(value.dtype))
    elif hasattr(kind, "__len__"):
        words.append(f"{len(value):,} {'characters' if isinstance(value, str) else 'items'}")
    columns = getattr(value, "columns", getattr(value, "column_names", None))
    if columns is not None and hasattr(columns, "__len__") and not isinstance(columns, dict):
        words.append("columns " + _look_list([str(name) for name in columns]))
    return ", ".join(words)


def _look_part(value: _LookAny) -> _LookAny:
    """Return the first rows or members of `value`, as a text or as an object that shows itself."""
    if hasattr(value, "dims") and hasattr(value, "coords"):
        return value  # xarray, which sums itself up
    if callable(getattr(value, "head", None)):
        return value.head(_LOOK_ROWS)
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return _look_corner(value)
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return _look_members(value)
    if hasattr(value, "__len__") and hasattr(value, "__getitem__") and not isinstance(value, (str, bytes)):
        return _look_rows([value[index] for index in range(min(_LOOK_ROWS, len(value)))])
    if hasattr(value, "__next__"):
        return "(gives its items one by one; none was taken here)"
    return value if hasattr(value, "_repr_html_") else _LOOK_SHORT.repr(value)


def _look_corner(array: _LookAny) -> str:
    depth = len(array.shape)
    corner = tuple(slice(0, _LOOK_ROWS if axis in (0, depth - 1) else 2) for axis in range(depth))
    return str(array[corner] if depth else array[()])


def _look_members(mapping: _LookAny) -> str:
    lines = []
    for position, key in enumerate(mapping.keys()):
        if position == _LOOK_MEMBERS:
            lines.append(f"  … and {len(mapping) - _LOOK_MEMBERS:,} more")
            break
        value = mapping[key]
        plain = value is None or isinstance(value, (str, bytes, bool, int, float))
        lines.append(f"  {_look_cut(str(key), 60)}: {_LOOK_SHORT.repr(value) if plain else _look_summary(value)}")
    return "\n".join(lines)


def _look_rows(rows: "list[_LookAny]") -> str:
    if rows and all(isinstance(row, dict) for row in rows):
        names = list(rows[0])[:_LOOK_COLUMNS]
        rows = [names] + [[row.get(name, "") for name in names] for row in rows]
    elif not rows or not all(isinstance(row, (list, tuple)) and row for row in rows):
        return "\n".join("  " + _LOOK_SHORT.repr(row) for row in rows)
    cells = [[_look_cell(cell) for cell in row[:_LOOK_COLUMNS]] for row in rows]
    columns = range(max(len(row) for row in cells))
    widths = [max(len(row[column]) for row in cells if column < len(row)) for column in columns]
    return "\n".join("  " + "  ".join(cell.ljust(widths[i]) for i, cell in enumerate(row)).rstrip() for row in cells)


def _look_cell(value: object) -> str:
    text = value if isinstance(value, str) else _LOOK_SHORT.repr(value)
    return _look_cut(" ".join(text[:100].split()), 24)


def _look_list(names: "list[str]") -> str:
    more = f" and {len(names) - _LOOK_COLUMNS:,} more" if len(names) > _LOOK_COLUMNS else ""
    return ", ".join(_look_cut(name, 40) for name in names[:_LOOK_COLUMNS]) + more


def _look_cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
