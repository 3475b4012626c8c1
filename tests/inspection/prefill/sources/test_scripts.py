"""Which scripts look like loaders."""

from __future__ import annotations

import pytest

from huggingnersc_lab.inspection.prefill.sources.scripts import SOURCE, likelihood, read
from huggingnersc_lab.inspection.prefill.suggestion import UnreadableSourceError


@pytest.mark.parametrize(
    "name", ["load.py", "load_iris.py", "read_data.py", "reader.py", "data_loader.py", "loading.py", "dataloader.py"]
)
def test_names(name: str) -> None:
    assert SOURCE.file_name.fullmatch(name)
    assert [one.passage for one in read(name, b"x = 1\n")] == [f"{name} is named like a loader"]
    assert likelihood(name) < likelihood("analysis.py")


@pytest.mark.parametrize(
    "name", ["test_load.py", "train.py", "setup.py", "plot_rain.py", "download_data.py", "analysis.py"]
)
def test_other_names(name: str) -> None:
    assert list(read(name, b"x = 1\n")) == []


def test_imports() -> None:
    found = list(read("rain.py", b"import os.path, h5py as h\nfrom xarray.core import a\nfrom . import pandas\n"))
    assert [one.passage for one in found] == ["rain.py imports h5py, xarray"]


@pytest.mark.parametrize("content", [b"import pandas as\n", b"(" * 10_000, b"\0", b"-" * 100_000 + b"1"])
def test_what_is_no_python(content: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        list(read("load.py", content))


@pytest.mark.parametrize("name", ["load.py.txt", "-load.py", "lo ad.py", ".load.py", "load.PY"])
def test_names_that_a_record_cannot_have(name: str) -> None:
    assert not SOURCE.file_name.fullmatch(name)
