"""The process that reads: it may crash, hang, run out of memory."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.inspection import reader as readers
from huggingnersc_lab.inspection.problem import Problem
from huggingnersc_lab.inspection.reader import Reader

TOY = """
import os, sys, time
from huggingnersc_lab.inspection import reader_main, registry
from huggingnersc_lab.inspection.description import Description
from huggingnersc_lab.inspection.formats.base import Format
class Toy(Format):
    name, title, suffixes = "toy", "Toy", ("toy",)
    def sniff(self, name, head): return True
    def describe(self, path):
        exec(open(path).read())
        return Description(rows=3, notes=[str(sorted(os.environ))])
registry.formats()["toy"] = Toy()
reader_main.main()
"""


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets a process run a piece of Python in place of reading a file."""
    home = str(Path(readers.__file__).parents[2])
    start = f"import sys; sys.path[:] = {[home, *sys.path]!r}\n{TOY}"
    monkeypatch.setattr(readers, "command", lambda: [sys.executable, "-I", "-S", "-B", "-c", start])

    def run(code: str, reader: Reader) -> Any:
        (tmp_path / "file.toy").write_text(code)
        return reader.describe(str(tmp_path), "file.toy", "toy")[1]

    return run


def test_one_process_reads_many_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with Reader() as reader:
        first = reader.describe(str(tmp_path), "a.csv", "csv")
        process = reader._process
        second = reader.describe(str(tmp_path), "a.csv", None)
        assert reader._process is process
    assert first[0] == "csv"
    assert not isinstance(first[1], Problem)
    assert first[1]["rows"] == 1
    assert second[0] == "text"
    assert process is not None
    assert process.returncode is not None


def test_it_is_replaced_after_a_file_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.npy").write_bytes(b"\x93NUMPY\x01\x00\xff\xff{")
    with Reader() as reader:
        _, problem = reader.describe(str(tmp_path), "a.npy", "npy")
        assert reader._process is None
    assert problem == Problem("a.npy", "damaged", "Its header is not valid.")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("time.sleep(60)", "longer than 0.5 seconds"),
        ("while True: pass", "longer than 0.5 seconds"),
        ("import signal; os.kill(os.getpid(), signal.SIGSEGV)", "crashed the process that read it, which ended by sig"),
        ("os._exit(3)", "with exit code 3"),
        ("bytearray(2**40)", "too much memory"),
        ("raise Exception('\\x1b[31m' + 'x' * 10**6)", "cannot be read as Toy"),
        ("raise SystemExit", "with exit code 0"),
    ],
)
def test_what_a_file_may_do(toy: Any, code: str, why: str) -> None:
    with Reader(0.5) as reader:
        began = time.monotonic()
        problem = toy(code, reader)
        assert isinstance(problem, Problem)
        assert why in problem.detail
        assert len(problem.detail) < 400
        assert time.monotonic() - began < 30
        assert toy("pass", reader)["rows"] == 3


def test_it_has_no_secrets_and_writes_nothing(toy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with Reader() as reader:
        assert "HF_TOKEN" not in toy("pass", reader)["notes"][0]
        problem = toy(f"open({str(tmp_path / 'new')!r}, 'w').write('x' * 10**5)", reader)
        assert isinstance(problem, Problem)
    assert not (tmp_path / "new").exists() or (tmp_path / "new").stat().st_size == 0


def test_what_a_library_prints_is_no_answer(toy: Any) -> None:
    with Reader() as reader:
        assert toy("os.write(1, b'{}\\n')", reader)["rows"] == 3


def test_names_of_any_bytes(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9\n.csv")
    Path(f"{tmp_path}/{name}").write_text("a\n1\n")
    with Reader() as reader:
        assert reader.describe(str(tmp_path), name, "csv")[0] == "csv"
