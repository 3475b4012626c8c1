"""What a README says besides its title: licence, labels, references, a card's front matter."""

from __future__ import annotations

import time

import pytest

from huggingnersc_lab.inspection.prefill.sources.readme import SOURCE, read


def said(text: str, name: str = "README.md") -> list[tuple[str, object]]:
    return [
        (one.member, one.value) for one in read(name, text.encode()) if one.member not in ("pretty_name", "description")
    ]


@pytest.mark.parametrize("name", ["README", "README.md", "readme.txt", "ReadMe.rst", "READ_ME.txt"])
def test_names(name: str) -> None:
    assert SOURCE.file_name.fullmatch(name)


@pytest.mark.parametrize("title", ["README", "Data", "The dataset", "Overview", "readme.txt"])
def test_titles_that_say_nothing(title: str) -> None:
    assert list(read("README.md", f"# {title}\n".encode())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The data is licensed under CC BY 4.0.", [("license", "cc-by-4.0")]),
        ("The code is under the MIT License.", []),
        ("Released under the MIT licence.", [("license", "mit")]),
        ("We thank MIT and Apache 2 for all.", []),
        ("The code has an MIT license, the data a CC0 one, see license.", [("license", "cc0-1.0")]),
        ("DOI: https://doi.org/10.5072/1", [("doi", "10.5072/1"), ("papers", ["10.5072/1"])]),
        ("- **Homepage:** <https://a.example.org/x>.", [("homepage", "https://a.example.org/x")]),
        ("GitHub: https://github.com/a/b", [("code", ["https://github.com/a/b"])]),
        ("**Keywords**: rain; *snow*.", [("tags", ["rain", "snow"])]),
        ("Paper: https://example.org/p.pdf", [("papers", ["https://example.org/p.pdf"])]),
        ("@article{a, title={b}} and so on", [("citation", "@article{a, title={b}}")]),
        ("@article{a, title={b", []),
    ],
)
def test_sentences(text: str, found: list[tuple[str, object]]) -> None:
    assert said(text) == found


def test_front_matter_that_is_no_yaml() -> None:
    assert said("---\na: *b\n---\n# T\n\nLicense: MIT License\n") == [("license", "mit")]


@pytest.mark.parametrize(
    "part", ["[![doi", "@misc{", "DOI: ", "license. A", "10.5072/", "![a](", "http://", "Keywords: a;", "---\n"]
)
def test_long_texts_take_little_time(part: str) -> None:
    begin = time.monotonic()
    list(read("README.md", (part * (200_000 // len(part))).encode()))
    assert time.monotonic() - begin < 30
