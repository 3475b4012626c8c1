"""Zarr, versions 2 and 3: its metadata are JSON files, so that no library is needed.

https://zarr-specs.readthedocs.io/
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.inspection.description import Array, Description, text
from huggingnersc_lab.inspection.formats.base import DamagedError, Format
from huggingnersc_lab.regular import read_regular

_MOST_BYTES = 2**24
_MOST_NODES = 1000
_Node = tuple[str, dict[str, Any], dict[str, Any]]


class Zarr(Format):
    """Arrays with their shapes, types, chunks, dimensions and attributes."""

    name = "zarr"
    title = "Zarr"
    suffixes = ()
    is_folder = True

    def describe(self, path: str) -> Description:
        """The metadata of all groups and arrays, the consolidated ones if there are some."""
        found = Description()
        nodes = 0
        for name, metadata, attributes in _nodes(path):
            nodes += 1
            if nodes > _MOST_NODES:
                found.notes.append(f"It has more than {_MOST_NODES} groups and arrays; the rest was not read.")
                break
            if "shape" in metadata:
                found.add_array(_array(name, metadata, attributes))
            elif not name:
                found.attributes.update({str(key): text(value) for key, value in attributes.items()})
        if not nodes:
            raise DamagedError("It has no readable metadata.")
        return found


def _nodes(path: str) -> Iterator[_Node]:
    """Path in the store, metadata and attributes of each group and array."""
    if (root := _read(path, "zarr.json")) is not None:
        yield from _version_3(path, root)
    else:
        yield from _version_2(path)


def _version_3(path: str, root: dict[str, Any]) -> Iterator[_Node]:
    yield "", root, _object(root.get("attributes"))
    together = _object(_object(root.get("consolidated_metadata")).get("metadata"))
    if together:
        for name, metadata in together.items():
            yield name, _object(metadata), _object(_object(metadata).get("attributes"))
    elif root.get("node_type") != "array":
        for name in _folders(path):
            metadata = _read(f"{path}/{name}", "zarr.json")
            if metadata is not None:
                for below, of, attributes in _version_3(f"{path}/{name}", metadata):
                    yield f"{name}/{below}".rstrip("/"), of, attributes


def _version_2(path: str) -> Iterator[_Node]:
    together = _object((_read(path, ".zmetadata") or {}).get("metadata"))
    if together:
        for key, metadata in together.items():
            name, _, kind = key.rpartition("/")
            if kind in (".zarray", ".zgroup"):
                yield name, _object(metadata), _object(together.get(f"{name}/.zattrs" if name else ".zattrs"))
        return
    attributes = _read(path, ".zattrs") or {}
    if (array := _read(path, ".zarray")) is not None:
        yield "", array, attributes
    elif (group := _read(path, ".zgroup")) is not None:
        yield "", group, attributes
        for name in _folders(path):
            for below, of, others in _version_2(f"{path}/{name}"):
                yield f"{name}/{below}".rstrip("/"), of, others


def _folders(path: str) -> list[str]:
    with os.scandir(path) as entries:
        names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    return sorted(names)[: _MOST_NODES + 1]


def _read(path: str, name: str) -> dict[str, Any] | None:
    try:
        size, content = read_regular(f"{path}/{name}", _MOST_BYTES, follow=False)
    except OSError:
        return None
    if size > _MOST_BYTES:
        raise DamagedError(f"Its {name} is larger than {_MOST_BYTES // 2**20} MiB.")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as err:
        raise DamagedError(f"Its {name} is not valid JSON.") from err
    if not isinstance(document, dict):
        raise DamagedError(f"Its {name} is not a JSON object.")
    return document


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _array(name: str, metadata: Mapping[str, Any], attributes: dict[str, Any]) -> Array:
    chunks = metadata.get("chunks")
    if chunks is None:
        chunks = _object(_object(metadata.get("chunk_grid")).get("configuration")).get("chunk_shape")
    dimensions = metadata.get("dimension_names") or attributes.get("_ARRAY_DIMENSIONS") or ()
    shown = {key: value for key, value in attributes.items() if key not in ("_ARRAY_DIMENSIONS", "units")}
    return Array(
        name,
        _lengths(metadata["shape"]),
        text(metadata.get("dtype") or metadata.get("data_type") or ""),
        dimensions=tuple(str(item) for item in dimensions) if isinstance(dimensions, list) else (),
        chunks=_lengths(chunks or []),
        unit=text(attributes.get("units", "")),
        attributes={str(key): text(value) for key, value in shown.items()},
    )


def _lengths(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(item) is int and item >= 0 for item in value):
        raise DamagedError("A shape in its metadata is not a list of lengths.")
    return tuple(value)


FORMATS = (Zarr(),)
