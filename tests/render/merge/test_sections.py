"""Bodies of cards, cut into sections and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.render.merge.sections import (
    INTRODUCTION,
    Heading,
    headings,
    join_sections,
    key_of,
    split_sections,
)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("# A\n\n### B `c`  d ###\n", [Heading(1, "A", 0), Heading(3, "B `c` d", 2)]),
        ("x\n\nA\nb\n===\n\nC\n---\n", [Heading(1, "A b", 2), Heading(2, "C", 6)]),
        ("```\n# A\n```\n\n    # B\n\n> # C\n\n- # D\n\n<!--\n# E\n-->\n", []),
        ('<h1 align="center">A <b>b</b>\nc</h1>\n\n## D\n', [Heading(1, "A b c", 0), Heading(2, "D", 3)]),
        ("<div>\n<H1>A</H1 >\n</div>\n", [Heading(1, "A", 0)]),
        ("<!-- <h1>A</h1> -->\n", []),
        ("<!-- x --> <h1>B</h1>\n", [Heading(1, "B", 0)]),
        ("<h1x>A</h1x>\n\n<h2>B</h2>\n", []),
        ("#A\n", []),
        ("##\n", [Heading(2, "", 0)]),
    ],
)
def test_headings(body: str, found: list[Heading]) -> None:
    assert list(headings(body)) == found


def test_sections_in_their_order() -> None:
    body = "\nIntro.\n\n# T\n\n## A\nx\n\n### B\n\ny\n\n## A\n\n\n## C"
    sections = split_sections(body)
    assert {key: its.raw for key, its in sections.items()} == {
        "": "\nIntro.\n\n",
        "h1 T": "# T\n\n",
        "h2 A": "## A\nx\n\n### B\n\ny\n\n",
        "h2 A\n2": "## A\n\n\n",
        "h2 C": "## C",
    }
    assert [(its.title, its.level) for its in sections.values()] == [
        (INTRODUCTION, 0),
        ("T", 1),
        ("A", 2),
        ("A", 2),
        ("C", 2),
    ]
    assert sections["h2 A"].text == "## A\nx\n\n### B\n\ny"
    assert list(split_sections(body, depth=3)) == ["", "h1 T", "h2 A", "h3 B", "h2 A\n2", "h2 C"]
    assert list(split_sections(body, depth=1)) == ["", "h1 T"]
    assert split_sections("") == {}
    assert key_of(2, "A") == "h2 A"


def test_blank_lines_at_the_ends_make_no_difference() -> None:
    one, other = split_sections("## A\n\nx\n\n\n## B\n")["h2 A"], split_sections("## A\n\nx")["h2 A"]
    assert one == other
    assert one.raw != other.raw
    assert one != split_sections("## A\n\ny")["h2 A"]


def test_only_an_introduction_keeps_its_indent() -> None:
    """Which may be a block of code; a heading's could make it a part of a list."""
    sections = split_sections("\n    code\n\n  ## A\n")
    assert (sections[""].text, sections["h2 A"].text) == ("    code", "## A")


BODIES = st.lists(st.sampled_from(["# A\n", "## B\n", "x\n", "\n", "```\n", "<!--\n", "- y\n", "---\n", "  "]))


@given(BODIES.map("".join))
def test_the_raw_texts_are_the_body(body: str) -> None:
    assert "".join(section.raw for section in split_sections(body).values()) == body


def test_a_section_that_moved_is_set_apart() -> None:
    assert join_sections([("# A\n\n\n\n", True), ("## B\n", True)]) == "# A\n\n\n\n## B\n"
    assert join_sections([("# A\n\n\n\n", True), ("## B\n", False)]) == "# A\n\n## B\n"
    assert join_sections([("# A", True), ("## B", False), ("## C", False)]) == "# A\n\n## B\n\n## C"
    assert join_sections([("\n", True), ("## B\n", False)]) == "\n## B\n"
    assert join_sections([]) == ""


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("```py\nx\n", "```py\nx\n```"),
        ("~~~~\n```\n", "~~~~\n```\n~~~~"),
        ("a\n\n```\nx\n", "a\n\n```\nx\n```"),
        ("<!-- x\n", "<!-- x\n-->"),
        ("```\nx\n```\n", "```\nx\n```"),
        ("- x\n", "- x"),
        ("    x\n", "    x"),
    ],
)
def test_what_was_left_open_is_closed_before_the_next(opened: str, closed: str) -> None:
    joined = join_sections([(opened, True), ("## B\n", False)])
    assert joined == f"{closed}\n\n## B\n"
    assert [heading.title for heading in headings(joined)] == ["B"]
