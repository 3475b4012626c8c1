"""NetCDF: version 4 written as h5py's dimension scales, the classic form by xarray and SciPy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import xarray as xr


def test_classic(tmp_path: Path, describe: Any) -> None:
    data = xr.Dataset(
        {"t": (("time", "lat"), np.zeros((3, 4), "f4"), {"units": "K", "long_name": "temperature"})},
        {
            "time": ("time", np.arange(3, dtype="f8"), {"units": "days since 1998-01-01"}),
            "lat": ("lat", [-90.0, -30, 30, 90], {"units": "degrees_north"}),
        },
        {"title": "Air", "time_coverage_start": "1998-01-01", "time_coverage_end": "1998-01-03"},
    )
    data.to_netcdf(tmp_path / "a.nc", engine="scipy")
    found = describe(tmp_path / "a.nc", "netcdf")
    arrays = {one["name"]: one for one in found["arrays"]}
    assert arrays["t"]["dimensions"] == ["time", "lat"]
    assert (arrays["t"]["shape"], arrays["t"]["type"], arrays["t"]["unit"]) == ([3, 4], "float32", "K")
    assert arrays["t"]["attributes"]["long_name"] == "temperature"
    assert found["attributes"]["title"] == "Air"
    assert found["coverage"]["lat"] == ["-90 degrees_north", "90 degrees_north"]
    assert found["coverage"]["time"] == ["1998-01-01", "1998-01-03"]  # ACDD wins over the coordinate


def test_version_4(tmp_path: Path, describe: Any) -> None:
    with h5py.File(tmp_path / "a.nc", "w") as file:
        file.attrs.update({"geospatial_lat_min": -90.0, "geospatial_lat_max": 90.0})
        file["lat"] = np.linspace(-90, 90, 5)
        file["lat"].attrs["units"] = "degrees_north"
        file["lat"].make_scale("lat")
        file["x"] = np.zeros(3)
        file["x"].make_scale("This is a netCDF dimension but not a netCDF variable.         3")
        file["t"] = np.zeros((5, 3))
        for axis, name in enumerate(("lat", "x")):
            file["t"].dims[axis].attach_scale(file[name])
    found = describe(tmp_path / "a.nc", "netcdf")
    arrays = {one["name"]: one for one in found["arrays"]}
    assert set(arrays) == {"lat", "t"}
    assert (arrays["t"]["dimensions"], arrays["lat"]["unit"]) == (["lat", "x"], "degrees_north")
    assert found["coverage"] == {"lat": ["-90 degrees_north", "90 degrees_north"], "latitude": ["-90", "90"]}


def test_what_is_not_supported_is_said(tmp_path: Path, refuse: Any) -> None:
    (tmp_path / "a.nc").write_bytes(b"CDF\x05" + bytes(100))
    assert "CDF-5" in refuse(tmp_path / "a.nc", "netcdf")["detail"]


def test_damaged(tmp_path: Path, refuse: Any) -> None:
    for content in (b"CDF\x01", b"CDF\x01\xff\xff\xff\xff\0\0\0\x0a\x7f\xff\xff\xff", b"CDF\x02" + b"\x7f" * 100):
        (tmp_path / "a.nc").write_bytes(content)
        assert refuse(tmp_path / "a.nc", "netcdf")["code"] in ("damaged", "limit")
