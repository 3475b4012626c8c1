from __future__ import annotations

import ast
import base64
import csv
import inspect
import io
import struct
import sys
import types
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.render.cells import first_look


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What is shown as rich output."""
    shown: list[dict[str, str]] = []
    monkeypatch.setattr(first_look, "_look_display", lambda data, raw: shown.append(data))
    return shown


def _look(capsys: pytest.CaptureFixture[str], **names: object) -> str:
    first_look._look_at(names, {"DATA_PATH"})
    return capsys.readouterr().out


def test_it_takes_no_name_from_the_loader() -> None:
    names = {
        target
        for node in ast.parse(inspect.getsource(first_look)).body
        for target in (
            [node.name]
            if isinstance(node, ast.FunctionDef)
            else [alias.asname or alias.name for alias in node.names]
            if isinstance(node, (ast.Import, ast.ImportFrom))
            else [name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)]
        )
    }
    assert names
    assert [name for name in names if not name.lower().startswith("_look")] == []


def test_rows_are_shown_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"n": i, "text": "x" * 200, "s": "a\nb"} for i in range(1_000)]
    assert _look(capsys, rows=rows) == (
        "rows: list, 1,000 items\n"
        "  n  text                      s\n" + "".join(f"  {i}  {'x' * 23}…  a b\n" for i in range(5)) + "\n"
    )
    assert "  a  b\n  1  2\n" in _look(capsys, rows=list(csv.reader(io.StringIO("a,b\n1,2\n"))))


def test_nothing_is_read_from_what_can_be_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    reader = csv.reader(io.StringIO("a,b\n1,2\n"))
    numbers: Iterator[int] = iter(range(10))
    text = _look(capsys, reader=reader, numbers=numbers)
    assert text.count("(an iterator; no items were consumed)") == 2
    assert (next(reader), next(numbers)) == (["a", "b"], 0)


def test_dictionaries_show_their_members(capsys: pytest.CaptureFixture[str]) -> None:
    text = _look(capsys, table={"a": [1, 2], "b": "x" * 500, **{str(i): None for i in range(100)}})
    assert text.startswith("table: dict, 102 items\n  a: list, 2 items\n  b: 'xxx")
    assert "  … and 82 more\n" in text
    assert len(text) < 1_000


def test_what_is_no_data_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    names = {"json": ast, "load": _look, "Reader": dict, "path": Path("/x"), "_private": 1, "DATA_PATH": "/x", "In": []}
    assert _look(capsys, **names) == "The loader left no data in a variable; its output is shown above.\n"


def test_many_names_are_listed_only(capsys: pytest.CaptureFixture[str]) -> None:
    text = _look(capsys, **{f"n{i}": i for i in range(40)})
    assert text.count(": int") == 12
    assert "Other variables: n12, n13," in text
    assert text.endswith(" and 8 more\n")


def test_an_object_that_fails_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken:
        def __len__(self) -> int:
            raise OSError("file is closed")

    assert "bad: cannot be shown (OSError).\n\nn: int\n3\n" in _look(capsys, bad=Broken(), n=3)


@pytest.mark.parametrize(
    "value", ["x" * 10**7, b"x" * 10**7, list(range(10**6)), {"a": "x" * 10**7}, ["x" * 10**7] * 9]
)
def test_never_much_is_printed(capsys: pytest.CaptureFixture[str], value: object) -> None:
    assert len(_look(capsys, value=value)) < 1_000


def test_rich_objects_show_themselves_unless_they_are_huge(
    capsys: pytest.CaptureFixture[str], displayed: list[dict[str, str]]
) -> None:
    class Rich:
        def __init__(self, size: int) -> None:
            self.size = size

        def _repr_html_(self) -> str:
            return "<b>" + "x" * self.size + "</b>"

        def __repr__(self) -> str:
            return "plain " * self.size

    text = _look(capsys, small=Rich(3), huge=Rich(10**6))
    assert displayed == [{"text/html": "<b>xxx</b>", "text/plain": "plain plain plain "}]
    assert len(text) < 5_000


def test_arrays_show_a_corner(capsys: pytest.CaptureFixture[str]) -> None:
    numpy = pytest.importorskip("numpy", reason="the test needs numpy")
    text = _look(capsys, a=numpy.zeros((1000, 1000, 1000), dtype="int8"), b=numpy.float32(2.5), c=numpy.arange(3))
    assert "a: numpy ndarray, shape (1000, 1000, 1000), int8\n[[[0 0 0 0 0]" in text
    assert "b: numpy float32, shape (), float32\n2.5\n" in text
    assert "c: numpy ndarray, shape (3,), int64\n[0 1 2]\n" in text
    assert len(text) < 2_000


def test_data_frames_show_their_head(capsys: pytest.CaptureFixture[str], displayed: list[dict[str, str]]) -> None:
    pandas = pytest.importorskip("pandas", reason="the test needs pandas")
    frame = pandas.DataFrame({f"c{i}": range(1000) for i in range(30)})
    text = _look(capsys, frame=frame, column=frame["c0"])
    assert text.startswith("frame: pandas DataFrame, shape (1000, 30), columns c0, c1, ")
    assert "c19 and 10 more" in text
    assert displayed[0]["text/html"].count("<tr") == 6
    assert "column: pandas Series, shape (1000,), int64" in text


def test_hdf5_files_show_what_is_in_them_without_reading_it(capsys: pytest.CaptureFixture[str]) -> None:
    h5py: Any = pytest.importorskip("h5py", reason="the test needs h5py")
    with h5py.File("memory.h5", "w", driver="core", backing_store=False) as file:
        file.create_dataset("maps", shape=(10**6, 10**6), dtype="f4", chunks=True)
        text = _look(capsys, file=file, maps=file["maps"])
    assert "  maps: h5py Dataset, shape (1000000, 1000000), float32\n" in text
    assert "[[0. 0. 0. 0. 0.]" in text


def test_xarray_sums_itself_up(capsys: pytest.CaptureFixture[str], displayed: list[dict[str, str]]) -> None:
    xarray = pytest.importorskip("xarray", reason="the test needs xarray")
    _look(capsys, data=xarray.Dataset({"t": ("x", range(1000))}), one=xarray.DataArray(range(1000), dims="x"))
    assert len(displayed) == 2
    assert "Dimensions" in displayed[0]["text/plain"]


def test_only_data_is_looked_at(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import __future__

    import collections
    import contextlib
    import functools
    import logging
    import sqlite3
    import threading
    import zipfile

    class Closed:  # as h5py and netCDF4 leave their files
        closed = True

        def close(self) -> None: ...

        def keys(self) -> None:
            raise ValueError("Not a file id")

        def __len__(self) -> int:
            raise ValueError("Not a file id")

        def __getitem__(self, key: object) -> None: ...

    class Opened(dict[str, int]):
        def close(self) -> None: ...

    path = tmp_path / "x.zip"
    with path.open("wb") as handle, zipfile.ZipFile(path, "w") as archive:
        tools = {
            "annotations": __future__.annotations,
            "handle": handle,
            "archive": archive,
            "database": sqlite3.connect(":memory:"),
            "thread": threading.current_thread(),
            "cached": functools.lru_cache(len),
            "part": functools.partial(len),
            "logger": logging.getLogger("x"),
            "stack": contextlib.ExitStack(),
            "modules": collections,
            "method": [].append,
            "closed": Closed(),
            "code": compile("1", "x", "eval"),
        }
        assert _look(capsys, **tools) == "The loader left no data in a variable; its output is shown above.\n"
        assert _look(capsys, **tools, opened=Opened(a=1), counts=collections.Counter("aab")) == (
            "opened: tests Opened, 1 items\n  a: 1\n\ncounts: collections Counter, 2 items\n  a: 2\n  b: 1\n\n"
        )


def _pixels(picture: str) -> tuple[int, int, int, bytes]:
    """Width, height, colour type and the raw lines of a PNG."""
    content = base64.b64decode(picture)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    parts, place = {}, 8
    while place < len(content):
        size, tag = struct.unpack(">I4s", content[place : place + 8])
        data = content[place + 8 : place + 8 + size]
        (check,) = struct.unpack(">I", content[place + 8 + size : place + 12 + size])
        assert check == zlib.crc32(tag + data)
        parts[tag] = data
        place += 12 + size
    width, height, _, color, *_ = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    return width, height, color, zlib.decompress(parts[b"IDAT"])


@pytest.mark.parametrize(("shape", "color"), [((16, 20), 0), ((16, 20, 1), 0), ((16, 20, 3), 2), ((16, 20, 4), 6)])
def test_an_array_of_pixels_is_shown_as_a_picture(
    displayed: list[dict[str, str]], capsys: pytest.CaptureFixture[str], shape: tuple[int, ...], color: int
) -> None:
    numpy = pytest.importorskip("numpy")
    array = numpy.arange(numpy.prod(shape), dtype="uint8").reshape(shape)
    assert _look(capsys, image=array).startswith("image: numpy ndarray, shape")
    (shown,) = displayed
    width, height, found, lines = _pixels(shown["image/png"])
    assert (width, height, found) == (20, 16, color)
    assert lines == b"".join(b"\0" + row.tobytes() for row in array)


def test_a_large_picture_is_made_smaller(displayed: list[dict[str, str]], capsys: pytest.CaptureFixture[str]) -> None:
    numpy = pytest.importorskip("numpy")
    _look(capsys, image=numpy.zeros((3000, 100), dtype="uint8"))
    assert _pixels(displayed[0]["image/png"])[:2] == (20, 600)


def test_what_is_no_picture_is_shown_as_numbers(
    displayed: list[dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    numpy = pytest.importorskip("numpy")
    _look(capsys, small=numpy.zeros((4, 4), dtype="uint8"), deep=numpy.zeros((20, 20, 7), dtype="uint8"))
    _look(capsys, masks=numpy.zeros((20, 20), dtype="float32"))
    assert displayed == []


def test_an_image_of_a_library_shows_itself(
    displayed: list[dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    class Image:
        def _repr_png_(self) -> bytes:
            return b"png"

        def close(self) -> None: ...

        def read(self) -> None: ...

    _look(capsys, image=Image())
    assert displayed == [{"image/png": "cG5n", "text/plain": "(image, as a picture)"}]


def test_numbers_of_tables_are_found() -> None:
    rows: list[dict[str, object]] = [
        {"n": n, "x": n / 2, "word": "a", "flag": True, "gap": None, "nan": float("nan")} for n in range(10)
    ]
    assert first_look._look_numbers(rows) == {
        "n": [float(n) for n in range(10)],
        "x": [n / 2 for n in range(10)],
    }
    assert first_look._look_numbers(rows[:3]) == {}  # too few to be drawn
    assert first_look._look_numbers("text") == first_look._look_numbers([]) == first_look._look_numbers([1, 2]) == {}
    pandas = pytest.importorskip("pandas")
    assert first_look._look_numbers(pandas.DataFrame(rows)) == first_look._look_numbers(rows)
    assert first_look._look_numbers(pandas.DataFrame(rows)["n"].to_numpy()) == {"": [float(n) for n in range(10)]}


def test_numbers_are_drawn_where_matplotlib_is(
    displayed: list[dict[str, str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"n": n, "m$": n} for n in range(10)]
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)  # as where it is not installed
    _look(capsys, rows=rows)
    assert displayed == []
    drawn: list[tuple[str, list[float]]] = []

    class Axes:
        def hist(self, numbers: list[float], bins: int) -> None:
            drawn.append(("", numbers))

        def set_title(self, title: str, **_: object) -> None:
            drawn[-1] = (title, drawn[-1][1])

        def tick_params(self, **_: object) -> None: ...

        def set_yticks(self, _: object) -> None: ...

    class Figure:
        def __init__(self, **_: object) -> None: ...

        def subplots(self, rows: int, columns: int, squeeze: bool) -> list[list[Axes]]:
            return [[Axes() for _ in range(columns)] for _ in range(rows)]

        def savefig(self, target: io.BytesIO, **_: object) -> None:
            target.write(b"plot")

    module = types.ModuleType("matplotlib.figure")
    module.Figure = Figure  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "matplotlib", types.ModuleType("matplotlib"))
    monkeypatch.setitem(sys.modules, "matplotlib.figure", module)
    _look(capsys, rows=rows)
    numbers = [float(n) for n in range(10)]
    assert drawn == [("n", numbers), ("m\\$", numbers)]
    assert displayed == [{"image/png": "cGxvdA==", "text/plain": "(distribution of the numbers in rows)"}]
