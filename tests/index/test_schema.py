"""The layout of the index."""

from __future__ import annotations

import itertools

import pytest

from huggingnersc_lab.index import IndexEntry
from huggingnersc_lab.index.schema import (
    BYTES,
    SORT_KEY,
    SORT_KEY_PARTS,
    UNKNOWN_BYTES,
    UPDATED,
    analyzer,
    document_of,
    sort_key,
    storable,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dark-matter halos_2", ["dark", "matter", "halos", "2"]),
        ("Größe, naïve Ångström", ["grosse", "naive", "angstrom"]),
        ("x" * 64, []),
        ("x" * 63, ["x" * 63]),
        ("🙂 -- ", []),
    ],
)
def test_texts_are_split_into_words(text: str, words: list[str]) -> None:
    assert analyzer().analyze(text) == words


def test_a_document_has_the_entry() -> None:
    entry = IndexEntry("sky", "The Sky", ("fits",), "A *map*", updated=5, n_bytes=7, summary={"name": "sky"})
    document = document_of(entry).to_dict()
    assert (document["id"], document["title"], document["tags"]) == (["sky"], ["The Sky"], ["fits"])
    assert (document["facet_tag"], document["description"]) == (["fits"], ["A map"])
    assert (document[UPDATED], document[BYTES]) == ([5], [7])
    assert bytes(document["summary"][0]) == b'{"name":"sky","description":"A map"}'
    assert document_of(IndexEntry("sky")).to_dict()[BYTES] == [UNKNOWN_BYTES]


def test_the_parts_of_the_sort_key_are_ordered_as_it_is() -> None:
    titles = [
        "",
        "a",
        "A b",
        "ab",
        "ab c",
        "Zebra",
        "zebra",
        "ß",
        "é" * 20,
        "\U0001f642" * 9,
        "x" * 400,
        "x" * 31,
        "x" * 32,
    ]
    entries = [IndexEntry(name, title) for title in titles for name in ("one", "two")]

    def parts(entry: IndexEntry) -> list[int]:
        document = document_of(entry).to_dict()
        assert bytes(document[SORT_KEY][0]) == sort_key(entry)
        return [document[part][0] for part in SORT_KEY_PARTS]

    by_parts = sorted(entries, key=lambda entry: (parts(entry), sort_key(entry)))
    assert by_parts == sorted(entries, key=sort_key)
    assert all(0 <= part < 2**64 for entry in entries for part in parts(entry))


def test_the_title_counts_before_the_nickname_and_case_does_not() -> None:
    ordered = [IndexEntry("z", "alpha"), IndexEntry("a", "Beta"), IndexEntry("b", "beta"), IndexEntry("beta2")]
    for first, second in itertools.pairwise(ordered):
        assert sort_key(first) < sort_key(second)


def test_halves_of_characters_are_replaced() -> None:
    assert storable("a\ud800b") == "a?b"
    assert storable("größe 🙂") == "größe 🙂"
    assert sort_key(IndexEntry("\ud800"))
