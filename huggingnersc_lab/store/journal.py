"""What a staging says of itself: its plan, and the journal of what was done. Both may be other people's input."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

MAX_BYTES = 1024 * 1024
"""A larger plan or journal is none of ours."""

Facts = dict[str, dict[str, Any]]
"""By step, what the journal holds of it."""

_TEXT, _NUMBER = (str,), (int, float)
_FORMS: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "repository_asked": {"moment": (*_NUMBER, type(None)), "until": _NUMBER},
    "repository": {"created": (bool,), "parent": _TEXT},
    "visibility_asked": {},
    "visibility": {},
    "commit_asked": {"moment": (*_NUMBER, type(None))},
    "commit": {"oid": _TEXT, "url": _TEXT, "pull_request": (int, type(None)), "pull_request_url": (str, type(None))},
    "catalog": {},
    "undo": {},
}
"""By step, the members of its entry; those that are missing are not there yet, in a journal of an earlier version."""

_PUBLISH_ID = re.compile(r"[\w-]{1,64}")


def read_plan(content: bytes) -> dict[str, Any]:
    """The plan; raises ``ValueError`` for what is none."""
    plan = _parse(content)
    publish_id = plan.get("publish_id") if isinstance(plan, dict) else None
    if publish_id is None or not _PUBLISH_ID.fullmatch(str(publish_id)):
        raise ValueError("its plan is none")
    return dict(plan)


def read_journal(content: bytes) -> Facts:
    """The last entry of each step; raises ``ValueError`` for what this program cannot have written."""
    facts: Facts = {}
    for line in content.splitlines():
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):  # the line a crash tore
            continue
        step = entry.pop("step", None) if isinstance(entry, dict) else None
        if not isinstance(step, str):
            raise ValueError("its journal is none")  # noqa: TRY004 - of a file, not of an argument
        for member, forms in _FORMS.get(step, {}).items():
            if member in entry and type(entry[member]) not in forms:
                raise ValueError(f"its journal says something else than '{member}' of the step '{step}'")
        facts[step] = entry
    if "repository" in facts and not facts["repository"].keys() >= {"created", "parent"}:
        raise ValueError("its journal does not say which repository")
    return facts


def dump_journal(facts: Facts) -> bytes:
    """A journal that says the same, in the order of the steps."""
    return b"".join(json.dumps({"step": step, **entry}).encode() + b"\n" for step, entry in facts.items())


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content)
    except RecursionError as err:
        raise ValueError("it is nested too deeply") from err
