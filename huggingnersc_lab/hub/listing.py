"""The organization's datasets as listed by the Hub.

``HfApi.list_datasets`` creates an object for every row and stops at the first invalid one, so one odd card would hide
all that follow. This module sends the same request with the same client, and parses each field of a row
separately.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any
from urllib.parse import urlencode

from huggingnersc_lab.hub.answers import RepoState, WrongAnswerError, moment_of
from huggingnersc_lab.hub.paging import read_rows
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.repeats import repeat
from huggingnersc_lab.hub.requests import get, read_object
from huggingnersc_lab.record.card_sizes import data_bytes

MAX_ROWS = 100_000
"""Maximum number of rows to read."""

LONGEST = 5000
"""Maximum length of a text, in characters."""

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?")

PREFIXES = ("license", "language", "size_categories", "task_categories")
"""Kinds of tags that are fields of a dataset."""

WORDS = ("format", "modality", "library")
"""Kinds of tags whose values are also tags in a card; all others are internal to the Hub."""


@dataclass(frozen=True)
class HubDataset:
    """A dataset repository as shown in a list. Missing or invalid values are omitted.

    Attributes:
        repo_id: ``ORGANIZATION/NAME``.
        pretty_name: title on its card.
        description: beginning of its card's text, on one line.
        license: licence on its card, the first of several.
        tags: other tags, including formats and modalities.
        size_categories: size categories, which count rows.
        task_categories: tasks.
        language: languages.
        n_bytes: size of its data, if the card states it.
        created_at: creation time, ISO 8601 in UTC.
        updated_at: time of the last change, likewise.
        private: whether only members can see it.
        gated: whether access to its files must be requested.
        downloads: number of recent downloads.
        likes: number of likes.
        sha: current commit of ``main``.
    """

    repo_id: str
    pretty_name: str | None = None
    description: str | None = None
    license: str | None = None
    tags: tuple[str, ...] = ()
    size_categories: tuple[str, ...] = ()
    task_categories: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    n_bytes: int | None = None
    created_at: str | None = None
    updated_at: str | None = None
    private: bool = False
    gated: bool = False
    downloads: int | None = None
    likes: int | None = None
    sha: str | None = None

    @property
    def name(self) -> str:
        """Its name, without the organization."""
        return self.repo_id.partition("/")[2]

    @classmethod
    def from_row(cls, row: object) -> HubDataset | None:
        """Parse a row of ``GET /api/datasets``, or the response of ``GET /api/datasets/ID``; None if it is invalid.

        Values on the card, such as licence and tags, take precedence over the tags that the Hub derives from it.
        """
        repo_id = row.get("id") if isinstance(row, Mapping) else None
        if not isinstance(row, Mapping) or not isinstance(repo_id, str) or not _is_repo_id(repo_id):
            return None
        found = row.get("cardData")
        card = found if isinstance(found, Mapping) else {}
        kinds: dict[str, list[str]] = {prefix: [] for prefix in PREFIXES}
        words: list[str] = []
        for tag in _texts(row.get("tags")):
            kind, colon, value = tag.partition(":")
            if colon and kind in kinds:
                kinds[kind].append(value)
            elif not colon or kind in WORDS:
                words.append(value or tag)
        kinds = {kind: list(_texts(card.get(kind))) or values for kind, values in kinds.items()}
        return cls(
            repo_id=repo_id,
            pretty_name=_text(card.get("pretty_name")),
            description=_text(row.get("description")),
            license=next(iter(kinds["license"]), None),
            tags=tuple(dict.fromkeys([*_texts(card.get("tags")), *words])),
            size_categories=tuple(kinds["size_categories"]),
            task_categories=tuple(kinds["task_categories"]),
            language=tuple(kinds["language"]),
            n_bytes=data_bytes(card),
            created_at=_text(row.get("createdAt")),
            updated_at=_text(row.get("lastModified")),
            private=row.get("private") is True,
            gated=row.get("gated") not in (None, False),
            downloads=_count(row.get("downloads")),
            likes=_count(row.get("likes")),
            sha=_text(row.get("sha")),
        )

    def to_dict(self) -> dict[str, Any]:
        """As JSON, without unknown values."""
        return {item.name: value for item in fields(self) if (value := getattr(self, item.name)) != item.default}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HubDataset:
        """The inverse of :meth:`to_dict`."""
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in data.items()
        }
        return cls(**values)


@dataclass(frozen=True)
class HubRepository:
    """A dataset repository by itself.

    Attributes:
        dataset: its information as in a list.
        card_data: its card's front matter, as parsed by the Hub.
        files: paths of its files.
    """

    dataset: HubDataset
    card_data: Mapping[str, Any]
    files: tuple[str, ...]

    @classmethod
    def from_answer(cls, answer: object) -> HubRepository:
        """Parse the response of ``GET /api/datasets/ID``; raises ``WrongAnswerError`` if it is not a dataset."""
        dataset = HubDataset.from_row(answer)
        if dataset is None or not isinstance(answer, Mapping):
            raise WrongAnswerError("the dataset is invalid")
        card_data, siblings = answer.get("cardData"), answer.get("siblings")
        names = (item.get("rfilename") for item in siblings or () if isinstance(item, Mapping))
        files = tuple(name for name in names if isinstance(name, str)) if isinstance(siblings, list) else ()
        return cls(dataset, card_data if isinstance(card_data, Mapping) else {}, files)


def read_repository(url: str, repo_id: str, token: str | bool | None, policy: Policy) -> HubRepository:
    """One dataset; see :func:`list_rows`. Invalid values are omitted."""
    return HubRepository.from_answer(_read(url, repo_id, token, policy))


def read_state(url: str, repo_id: str, token: str | bool | None, policy: Policy) -> RepoState:
    """The current state of a dataset. Nothing is omitted, since publishing and undoing depend on it.

    Raises:
        WrongAnswerError: a part of the response is invalid.
    """
    answer = _read(url, repo_id, token, policy)
    dataset = HubRepository.from_answer(answer).dataset
    siblings, private = answer.get("siblings"), answer.get("private")
    if dataset.sha is None or not _SHA.fullmatch(dataset.sha) or not isinstance(private, bool):
        raise WrongAnswerError("the dataset is invalid")
    files = [item.get("rfilename") if isinstance(item, Mapping) else None for item in _list(siblings)]
    names = tuple(name for name in files if isinstance(name, str))
    if len(names) < len(files):
        raise WrongAnswerError("a file of the dataset has no name")
    return RepoState(dataset.sha, names, moment_of(dataset.created_at), private, dataset.repo_id)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise WrongAnswerError("the list of files is invalid")
    return value


def _read(url: str, repo_id: str, token: str | bool | None, policy: Policy) -> dict[str, Any]:
    return read_object(repeat(partial(get, f"{url}/api/datasets/{repo_id}", token), policy))


def list_rows(url: str, organization: str, token: str | bool | None, policy: Policy) -> Iterator[Any]:
    """All rows of the Hub's list of an organization's datasets; see :func:`huggingnersc_lab.hub.paging.read_rows`."""
    query = urlencode({"author": organization, "full": "true"})
    return read_rows(f"{url}/api/datasets?{query}", token, policy, MAX_ROWS)


def list_datasets(url: str, organization: str, token: str | bool | None, policy: Policy) -> tuple[HubDataset, ...]:
    """The organization's datasets; invalid ones are omitted.

    Raises:
        WrongAnswerError: there are rows, but none of them is valid.
    """
    rows = list(list_rows(url, organization, token, policy))
    found = tuple(dataset for row in rows if (dataset := HubDataset.from_row(row)) is not None)
    if rows and not found:
        raise WrongAnswerError("the list of datasets contains no dataset")
    return found


def is_name(text: str) -> bool:
    """Whether it is a valid repository name by the Hub's rules."""
    if not _NAME.fullmatch(text) or text.endswith((".git", ".ipynb")):
        return False
    return "--" not in text and ".." not in text


def _is_repo_id(text: str) -> bool:
    namespace, slash, name = text.partition("/")
    return bool(namespace and slash and name) and "/" not in name and text.isprintable() and len(text) <= LONGEST


def _texts(value: object) -> tuple[str, ...]:
    """The strings of a list, or a single string as a list."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for item in values if (text := _text(item)) is not None)


def _text(value: object) -> str | None:
    return " ".join(value[:LONGEST].split()) or None if isinstance(value, str) else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
