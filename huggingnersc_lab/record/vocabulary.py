"""The words a dataset card may use: licences, tasks, languages, sizes, tags.

``vocabulary.json`` and ``languages.json`` beside this file are made by
``scripts/make_vocabulary.py``. The 8,000 languages are apart because they take ten times as long to
read as all the rest, and a command that checks no record needs none of them.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import inf
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.hub_tags import tags_of_terms, terms_of_reply
from huggingnersc_lab.record.nearest import NearestMatch
from huggingnersc_lab.record.row_count import parse_row_count
from huggingnersc_lab.record.term import Term

LISTS = (
    "annotations_creators",
    "domains",
    "formats",
    "language_creators",
    "languages",
    "libraries",
    "licenses",
    "modalities",
    "multilinguality",
    "size_categories",
    "task_categories",
    "task_ids",
)
"""The names of the lists; a field of the schema names its list as ``x-vocabulary``."""

TAG_LISTS = ("domains", "formats", "modalities", "libraries")
"""The lists that together are the list ``known_tags``."""

REFRESHED_FILE = "hub-vocabulary.json"
"""The file, in the folder given, that keeps what the Hub has added."""

_BCP47 = re.compile(r"([a-z]{2,3})[-_](?:[a-z]{2}|[a-z]{4})(?:[-_][a-z]{2})?")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The shipped lists, and what the Hub has added to them since.

    A method that takes the ``name`` of a list takes one of :data:`LISTS` or ``"known_tags"``, and
    raises ``KeyError`` for any other.

    Attributes:
        added: by list, the terms that the shipped lists do not hold.
        added_from: where those come from; empty when there are none.
    """

    added: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    added_from: str = ""
    _ids: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    _nearest: dict[str, NearestMatch] = field(default_factory=dict, init=False, repr=False)
    _languages: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @property
    def sources(self) -> dict[str, str]:
        """By list, the package and file it was made from; ``added``, what the Hub added."""
        sources: dict[str, str] = dict(_document("vocabulary.json")["sources"])
        return sources | ({"added": self.added_from} if self.added else {})

    @property
    def known_tags(self) -> frozenset[str]:
        """The tags that people look for: domains, formats, modalities and libraries."""
        return self.ids("known_tags")

    def terms(self, name: str) -> tuple[Term, ...]:
        """The terms of a list in its order; those that the Hub has added come last.

        >>> [term.id for term in load_vocabulary().terms("size_categories")][:2]
        ['n<1K', '1K<n<10K']
        """
        if name == "known_tags":
            # Of a word in two lists (webdataset: a format and a library) the first counts.
            tags = {term.id: term for one in reversed(TAG_LISTS) for term in self.terms(one)}
            return tuple(tags[identifier] for identifier in sorted(tags))
        return _shipped_terms(name) + tuple(self.added.get(name, ()))

    def titles(self, name: str) -> dict[str, str]:
        """By value of a list, its name for people and the others it goes by, a line each.

        >>> load_vocabulary().titles("licenses")["cc-by-4.0"].splitlines()[0]
        'Creative Commons Attribution 4.0 International'
        """
        return {term.id: "\n".join((term.label, *term.aliases)) for term in self.terms(name)}

    def ids(self, name: str) -> frozenset[str]:
        """The allowed values of a list, kept so that a test for membership is quick."""
        if name not in self._ids:
            lists = TAG_LISTS if name == "known_tags" else (name,)
            shipped = (values["id"] for one in lists for values in _shipped(one))
            added = (term.id for one in lists for term in self.added.get(one, ()))
            self._ids[name] = frozenset([*shipped, *added])
        return self._ids[name]

    def nearest(self, name: str, text: str) -> str | None:
        """The value of a list that ``text`` most likely means, or None when none is near.

        Labels, aliases, SPDX identifiers and file extensions count as well as the values; case,
        accents, spaces and punctuation do not. Numbers must agree, or be left out.

        >>> load_vocabulary().nearest("licenses", "CC BY 4.0")
        'cc-by-4.0'
        """
        ids = self.ids(name)
        plain = text.strip()
        for exact in (plain, plain.casefold()):
            if exact in ids:
                return exact
        if name == "size_categories" and (rows := parse_row_count(plain)):
            return self._size_category(*rows)
        if name == "languages" and (language := self._language(plain)):
            return language
        if name not in self._nearest:
            # Among 8,000 languages almost any word is one letter away from one: there, slips are
            # looked for in the common ones only.
            terms = [term for term in self.terms(name) if term.common or name != "languages"]
            self._nearest[name] = NearestMatch(_names(terms))
        return self._nearest[name].find(plain)

    def size_category(self, rows: int) -> str:
        """The size class of a dataset with so many rows.

        Raises:
            ValueError: when ``rows`` is negative.

        >>> load_vocabulary().size_category(150)
        'n<1K'
        """
        found = self._size_category(rows, rows)
        if found is None:
            raise ValueError(f"a dataset cannot have {rows} rows")
        return found

    def with_hub_tags(self, tags_by_type: object, source: str = "the Hub's list of tags") -> Vocabulary:
        """The shipped vocabulary and, besides, what the Hub's own list has more.

        Args:
            tags_by_type: the reply to ``GET /api/datasets-tags-by-type`` as JSON values.
            source: where and when the reply was got.

        Raises:
            CatalogError: ``upstream`` when the reply has another form.
        """
        added = {}
        for name, terms in terms_of_reply(tags_by_type).items():
            shipped = shipped_vocabulary().ids(name)
            if new := tuple(term for term in terms if term.id not in shipped):
                added[name] = new
        return Vocabulary(added, source)

    def save(self, folder: Path) -> Path:
        """Keep what the Hub has added in ``folder``, for :func:`load_vocabulary`.

        The folder is made when missing; a reader finds the old file or the new one, never a part.

        Raises:
            CatalogError: ``storage`` when it cannot be written.
        """
        document = {"version": 1, "source": self.added_from, "tags": tags_of_terms(self.added)}
        path = folder / REFRESHED_FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _replace(path, json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1))
        except OSError as error:
            raise CatalogError(
                "storage",
                f"The refreshed vocabulary cannot be kept in '{folder}': {error.strerror}. The one "
                "kept before is as it was; make the folder writable and refresh again.",
            ) from error
        return path

    def _language(self, text: str) -> str | None:
        # A BCP 47 tag such as en-US or zh_Hans, which the Hub does not take, or a language's name.
        tag = _BCP47.fullmatch(text.casefold())
        if tag and tag[1] in self.ids("languages"):
            return tag[1]
        if not self._languages:
            for name, code in _names(self.terms("languages")):
                self._languages.setdefault(name.casefold(), code)
        return self._languages.get(text.casefold())

    def _size_category(self, low: float, high: float) -> str | None:
        for term in self.terms("size_categories"):
            end = inf if term.max_rows is None else term.max_rows - 1
            if term.min_rows is not None and term.min_rows <= low <= high <= end:
                return term.id
        return None


