"""A metadata document as a person hands it in: a record, or HuggingNERSC's first metadata file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record import legacy
from huggingnersc_lab.record.migrations import migrate
from huggingnersc_lab.record.model import PUBLICATION, DatasetRecord
from huggingnersc_lab.record.portable import MAX_DEPTH, depth_of
from huggingnersc_lab.record.schema import shortened
from huggingnersc_lab.record.strict_json import loads
from huggingnersc_lab.record.validation import Findings, validate
from huggingnersc_lab.record.vocabulary import Vocabulary

MAX_BYTES = 10 * 1024 * 1024
"""Largest metadata document that is read."""

_MISSED = ("required", "recommended")


@dataclass(frozen=True)
class Metadata:
    """Members of a record, checked, with findings that point into the document they came from."""

    values: dict[str, Any]
    findings: Findings

    def to_record(self, what: str) -> DatasetRecord:
        """The record; raises ``invalid_record`` with every error when there is one. ``what`` names the document."""
        self.findings.raise_for_errors(what)
        return DatasetRecord.from_dict(self.values)


def parse_json(content: bytes, what: str) -> dict[str, Any]:
    """A JSON object; raises ``invalid_record`` that says where ``content`` stops being one."""

    def fail(code: str, detail: str) -> CatalogError:
        sentence = f"{what} {detail}"
        return CatalogError("invalid_record", f"{sentence} Nothing was made.", [FieldError("", code, sentence)])

    if len(content) > MAX_BYTES:
        raise fail("too_long", f"is larger than {MAX_BYTES // 2**20} MiB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise fail("not_utf8", f"is not UTF-8: byte {err.start} is 0x{content[err.start]:02x}.") from err
    try:
        document = loads(text, object_pairs_hook=_unique_members)
    except json.JSONDecodeError as err:
        raise fail("not_json", f"is not JSON: {err.msg} at line {err.lineno}, column {err.colno}.") from err
    except ValueError as err:
        raise fail("not_json", f"cannot be read as JSON: {err}.") from err
    if not isinstance(document, dict):
        raise fail("type", "should hold one JSON object, {…}.")
    if depth_of(document) > MAX_DEPTH:
        raise fail("not_json", f"is nested deeper than {MAX_DEPTH} levels.")
    return document


def read_json(path: Path) -> dict[str, Any]:
    """:func:`parse_json` of a file; raises ``not_found`` or ``forbidden`` when it cannot be read."""
    try:
        if not path.is_file():
            problem = "is a folder, not a file" if path.is_dir() else "does not exist"
            raise CatalogError("not_found", f"The metadata file '{path}' {problem}. Nothing was made.")
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as err:
        detail = f"The metadata file '{path}' cannot be read: {err.strerror}. Nothing was made."
        raise CatalogError("forbidden", detail) from err
    return parse_json(content, f"'{path}'")


def read_metadata(
    document: Mapping[str, Any],
    given: Mapping[str, Any] | None = None,
    vocabulary: Vocabulary | None = None,
    *,
    later: Collection[str] = (),
) -> Metadata:
    """A metadata document, in either form, as checked members of a record.

    Args:
        document: a record, or ``{"datacard_tags": …, "other_info": …}``.
        given: members that were said elsewhere (on the command line); they take the place of the document's, and
            where both say something else a warning tells so.
        vocabulary: allowed values; the shipped ones when left out.
        later: members that will be given another time, so that they are not missed here.
    """
    if legacy.is_metadata(document):
        members = legacy.read_metadata(document)
    elif legacy.is_info(document):
        members = legacy.read_info(document)
    else:
        members = legacy.Members(migrate(document))
    values = {k: v for k, v in members.values.items() if k not in PUBLICATION or k == "repo_id"}
    said = {member: value for member, value in (given or {}).items() if value is not None}
    differing = []
    for member, value in said.items():
        if values.get(member, value) != value:
            found = values[member]
            written = f"'{shortened(found)}'" if isinstance(found, str) else "something else"
            detail = f"The document says {written}; '{value}' was given besides, and is used."
            differing.append(FieldError(members.origins.get(member, f"/{member}"), "overridden", detail))
        values[member] = value
    values.setdefault("schema_version", 1)
    origins = {k: v for k, v in members.origins.items() if k not in said}
    located = replace(members, origins=origins)
    found = validate(values, vocabulary)
    awaited = {f"/{member}" for member in later}

    def told(findings: tuple[FieldError, ...]) -> Iterator[FieldError]:
        for finding in findings:
            if finding.code not in _MISSED or finding.pointer not in awaited:
                yield _locate(finding, located)

    return Metadata(values, Findings((*members.faults, *told(found.errors)), (*differing, *told(found.warnings))))


def _locate(finding: FieldError, members: legacy.Members) -> FieldError:
    first, *rest = finding.pointer.split("/")[1:] or [""]
    member = first.replace("~1", "/").replace("~0", "~")
    if member in members.origins:
        if member in members.bare:
            rest = []
        return replace(finding, pointer="/".join([members.origins[member], *rest]))
    if finding.code in _MISSED and finding.pointer == f"/{member}":
        return replace(finding, pointer=members.missing.get(member, finding.pointer))
    return finding


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise ValueError(f"'{shortened(key)}' stands twice in one object")
        members[key] = value
    return members
