"""The likely loader among the scripts of a folder."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from huggingnersc_lab.inspection.prefill.suggestion import (
    Source,
    Suggestion,
    UnreadableSourceError,
    passage_of,
    text_of,
)

_LIBRARIES = frozenset(
    {
        *("pandas", "numpy", "h5py", "xarray", "netCDF4", "pyarrow", "polars", "zarr", "datasets", "torch", "uproot"),
        *(
            "astropy",
            "fitsio",
            "PIL",
            "webdataset",
            "tensorflow",
            "dask",
            "scipy",
            "csv",
            "sqlite3",
            "anndata",
            "awkward",
        ),
    }
)
"""Modules that read data; some belong to Python, most do not."""

_NAME = re.compile(r"(?i)(?:data[-_]?)?(?:load|read|open)(?:er|ing)?(?:[-_]?data(?:set)?)?(?:[-_.].*|\.)py")
_OTHER = re.compile(r"(?i)(?:test_.*|.*_test|setup|conftest|__init__|train.*|plot.*|make_.*|download.*|convert.*)\.py")


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """A script that is likely to load the data, with the reason: its name, or what it imports."""
    if _OTHER.fullmatch(name):
        return
    text = text_of(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as err:
        raise UnreadableSourceError("is not valid Python") from err
    imported = sorted(_imported(tree) & _LIBRARIES, key=str.lower)
    is_named = _NAME.fullmatch(name) is not None
    if is_named or imported:
        reasons = ["is named like a loader"] if is_named else []
        reasons += [f"imports {', '.join(imported)}"] if imported else []
        yield Suggestion("loader", name, passage_of(f"{name} {' and '.join(reasons)}"))


def likelihood(name: str) -> int:
    """Orders scripts: those named like a loader come first."""
    return 0 if _NAME.fullmatch(name) else 1


def _imported(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


SOURCE = Source(re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*\.py"), read)
