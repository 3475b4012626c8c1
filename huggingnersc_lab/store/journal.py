"""What a staging says of itself: its plan, and the journal of what was done. Both may be other people's input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

MAX_BYTES = 1024 * 1024
"""A larger plan or journal is none of ours."""

Facts = dict[str, dict[str, Any]]
"""By step, what the journal holds of it."""

_LATEST = 1e11
"""Seconds since 1970 that no clock of ours will show."""

_WORD = re.compile(r"[A-Za-z0-9._-]{0,128}")
_ADDRESS = re.compile(r"https?://[!-~]{1,2000}")
_PUBLISH_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _is_moment(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _LATEST


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31


def _is_word(value: object) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def _or_none(is_such: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or is_such(value)


_FORMS: Mapping[str, Mapping[str, Callable[[object], bool]]] = {
    "repository_asked": {"moment": _or_none(_is_moment), "until": _is_moment},
    "repository": {"created": lambda value: isinstance(value, bool), "parent": _is_word},
    "visibility_asked": {},
    "visibility": {},
    "commit_asked": {"moment": _or_none(_is_moment)},
    "commit": {
        "oid": _is_word,
        "url": _is_address,
        "pull_request": _or_none(_is_number),
        "pull_request_url": _or_none(_is_address),
    },
    "catalog": {},
    "undo": {},
}
"""By step, the members of its entry and what they have to be."""

_WHOLE = ("repository", "commit")
"""Steps of whose entries no member may be missing."""


def read_plan(content: bytes) -> dict[str, Any]:
    """The plan; raises ``ValueError`` for what is none."""
    try:
        plan = json.loads(content.decode(), parse_constant=_no_number)
    except RecursionError as err:
        raise ValueError("its plan is nested too deeply") from err
    publish_id = plan.get("publish_id") if isinstance(plan, dict) else None
    if not isinstance(publish_id, str) or not _PUBLISH_ID.fullmatch(publish_id):
        raise ValueError("its plan is none")
    for value in plan.values():
        items = value if isinstance(value, list) else [value]
        if not all(item is None or isinstance(item, str | bool | int) for item in items):
            raise ValueError("its plan is none")
    return dict(plan)


def read_journal(content: bytes) -> Facts:
    """The last entry of each step; raises ``ValueError`` for what this program cannot have written.

    Members and steps that are not known are left out.
    """
    facts: Facts = {}
    for line in content.splitlines():
        try:
            entry = json.loads(line.decode(), parse_constant=_no_number)
        except (ValueError, RecursionError):  # the line a crash tore
            continue
        step = entry.get("step") if isinstance(entry, dict) else None
        if not isinstance(step, str):
            raise ValueError("its journal is none")  # noqa: TRY004 - of a file, not of an argument
        if step in _FORMS:
            facts[step] = checked(step, entry)
    return facts


def checked(step: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says of a step; raises ``ValueError`` for what no journal can say."""
    forms = _FORMS[step]
    if step in _WHOLE and not entry.keys() >= forms.keys():
        raise ValueError(f"its journal does not say all of the step '{step}'")
    known = {member: entry[member] for member in forms if member in entry}
    for member, value in known.items():
        if not forms[member](value):
            raise ValueError(f"its journal says something else than '{member}' of the step '{step}'")
    return known


def dump_journal(facts: Facts) -> bytes:
    """A journal that says the same, in the order of the steps."""
    return b"".join(json.dumps({"step": step, **entry}).encode() + b"\n" for step, entry in facts.items())


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")
