"""Short forms of structured fields: ``download_link`` for a distribution, and similar.

They are fields of record version 1, and values that a text box can hold. Metadata files, drafts, the form and the
command line accept them; records store what they stand for. ``x-shorthands`` in ``record.schema.json`` declares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.parts import LINK, PASSED
from huggingnersc_lab.record.schema import record_schema
from huggingnersc_lab.record.validation import member_faults

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Expanded:
    """Record fields with short forms expanded.

    Attributes:
        values: the fields.
        origins: JSON pointer of an expanded value → that of its short form.
        faults: errors in the short forms themselves; invalid ones are not expanded.
    """

    values: dict[str, Any]
    origins: Mapping[str, str]
    faults: tuple[FieldError, ...]


def shorthands() -> Mapping[str, Any]:
    """The schema of each short form."""
    found: dict[str, Any] = record_schema()["x-shorthands"]
    return found


def form_schema() -> dict[str, Any]:
    """The record's schema for generating the form: with the short forms as fields."""
    schema = record_schema()
    return {**schema, "properties": dict(_with_shorthands(schema["properties"]))}


def enterable() -> frozenset[str]:
    """Fields and short forms that users can enter."""
    return frozenset(name for name, member in form_schema()["properties"].items() if not member.get("readOnly"))


def expand(values: Mapping[str, Any], former: Mapping[str, Any] = _NOTHING) -> Expanded:
    """Expand the short forms of a whole document.

    Args:
        values: its fields.
        former: the record that it replaces. If it already has what a short form says, with more details, those are
        kept.
    """
    return _Expansion(values, former, is_whole=True).done()


def expand_changes(changes: Mapping[str, Any], former: Mapping[str, Any]) -> Expanded:
    """Expand the short forms among changes of a record; None removes a field here too.

    ``download_link`` alone changes the first URL entered by hand, and leaves the other distributions.

    Args:
        changes: fields with their new values.
        former: the record.
    """
    return _Expansion(changes, former, is_whole=False).done()


def collapse(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record as a form shows them: with a short form if the form has a field for it."""
    data = dict(values)
    rest = list(data.pop("distributions", ()))
    if (place := _first_link(rest)) is not None:
        data["download_link"] = rest.pop(place)["url"]
    return data | ({"distributions": rest} if rest else {})


@dataclass
class _Expansion:
    written: Mapping[str, Any]
    former: Mapping[str, Any]
    is_whole: bool
    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def done(self) -> Expanded:
        known = shorthands()
        self.values = {member: value for member, value in self.written.items() if member not in known}
        faults: list[FieldError] = []
        for member in known.keys() & self.written.keys():
            value = self.written[member]
            is_taken_away = value is None and not self.is_whole
            wrong = [] if is_taken_away else list(member_faults(member, known[member], value))
            if not wrong:
                getattr(self, f"_{member}")(value)
            faults += wrong
        return Expanded(self.values, self.origins, tuple(faults))

    def _download_link(self, link: str | None) -> None:
        formerly = self.former.get("distributions") or []
        place = _first_link(formerly)
        if self.is_whole or "distributions" in self.values:
            listed = self.values.get("distributions") or []
            if not isinstance(listed, list):  # which validation reports
                return
        else:
            listed = [one for index, one in enumerate(formerly) if index != place]
        if link is not None and not any(_is_of(one, link) for one in listed):
            index = len(listed) if place is None else min(place, len(listed))
            whole = next((one for one in formerly if one["channel"] == LINK and one["url"] == link), None)
            listed = [*listed[:index], whole or {"channel": LINK, "url": link}, *listed[index:]]
            self.origins[f"/distributions/{index}"] = "/download_link"
        self.values["distributions"] = listed or None

    def _verified_at(self, day: str | None) -> None:
        if self.values.get("verification") is not None:  # which has more details
            return
        formerly = self.former.get("verification") or {}
        is_known = formerly.get("status") == PASSED and formerly["at"][:10] == day
        passed = {"status": PASSED, "at": day}
        self.values["verification"] = None if day is None else formerly if is_known else passed
        self.origins["/verification"] = "/verified_at"


def _first_link(distributions: list[Any]) -> int | None:
    return next((index for index, one in enumerate(distributions) if one["channel"] == LINK), None)


def _is_of(distribution: object, link: str) -> bool:
    return isinstance(distribution, dict) and distribution.get("url") == link


def _with_shorthands(properties: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, member in properties.items():
        yield from ((short, its) for short, its in shorthands().items() if its["x-for"] == name)
        yield name, member
