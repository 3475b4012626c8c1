"""Scripts that people hand in; what is refused is in the tests of the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.scripts import MAX_BYTES, Script, check_syntax, read_script


def write(tmp_path: Path, name: str, content: bytes = b"x = 1\n") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "in_repository"),
    [
        ("load.py", "load.py"),
        ("iris.py", "load_iris.py"),
        ("README.md", "loader_README.md"),
        ("Record.JSON", "loader_Record.JSON"),
        ("my loader.py", "my_loader.py"),
        (".hidden.py", "hidden.py"),
        ("été.py", "_t_.py"),
        ("-x", "x"),
    ],
)
def test_the_name_it_gets(tmp_path: Path, name: str, in_repository: str) -> None:
    assert read_script(write(tmp_path, name), "loader", "iris").file_name == in_repository


def test_the_text_as_it_is_but_for_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "a.py", "\ufeffx = 'é'\r\ny = 2\n".encode())
    assert read_script(path, "loader", "iris").text == "x = 'é'\ny = 2\n"


def test_as_large_as_may_be(tmp_path: Path) -> None:
    assert read_script(write(tmp_path, "a.py", b"#" * MAX_BYTES), "loader", "iris")
    with pytest.raises(CatalogError) as raised:
        read_script(write(tmp_path, "b.py", b"#" * (MAX_BYTES + 1)), "loader", "iris")
    assert [(field.pointer, field.code) for field in raised.value.fields] == [("/loader", "too_long")]


def test_a_device_is_no_script() -> None:
    with pytest.raises(CatalogError, match="is a device, not a file") as raised:
        read_script(Path("/dev/zero"), "batch_script", "iris")
    assert raised.value.fields[0].pointer == "/batch_script"


def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    for path, words in ((tmp_path / "pipe.py", "is a named pipe, not a file"), (tmp_path, "is a folder, not a file")):
        with pytest.raises(CatalogError, match=words) as raised:
            read_script(path, "loader", "iris")
        assert (raised.value.code, raised.value.fields[0].pointer) == ("not_found", "/loader")


def test_another_way_to_read_it(tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def read(path: str, limit: int) -> tuple[int, bytes]:
        asked.append((path, limit))
        return 5, b"x = 1"

    assert read_script(tmp_path / "gone.py", "loader", "iris", read=read) == Script("gone.py", "x = 1")
    assert asked == [(str(tmp_path / "gone.py"), MAX_BYTES)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = (\n", "at line 1"),
        ("x = 1\n  y = 2\n", "unexpected indent at line 2"),
        ("(" * 300, "is not valid Python"),
        ("x = '\\d'\n", None),
        ("await f()\n", None),
        ("x = 1\n", None),
    ],
)
def test_what_is_not_python_is_told(text: str, words: str | None) -> None:
    found = check_syntax(Script("load.py", text))
    assert bool(found) is (words is not None)
    if words:
        assert words in found[0].detail
    assert check_syntax(Script("load.R", text)) == []
