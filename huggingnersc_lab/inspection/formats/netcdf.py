"""NetCDF: version 4 is HDF5, by h5py; the classic forms are read by SciPy. Conventions: CF, ACDD."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from huggingnersc_lab.inspection.description import Array, Description, text
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, open_regular
from huggingnersc_lab.inspection.formats.hdf5 import array_of, datasets, plain

_MOST_SCALES = 100
_HDF5 = b"\x89HDF\r\n\x1a\n"
_ACDD = {
    "time": ("time_coverage_start", "time_coverage_end"),
    "latitude": ("geospatial_lat_min", "geospatial_lat_max"),
    "longitude": ("geospatial_lon_min", "geospatial_lon_max"),
    "vertical": ("geospatial_vertical_min", "geospatial_vertical_max"),
}


class NetCdf(Format):
    """Variables with their dimensions, units and attributes, and what the coordinates cover."""

    name = "netcdf"
    title = "netCDF"
    suffixes = ("nc", "nc4", "netcdf", "cdf")
    magic = (b"CDF\x01", b"CDF\x02", b"CDF\x05", _HDF5)

    def describe(self, path: str) -> Description:
        """The header; of coordinates the first and the last value."""
        with open_regular(path) as stream:
            head = stream.read(8)
        found = Description()
        if head == _HDF5:
            self._hierarchical(path, found)
        elif head.startswith(b"CDF\x05"):
            raise DamagedError("It is netCDF's 64-bit data format (CDF-5), which is not supported.")
        else:
            self._classic(path, found)
        for name, (low, high) in _ACDD.items():
            if low in found.attributes and high in found.attributes:
                found.coverage[name] = (found.attributes[low], found.attributes[high])
        return found

    @staticmethod
    def _hierarchical(path: str, found: Description) -> None:
        for name, dataset in datasets(path, found):
            attributes = dataset.attrs
            with contextlib.suppress(Exception):  # a dimension without a variable
                if bytes(plain(attributes.get("NAME", b""))).startswith(b"This is a netCDF dimension but not a"):
                    continue
            dimensions = tuple(_scale(dataset, axis) for axis in range(len(dataset.shape or ())))
            if dataset.is_scale and len(dataset.shape) == 1:
                dimensions = (name.rpartition("/")[2],)
            array = array_of(name, dataset, dimensions if all(dimensions) else ())
            found.add_array(array)
            if len(found.coverage) < _MOST_SCALES:
                _cover(found, array, dataset.__getitem__)

    @staticmethod
    def _classic(path: str, found: Description) -> None:
        from scipy.io import netcdf_file

        with netcdf_file(path, "r", mmap=True) as file:
            found.attributes.update({key: text(plain(value)) for key, value in file._attributes.items()})  # noqa: SLF001 - there is no other way
            for name in list(file.variables):  # nothing may refer to the mapped file when it is closed
                _add_classic(found, name, file.variables.pop(name))


def _add_classic(found: Description, name: str, variable: Any) -> None:
    attributes = {key: text(plain(value)) for key, value in variable._attributes.items()}  # noqa: SLF001
    unit = attributes.pop("units", "")
    array = Array(
        name,
        tuple(map(int, variable.shape)),
        str(variable.data.dtype.newbyteorder("=")),
        dimensions=tuple(variable.dimensions),
        unit=unit,
        attributes=attributes,
    )
    found.add_array(array)
    _cover(found, array, variable.data.__getitem__)


def _scale(dataset: Any, axis: int) -> str:
    try:
        dimension = dataset.dims[axis]
        return str(dimension[0].name.rpartition("/")[2]) if len(dimension) else ""
    except (RuntimeError, OSError, ValueError, KeyError):
        return ""


def _cover(found: Description, array: Array, value_at: Callable[[int], Any]) -> None:
    """The first and the last value of a coordinate: a variable of one dimension that has its name."""
    name = array.name.rpartition("/")[2]
    if array.dimensions != (name,) or not array.shape[0]:
        return
    try:
        first, last = text(plain(value_at(0))), text(plain(value_at(-1)))
    except (OSError, RuntimeError, ValueError, IndexError):
        found.notes.append(f"The values of {text(name)} cannot be read.")
        return
    unit = f" {array.unit}" if array.unit else ""
    found.coverage[name] = (first + unit, last + unit)


FORMATS = (NetCdf(),)
