# ruff: noqa: B905, BLE001, PLR0911, PLR2004, T201 -- a notebook prints, and survives anything an object does
# mypy: disable-error-code="no-untyped-call"
"""Shows what the loader created: names, types, sizes and the first few rows, for any library.

All names start with `_look`, so that they do not clash with the loader's own.
"""

import base64 as _look_base64
import builtins as _look_builtins
import io as _look_io
import reprlib as _look_reprlib
import struct as _look_struct
import types as _look_types
import zlib as _look_zlib
from typing import Any as _LookAny

from IPython.display import display as _look_display

_LOOK_CODE = (
    _look_types.ModuleType,
    _look_types.FunctionType,
    _look_types.MethodType,
    _look_types.BuiltinFunctionType,
    _look_types.CodeType,
    _look_builtins.type,
)
_LOOK_TOOLS = (
    "__future__",
    "_io",
    "_thread",
    "abc",
    "argparse",
    "asyncio",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "functools",
    "http",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "logging",
    "multiprocessing",
    "operator",
    "optparse",
    "os",
    "pathlib",
    "queue",
    "random",
    "re",
    "requests",
    "select",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "ssl",
    "string",
    "subprocess",
    "sys",
    "tarfile",
    "tempfile",
    "threading",
    "time",
    "tqdm",
    "typing",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
    "zipfile",
    "zoneinfo",
)
_LOOK_NAMES, _LOOK_ROWS, _LOOK_COLUMNS, _LOOK_MEMBERS = 12, 5, 20, 20
_LOOK_TEXT, _LOOK_HTML = 4_000, 200_000
_LOOK_PIXELS, _LOOK_VALUES, _LOOK_PLOTS = 640, 10_000, 6
_LOOK_SHORT = _look_reprlib.Repr()
_LOOK_SHORT.maxstring = _LOOK_SHORT.maxother = 60


def _look_at(names: "dict[str, object]", known: "set[str]") -> None:
    """Print a few lines about each of `names` that is data; `known` are the notebook's own names."""
    known = known | {"In", "Out", "exit", "quit", "open", "get_ipython"}
    found = [name for name in names if not name.startswith("_") and name not in known and _look_is_data(names[name])]
    if not found:
        print("The loader left no data in a variable; its output is shown above.")
    for name in found[:_LOOK_NAMES]:
        try:
            _look_at_one(name, names[name])
        except Exception as error:
            print(f"{name}: cannot be shown ({type(error).__name__}).\n")
    if len(found) > _LOOK_NAMES:
        print("Other variables: " + _look_list(found[_LOOK_NAMES:]))


def _look_is_data(value: _LookAny) -> bool:
    """Return whether `value` is data: not code, a library's tool, or a mere file or connection."""
    try:
        kind = type(value)
        if isinstance(value, _LOOK_CODE) or str(kind.__module__).split(".")[0] in _LOOK_TOOLS:
            return False
        if not callable(getattr(value, "close", None)):
            return True
        if callable(getattr(value, "read", None)) or callable(getattr(value, "cursor", None)):
            return hasattr(kind, "shape") or hasattr(kind, "_repr_png_") or hasattr(value, "send")
        if hasattr(kind, "keys") and not hasattr(kind, "to_dict"):
            len(value)  # fails for closed objects
            list(value.keys())[:1]
        return not getattr(value, "closed", False)
    except Exception:
        return hasattr(type(value), "shape")


def _look_at_one(name: str, value: object) -> None:
    print(f"{name}: {_look_summary(value)}")
    picture = _look_picture(value)
    if picture:
        _look_display({"image/png": picture, "text/plain": f"({name}, as a picture)"}, raw=True)
        return
    part = _look_part(value)
    html = None if isinstance(part, (str, type)) else getattr(part, "_repr_html_", None)
    rich = html() if callable(html) else None
    plain = _look_cut(part if isinstance(part, str) else repr(part), _LOOK_TEXT)
    if rich and len(rich) <= _LOOK_HTML:
        _look_display({"text/html": rich, "text/plain": plain}, raw=True)
    else:
        print(plain + "\n")
    try:
        plot = _look_plot(value)
    except Exception:  # a missing picture is no reason to fail
        plot = None
    if plot:
        _look_display({"image/png": plot, "text/plain": f"(distribution of the numbers in {name})"}, raw=True)


