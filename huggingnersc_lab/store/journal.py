"""The plan of a staging, and the journal of what was done. Both may be untrusted input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

MAX_BYTES = 1024 * 1024
"""Maximum size of a plan or journal."""

Facts = dict[str, dict[str, Any]]
"""Journal entries by step."""

_LATEST = 1e11
"""An upper limit for valid times, in seconds since 1970."""

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
    "undo": {"stopped": lambda value: value is True},
}
"""The fields of each step's entry, with checks of their values."""

_WHOLE = ("repository", "commit")
"""Steps whose entries must have all fields."""


def read_plan(content: bytes) -> dict[str, Any]:
    """Parse a plan; raises ``ValueError`` if it is invalid."""
    try:
        plan = json.loads(content.decode(), parse_constant=_no_number)
    except RecursionError as err:
        raise ValueError("its plan is nested too deeply") from err
    publish_id = plan.get("publish_id") if isinstance(plan, dict) else None
    if not isinstance(publish_id, str) or not _PUBLISH_ID.fullmatch(publish_id):
        raise ValueError("its plan is not a JSON object")
    for value in plan.values():
        items = value if isinstance(value, list) else [value]
        if not all(item is None or isinstance(item, str | bool | int) for item in items):
            raise ValueError("its plan is invalid")
    return dict(plan)


def read_journal(content: bytes) -> Facts:
    """Parse a journal: the last entry of each step that was not revoked since.

    Raises ``ValueError`` if this program cannot have written it. Unknown fields and steps are ignored.
    """
    facts: Facts = {}
    for line in content.splitlines():
        try:
            entry = json.loads(line.decode(), parse_constant=_no_number)
        except (ValueError, RecursionError):  # a line cut off by a crash
            continue
        step = entry.get("step") if isinstance(entry, dict) else None
        if not isinstance(step, str):
            raise ValueError("its journal is invalid")  # noqa: TRY004 - of a file, not of an argument
        if step in _FORMS and entry.get("forgotten") is True:
            facts.pop(step, None)
        elif step in _FORMS:
            facts[step] = checked(step, entry)
    return facts


def checked(step: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The valid fields of an entry; raises ``ValueError`` if it is invalid."""
    forms = _FORMS[step]
    if step in _WHOLE and not entry.keys() >= forms.keys():
        raise ValueError(f"its journal entry of the step '{step}' is incomplete")
    known = {member: entry[member] for member in forms if member in entry}
    for member, value in known.items():
        if not forms[member](value):
            raise ValueError(f"'{member}' in its journal entry of the step '{step}' is invalid")
    return known


def dump_journal(facts: Facts) -> bytes:
    """An equivalent journal, in the order of the steps."""
    return b"".join(json.dumps({"step": step, **entry}).encode() + b"\n" for step, entry in facts.items())


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")
