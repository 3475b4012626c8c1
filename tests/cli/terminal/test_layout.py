"""Text that fits a terminal, and nothing that could drive one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from huggingnersc_lab.cli.terminal.layout import display_width, facts, fill, printable, table, terminal_width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes standard output a terminal of 40 columns; pytest sets the streams anew when a test begins."""
    monkeypatch.setenv("COLUMNS", "40")
    return lambda: monkeypatch.setattr("sys.stdout", Terminal())


def test_a_pipe_has_no_width_and_a_terminal_at_least_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    assert terminal_width(io.StringIO()) is None
    monkeypatch.setenv("COLUMNS", "3")
    assert terminal_width(Terminal()) == 20


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("a\x1b[31mb\rc\x9bd", "a\ufffd[31mb\ufffdc\ufffdd"),
        ("a\u202eb\u2066c\u2028d", "a\ufffdb\ufffdc\ufffdd"),
        ("Größe 日本 ✓", "Größe 日本 ✓"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_a_terminal_would_obey_is_not_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_lines_break_between_words_and_paths_never() -> None:
    path = "/global/cfs/cdirs/m1234/www/a-very-long-name/of-a-folder"
    lines = fill(f"It is in {path} now", 30, first="Note: ", indent="  ").split("\n")
    assert lines == ["Note: It is in", f"  {path}", "  now"]


def test_a_pipe_gets_whole_lines() -> None:
    assert fill("a " * 100, None) == ("a " * 100).rstrip()


def test_lines_that_were_there_stay() -> None:
    assert fill("a\n\nb", 40, first="x ", indent="  ") == "x a\n\n  b"


def test_facts_stand_in_a_column(narrow: Callable[[], None]) -> None:
    narrow()
    text = facts([("Name", "iris"), ("Nothing", None), ("Description", "Length and width of sepals and petals")])
    assert text.split("\n") == [
        "Name         iris",
        "Description  Length and width of sepals",
        "             and petals",
    ]
    assert facts([]) == ""


def test_a_table_that_is_too_wide_is_cut_where_it_hurts_least(narrow: Callable[[], None]) -> None:
    narrow()
    rows = [("iris", "A title that is much longer than it should be", "/data/iris")]
    lines = table(rows, ("NAME", "TITLE", "PATH"), shorten="TITLE").split("\n")
    assert lines[1] == "iris  A title that is much…   /data/iris"


def test_a_table_in_a_pipe_is_whole() -> None:
    title = "x" * 300
    assert title in table([(title, "b")], ("A", "B"), shorten="A")


def test_wide_and_combining_characters_are_measured() -> None:
    assert (display_width("abc"), display_width("日本"), display_width("e\u0301")) == (3, 4, 1)
    rows = table([("日本", "x"), ("e\u0301", "y")], ("A", "B")).split("\n")
    assert rows == ["A     B", "日本  x", "e\u0301     y"]


def test_a_cell_is_one_line() -> None:
    assert table([("a\nb", "c")], ("A", "B")).split("\n")[1] == "a b  c"
