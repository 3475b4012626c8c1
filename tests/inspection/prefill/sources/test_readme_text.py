"""Titles and first paragraphs."""

from __future__ import annotations

import time

import pytest

from huggingnersc_lab.inspection.prefill.sources.readme_text import parse


@pytest.mark.parametrize(
    ("text", "extension", "title", "paragraph"),
    [
        ("# A *title* #\nA paragraph of some length.", "md", "A title", "A paragraph of some length."),
        ("A title\n=======\n\nA paragraph of some length.", "", "A title", "A paragraph of some length."),
        (
            "=======\nA title\n=======\n\nA ``code`` of :doc:`some <x>` length.",
            "rst",
            "A title",
            "A code of some length.",
        ),
        ("A title\n\nA paragraph of some length.", "txt", "A title", "A paragraph of some length."),
        ("A paragraph of some length.\n\n# Later", "md", "", "A paragraph of some length."),
        (
            "```\n# no title\n```\n# Title\n\n- a list of things\n\nThe paragraph, after a list.",
            "md",
            "Title",
            "The paragraph, after a list.",
        ),
        (
            "<!-- # no -->\n# Title\n\n[![b](b.svg)](b)\n\n**Page:** https://x.org/\n\nThe paragraph, after badges.",
            "md",
            "Title",
            "The paragraph, after badges.",
        ),
        (
            "# Title\n## Subtitle\nThe paragraph, after two headings.",
            "md",
            "Title",
            "The paragraph, after two headings.",
        ),
        ("", "md", "", ""),
        ("# " + "x" * 300, "md", "", ""),
    ],
)
def test_forms(text: str, extension: str, title: str, paragraph: str) -> None:
    found = parse(text, extension)
    assert (found.title, found.paragraph) == (title, paragraph)


@pytest.mark.parametrize("part", ["```\n", "<!--", "[", "*a", "`", "\n\n", "a_", "|", "=\n", ":a:`", "~~~\n", "# \n"])
def test_long_texts_take_little_time(part: str) -> None:
    begin = time.monotonic()
    parse(part * (100_000 // len(part)), "rst")
    parse(part * (100_000 // len(part)), "md")
    assert time.monotonic() - begin < 30
