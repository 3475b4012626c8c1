"""The layout of the index: the search library's fields and their content.

The library is tantivy. It ranks broad queries about a hundred times faster than SQLite's FTS5, and its files never
change once written, so that a checksum detects damage.
"""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING

from huggingnersc_lab.index.entry import SHOWN, IndexEntry
from huggingnersc_lab.index.fields import TEXT_FIELDS, VALUE_FIELDS

if TYPE_CHECKING:
    from tantivy import Document, Index, Schema, TextAnalyzer

VERSION = 9
"""Raise it when indexed values change but the fields do not; a change of the fields is detected anyway."""

FOLDED = "folded"
"""The analyzer for texts: words of letters and digits, without case and accents."""

EXACT = "exact"
"""The analyzer for values: each as a whole, without case. Counts preserve the case."""

ID, PATH, SORT_KEY, UPDATED, BYTES, SUMMARY = "id", "path", "sort_key", "updated", "n_bytes", "summary"
"""Names of the other fields."""

SORT_KEY_PARTS = tuple(f"{SORT_KEY}_{number}" for number in range(4))
"""The start of :data:`SORT_KEY` split into numbers: the library sorts by text a hundred times more slowly."""

_PART_BYTES = 8
_TITLE_CHARACTERS = 256

UNKNOWN_BYTES = -1
"""Represents an unknown size."""


@cache
def analyzer() -> TextAnalyzer:
    """Splits texts into words, for both entries and queries."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(64))
    return words.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


def prepare(index: Index) -> None:
    """Register the analyzers with a newly opened index, and disable automatic updates."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    index.register_tokenizer(FOLDED, analyzer())
    index.register_tokenizer(EXACT, TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.lowercase()).build())
    index.register_fast_field_tokenizer(EXACT, TextAnalyzerBuilder(Tokenizer.raw()).build())
    index.config_reader(reload_policy="manual")


@cache
def schema() -> Schema:
    """The fields."""
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_text_field(ID, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(PATH, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(SUMMARY, stored=True)
    builder.add_bytes_field(SORT_KEY, stored=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=FOLDED)
    for field in VALUE_FIELDS.values():
        builder.add_text_field(field.index_name, fast=True, tokenizer_name=EXACT, index_option="basic")
    for part in SORT_KEY_PARTS:
        builder.add_unsigned_field(part, fast=True)
    for number in (UPDATED, BYTES):
        builder.add_integer_field(number, fast=True, indexed=True)
    return builder.build()


def document_of(entry: IndexEntry) -> Document:
    """An entry as a document of the library."""
    from tantivy import Document

    document = Document()
    document.add_text(ID, storable(entry.id))
    if entry.path:
        document.add_text(PATH, storable(plain_path(entry.path)))
    for name, text in TEXT_FIELDS.items():
        for value in text.values_of(entry):
            document.add_text(name, storable(value))
    for field in VALUE_FIELDS.values():
        for value in field.values_of(entry):
            document.add_text(field.index_name, storable(value))
    key = sort_key(entry)
    document.add_bytes(SORT_KEY, key)
    for number, part in enumerate(SORT_KEY_PARTS):
        piece = key[number * _PART_BYTES : (number + 1) * _PART_BYTES]
        document.add_unsigned(part, int.from_bytes(piece.ljust(_PART_BYTES, b"\0"), "big"))
    document.add_integer(UPDATED, entry.updated)
    document.add_integer(BYTES, UNKNOWN_BYTES if entry.n_bytes is None else entry.n_bytes)
    summary = dict(entry.summary)
    if entry.plain_description:
        summary["description"] = entry.plain_description[:SHOWN]
    document.add_bytes(SUMMARY, json.dumps(summary, separators=(",", ":")).encode())
    return document


def sort_key(entry: IndexEntry) -> bytes:
    """A sort key: title without case, then nickname, then key."""
    title = (entry.title or entry.name).casefold()[:_TITLE_CHARACTERS]
    return storable(f"{title}\0{entry.name}\0{entry.id}").encode()


def plain_path(path: str) -> str:
    """A path without what changes nothing of it, such as ``/`` at its end; no file system is asked.

    >>> plain_path("/data//sky/")
    '/data/sky'
    """
    return os.path.normpath(path).replace("//", "/", 1)


def storable(text: str) -> str:
    """The text without lone surrogates, which come from file names that are not UTF-8, or from bad JSON."""
    return text.encode("utf-8", "replace").decode()
