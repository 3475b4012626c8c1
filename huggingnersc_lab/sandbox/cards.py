"""Parses dataset cards like the Hub: the front matter, its validation, and the tags derived from it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event

from . import vocabulary

_FRONT_MATTER = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)|huggingface\.co/papers|hf\.co/papers)/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}|code|multilingual")

# In the order in which the Hub lists them.
_PREFIXED = (
    "task_categories",
    "task_ids",
    "annotations_creators",
    "language_creators",
    "multilinguality",
    "source_datasets",
    "language",
    "license",
    "size_categories",
)
_MAX_DEPTH = 50
_MAX_FRONT_MATTER = 1_000_000
_MAX_PROBLEM = 200
_NO_VALUE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""Exceptions of the YAML library for a date like 2024-13-45, a time out of range, or a tag on the wrong value."""
_LISTS = frozenset({*_PREFIXED, "tags"}) - {"license"}


@dataclass
class Findings:
    """Errors and warnings about a card's front matter."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Card:
    """A parsed card."""

    data: dict[str, Any]
    """The front matter as JSON values."""
    body: str
    """The Markdown after the front matter."""

    @property
    def title(self) -> str | None:
        """The pretty name, if the card has one."""
        name = self.data.get("pretty_name")
        return name if isinstance(name, str) and name.strip() else None

    def tags(self) -> list[str]:
        """The tags that the Hub derives from a card."""
        found = [f"{key}:{value}" for key in _PREFIXED for value in _texts(self.data.get(key))]
        found += _texts(self.data.get("tags"))
        found += [f"arxiv:{paper}" for paper in _ARXIV.findall(self.body)]
        found.append("region:us")  # the Hub adds the region of its storage
        return list(dict.fromkeys(found))

    def summary(self) -> str:
        """The first paragraph of prose in the body, at most 300 characters; may be empty."""
        for paragraph in re.split(r"\n\s*\n", self.body):
            text = " ".join(paragraph.split())
            if text and text[0] not in "#<|!`-*>[{":
                return text[:300]
        return ""


class _UnreadableError(Exception):
    """The front matter is not a YAML mapping."""


@lru_cache(maxsize=256)  # lists read every card each time
def read_card(text: str) -> Card:
    """Parses a card. Unreadable front matter counts as none."""
    try:
        return _split(text)
    except _UnreadableError:
        return Card({}, _FRONT_MATTER.sub("", text, count=1))


def check_card(text: str) -> Findings:
    """Checks a card's front matter by the Hub's rules."""
    findings = Findings()
    try:
        card = _split(text)
    except _UnreadableError as error:
        findings.errors.append(str(error))
        return findings
    if not card.data:
        findings.warnings.append("empty or missing yaml metadata in repo card")
        return findings
    data = card.data
    _check_license(data.get("license"), findings)
    if "pretty_name" in data and not isinstance(data["pretty_name"], str):
        findings.errors.append('"pretty_name" must be a string')
    for key in sorted(_LISTS & data.keys()):
        _check_texts(key, data[key], findings)
    for place, code in enumerate(_texts(data.get("language"))):
        if not _LANGUAGE.fullmatch(code):
            findings.errors.append(
                f'"language[{place}]" must be an ISO 639-1, 639-2 or 639-3 code '
                '(two or three lower case letters), "code" or "multilingual". '
                "BCP 47 identifiers belong into language_bcp47."
            )
    known = vocabulary.ids("task_categories")
    for task in _texts(data.get("task_categories")):
        if known and task not in known:
            findings.warnings.append(
                f'The task_categories "{task}" is not in the official list: ' + ", ".join(sorted(known))
            )
    return findings


def _check_license(value: Any, findings: Findings) -> None:
    if value is None:
        return
    known = vocabulary.ids("licenses")
    for place, license_id in enumerate(value if isinstance(value, list) else [value]):
        name = f'"license[{place}]"' if isinstance(value, list) else '"license"'
        if not isinstance(license_id, str):
            findings.errors.append(f"{name} must be a string")
        elif known and license_id not in known:
            findings.errors.append(f"{name} must be one of [{', '.join(sorted(known))}]")


def _check_texts(key: str, value: Any, findings: Findings) -> None:
    if value is None or isinstance(value, str):
        return
    if not isinstance(value, list):
        findings.errors.append(f'"{key}" must be an array')
        return
    for place, item in enumerate(value):
        if not isinstance(item, str):
            findings.errors.append(f'"{key}[{place}]" must be a string')


def _split(text: str) -> Card:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Card({}, text)
    yaml = YAML(typ="safe", pure=True)  # pure: YAML 1.2 as on the Hub, where `no` is a string
    if len(match[1]) > _MAX_FRONT_MATTER:
        raise _UnreadableError(f"The metadata of a card is longer than {_MAX_FRONT_MATTER:,} characters")
    try:
        _check_events(yaml.parse(match[1]))
        data = yaml.load(match[1])
        if data is None:
            data = {}
        if not isinstance(data, dict):
            raise _UnreadableError("The metadata of a card must be a YAML mapping")
        return Card(_as_json(data), text[match.end() :])
    except YAMLError as error:
        raise _UnreadableError(_yaml_problem(error)) from None
    except _NO_VALUE as error:
        raise _UnreadableError(f"YAML cannot be read: {str(error)[:_MAX_PROBLEM]}") from None


def _check_events(events: Iterable[Event]) -> None:
    """Refuses input that expands to a huge or deeply nested structure."""
    depth = 0
    for event in events:
        if isinstance(event, AliasEvent):
            raise _UnreadableError("YAML aliases are not allowed in the metadata of a card")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _UnreadableError(f"The metadata of a card is nested deeper than {_MAX_DEPTH}")


def _yaml_problem(error: YAMLError) -> str:
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        return f"{error.problem} ({error.problem_mark.line + 2}:{error.problem_mark.column + 1})"
    return "".join(str(error)[:_MAX_PROBLEM].splitlines()[:1])


def _as_json(value: Any) -> Any:
    """Like JavaScript, in which the Hub is written: numbers that are too large become null."""
    if isinstance(value, dict):
        return {_text(str(_as_json(key))): _as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_as_json(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value if _is_finite(value) else None
    return value if value is None or isinstance(value, bool) else _text(str(value))


def _text(value: str) -> str:
    """The same; raises ``ValueError`` for a lone surrogate, which no page and no file can contain."""
    return value.encode().decode()


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return [value] if isinstance(value, str) else []
