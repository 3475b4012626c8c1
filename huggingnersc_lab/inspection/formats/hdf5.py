"""HDF5, by h5py: the tree of groups, without external links and without values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huggingnersc_lab.inspection.description import Array, Column, Description, text
from huggingnersc_lab.inspection.formats.base import DamagedError, Format

_MOST_OBJECTS = 10_000
_MOST_ATTRIBUTES = 50
_MOST_ATTRIBUTE_BYTES = 4096
_UNITS = ("units", "unit", "UNIT", "Units")
_NOT_SHOWN = ("CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST")


class Hdf5(Format):
    """Arrays with their shapes, types, chunks, units and attributes."""

    name = "hdf5"
    title = "HDF5"
    suffixes = ("h5", "hdf5", "hdf", "he5", "hdf5_v1")
    is_table = True
    magic = (b"\x89HDF\r\n\x1a\n",)

    def describe(self, path: str) -> Description:
        """The tree; arrays that all have the same length make the file a table of so many rows."""
        found = Description()
        lengths = set()
        for name, dataset in datasets(path, found):
            found.add_array(array_of(name, dataset))
            if dataset.shape:
                lengths.add(dataset.shape[0])
                if len(dataset.shape) == 1 and dataset.dtype.names and not found.columns:
                    for field in dataset.dtype.names:
                        found.add_column(Column(field, str(dataset.dtype[field])))
        if len(lengths) == 1:
            found.rows = int(lengths.pop())
        return found


def datasets(path: str, found: Description) -> Iterator[tuple[str, Any]]:
    """All arrays of a file and their paths in it; the file's attributes go into ``found``.

    Soft and external links are not followed: they lead to what is named elsewhere, or to another file.
    """
    import h5py

    with h5py.File(path, "r") as file:
        found.attributes.update(attributes_of(file))
        pending: list[tuple[str, Any]] = [("", file)]
        seen, count = {_identity(file)}, 0
        while pending:
            prefix, group = pending.pop()
            groups = []
            for name in group:
                count += 1
                if count > _MOST_OBJECTS:
                    found.notes.append(f"It has more than {_MOST_OBJECTS} groups and arrays; the rest was not read.")
                    return
                if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                    continue
                item = group.get(name)
                if isinstance(item, h5py.Dataset):
                    yield prefix + name, item
                elif isinstance(item, h5py.Group) and _identity(item) not in seen:
                    seen.add(_identity(item))
                    groups.append((f"{prefix}{name}/", item))
            pending += reversed(groups)


def array_of(name: str, dataset: Any, dimensions: tuple[str, ...] = ()) -> Array:
    """What is known of one array."""
    attributes = attributes_of(dataset)
    unit = next((attributes.pop(key) for key in _UNITS if key in attributes), "")
    shape = dataset.shape
    if shape is None:
        return Array(name, (), "empty", attributes=attributes)
    return Array(
        name,
        tuple(map(int, shape)),
        "text" if dataset.dtype.kind == "O" else text(str(dataset.dtype)),
        dimensions=dimensions,
        chunks=tuple(map(int, dataset.chunks or ())),
        unit=unit,
        attributes=attributes,
    )


def attributes_of(item: Any) -> dict[str, str]:
    """The small attributes of a group or array, as text."""
    found = {}
    for name in list(item.attrs)[:_MOST_ATTRIBUTES]:
        if name in _NOT_SHOWN or name.startswith("_N"):
            continue
        try:
            handle = item.attrs.get_id(name)
            if handle.get_storage_size() > _MOST_ATTRIBUTE_BYTES:
                continue
            value = item.attrs[name]
        except (OSError, TypeError, ValueError, KeyError, RuntimeError):  # a type that h5py does not know
            continue
        found[name] = text(plain(value))
    return found


def plain(value: Any) -> Any:
    """A NumPy value as one of Python's."""
    return value.tolist() if hasattr(value, "tolist") else value


def _identity(item: Any) -> tuple[int, int]:
    import h5py

    info = h5py.h5o.get_info(item.id)
    if info is None:
        raise DamagedError("Its groups cannot be told apart.")
    return info.fileno, info.addr


FORMATS = (Hdf5(),)
