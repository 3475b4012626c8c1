"""Which formats there are: those that come with the package, and those of others.

Another package offers a format by an entry point of the group ``huggingnersc.formats`` whose value is a
:class:`~huggingnersc_lab.inspection.formats.base.Format` class; its name is the format's.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from huggingnersc_lab.inspection.formats.base import Format

PACKAGE = "huggingnersc_lab.inspection.formats"

GROUP = "huggingnersc.formats"
"""Group of the entry points."""

_UNCERTAIN = ("json", "jsonl", "csv", "tsv", "text", "npz", "tar.gz")
"""Formats that the first bytes alone do not tell for sure."""


def formats() -> Mapping[str, Format]:
    """All formats by name, those of the package first. One that cannot be imported is left out: see :func:`faults`."""
    return _load()[0]


def faults() -> Mapping[str, str]:
    """Formats of other packages that cannot be used, with the reason."""
    return _load()[1]


def of_suffix(suffix: str) -> Format | None:
    """The format that a suffix stands for; None if none does."""
    return _suffixes().get(suffix)


def of_content(name: str, head: bytes) -> Format | None:
    """The format that a file's first bytes tell, which can be just text; None if none does."""
    return next((found for found in _by_certainty() if found.sniff(name, head)), None)


def forget() -> None:
    """Look for formats again at the next need."""
    _load.cache_clear()
    _suffixes.cache_clear()


def _by_certainty() -> Iterator[Format]:
    known = formats()
    yield from (found for name, found in known.items() if name not in _UNCERTAIN and not found.is_folder)
    yield known["text"]


@cache
def _suffixes() -> dict[str, Format]:
    found: dict[str, Format] = {}
    for one in formats().values():
        for suffix in one.suffixes:
            found.setdefault(suffix, one)
    return found


@cache
def _load() -> tuple[dict[str, Format], dict[str, str]]:
    modules = [module.name for module in pkgutil.iter_modules(import_module(PACKAGE).__path__) if module.name != "base"]
    found = {one.name: one for module in modules for one in import_module(f"{PACKAGE}.{module}").FORMATS}
    wrong: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            if point.name in found:
                raise ValueError("another format has this name")
            one = point.load()()
            if one.name != point.name:
                raise ValueError(f"it calls itself '{one.name}'")
            found[point.name] = one
        except Exception as err:  # noqa: BLE001  # other people's code may raise anything
            wrong[point.name] = f"{type(err).__name__}: {err}"
    return found, wrong