@cache
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary of this package alone."""
    return Vocabulary()


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The vocabulary, with what the Hub has added where ``folder`` keeps that.

    Without a folder, without a file in it or with a damaged one, this is the shipped vocabulary.
    """
    if folder is None:
        return shipped_vocabulary()
    path = folder / REFRESHED_FILE
    try:
        status = path.stat()
        return _refreshed(path, status.st_mtime_ns, status.st_size, status.st_ino)
    except FileNotFoundError:
        return shipped_vocabulary()
    except (OSError, ValueError, TypeError, KeyError, RecursionError, CatalogError) as error:
        _log.warning("%s is damaged (%s): refresh the vocabulary to mend it.", path, error)
        return shipped_vocabulary()


@lru_cache(maxsize=2)
def _refreshed(path: Path, *_file_version: int) -> Vocabulary:
    document = json.loads(path.read_text("utf-8"))
    return shipped_vocabulary().with_hub_tags(document["tags"], str(document["source"]))


@cache
def _document(file_name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(Path(__file__).with_name(file_name).read_text("utf-8"))
    return document


def _shipped(name: str) -> list[dict[str, Any]]:
    if name not in LISTS:
        raise KeyError(f"there is no list '{name}'; there are {', '.join(LISTS)} and known_tags")
    document = _document("languages.json" if name == "languages" else "vocabulary.json")
    terms: list[dict[str, Any]] = document[name]
    return terms


@cache
def _shipped_terms(name: str) -> tuple[Term, ...]:
    return tuple(Term.from_dict(values) for values in _shipped(name))


def _names(terms: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """What each term may be called, the most telling names of all terms first."""
    for term in terms:
        yield term.id, term.id
    for term in terms:
        yield term.label, term.id
        if term.spdx:
            yield term.spdx, term.id
    for term in terms:
        for alias in term.aliases:
            yield alias, term.id
    for term in terms:
        for extension in term.extensions:
            yield extension, term.id


def _replace(path: Path, text: str) -> None:
    from tempfile import NamedTemporaryFile  # It costs 10 ms, and hardly any start needs it.

    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        written = Path(file.name)
        try:
            file.write(text)
            file.flush()
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