def _look_picture(value: _LookAny) -> "str | None":
    """Return an image as base64 PNG: from a library's image object, or from an array of bytes shaped like an image."""
    own = getattr(type(value), "_repr_png_", None)
    if callable(own):
        drawn = own(value)
        drawn = drawn[0] if isinstance(drawn, tuple) else drawn
        if isinstance(drawn, str):
            return drawn
        return _look_base64.b64encode(drawn).decode() if isinstance(drawn, bytes) else None
    shape = getattr(value, "shape", None)
    if not isinstance(shape, tuple) or str(getattr(value, "dtype", "")) != "uint8" or not hasattr(value, "tobytes"):
        return None
    layers = shape[2] if len(shape) == 3 else 1
    if len(shape) not in (2, 3) or layers not in (1, 3, 4) or min(shape[:2]) < 16:
        return None
    step = 1 + max(shape[:2]) // _LOOK_PIXELS
    small = value[::step, ::step]
    height, width = small.shape[:2]
    content, line = small.tobytes(), width * layers
    rows = b"".join(b"\0" + content[start : start + line] for start in range(0, height * line, line))
    color = {1: 0, 3: 2, 4: 6}[layers]
    parts = [(b"IHDR", _look_struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0))]
    parts += [(b"IDAT", _look_zlib.compress(rows)), (b"IEND", b"")]
    chunks = [
        _look_struct.pack(">I", len(data)) + tag + data + _look_struct.pack(">I", _look_zlib.crc32(tag + data))
        for tag, data in parts
    ]
    return _look_base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()


def _look_plot(value: _LookAny) -> "str | None":
    """Return histograms of the first numeric columns as base64 PNG; None without such columns or matplotlib."""
    columns = _look_numbers(value)
    if not columns:
        return None
    try:
        from matplotlib.figure import Figure  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    figure = Figure(figsize=(2.2 * len(columns), 1.6), layout="constrained")
    axes = figure.subplots(1, len(columns), squeeze=False)[0]
    for place, (name, numbers) in zip(axes, columns.items()):
        place.hist(numbers, bins=30)
        place.set_title(_look_cut(name, 24).replace("$", "\\$"), fontsize="small")
        place.tick_params(labelsize="x-small")
        place.set_yticks([])
    target = _look_io.BytesIO()
    figure.savefig(target, format="png", dpi=90)
    return _look_base64.b64encode(target.getvalue()).decode()


def _look_numbers(value: _LookAny) -> "dict[str, list[float]]":
    """Return the numbers of a table's first numeric columns, or of a one-dimensional array, by name."""
    if isinstance(value, (list, tuple)) and value and all(isinstance(row, dict) for row in value[:_LOOK_ROWS]):
        rows = [row for row in value[:_LOOK_VALUES] if isinstance(row, dict)]
        found = {str(name): [row.get(name) for row in rows] for name in list(value[0])[:_LOOK_COLUMNS]}
    elif hasattr(value, "columns") and hasattr(value, "head") and hasattr(value, "shape"):
        head = value.head(_LOOK_VALUES)
        found = {str(name): list(head[name]) for name in list(value.columns)[:_LOOK_COLUMNS]}
    elif len(getattr(value, "shape", ())) == 1 and str(getattr(value, "dtype", ""))[:3] in ("int", "uin", "flo"):
        found = {"": list(value[:_LOOK_VALUES])}
    else:
        return {}
    numbers = {}
    for name, items in found.items():
        if items and not any(isinstance(item, (bool, str, bytes)) or item is None for item in items[:_LOOK_ROWS]):
            try:
                column = [float(item) for item in items if not isinstance(item, (bool, str)) and item is not None]
            except (TypeError, ValueError):
                continue
            column = [number for number in column if abs(number) < 1e300]  # also excludes NaN
            if len(column) > _LOOK_ROWS:
                numbers[name] = column
        if len(numbers) == _LOOK_PLOTS:
            break
    return numbers


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
    """Return the first rows or members of `value`, as a string or as an object that displays itself."""
    if hasattr(value, "dims") and hasattr(value, "coords"):
        return value  # xarray displays a summary
    if callable(getattr(value, "head", None)):
        return value.head(_LOOK_ROWS)
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return _look_corner(value)
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return _look_members(value)
    if hasattr(value, "__len__") and hasattr(value, "__getitem__") and not isinstance(value, (str, bytes)):
        return _look_rows([value[index] for index in range(min(_LOOK_ROWS, len(value)))])
    if hasattr(value, "__next__"):
        return "(an iterator; no items were consumed)"
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
