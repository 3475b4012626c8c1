"""A metadata document as a person hands it in: a record, or HuggingNERSC's first metadata file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record import legacy
from huggingnersc_lab.record.migrations import migrate
from huggingnersc_lab.record.model import PUBLICATION, DatasetRecord
from huggingnersc_lab.record.validation import Findings, validate
from huggingnersc_lab.record.vocabulary import Vocabulary

MAX_BYTES = 10 * 1024 * 1024
"""Largest metadata document that is read."""


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
        return CatalogError("invalid_record", f"{what} {detail} Nothing was made.", [FieldError("", code, detail)])

    if len(content) > MAX_BYTES:
        raise fail("too_long", f"is larger than {MAX_BYTES // 2**20} MiB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise fail("not_utf8", f"is not UTF-8: byte {err.start} is 0x{content[err.start]:02x}.") from err
    try:
        document = json.loads(text, object_pairs_hook=_unique_members, parse_constant=_no_constant)
    except json.JSONDecodeError as err:
        raise fail("not_json", f"is not JSON: {err.msg} at line {err.lineno}, column {err.colno}.") from err
    except RecursionError as err:
        raise fail("not_json", "is nested too deeply.") from err
    except ValueError as err:
        raise fail("not_json", f"is not JSON: {err}.") from err
    if not isinstance(document, dict):
        raise fail("type", "should hold one JSON object, {…}.")
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
        raise CatalogError("forbidden", f"The metadata file '{path}' cannot be read: {err.strerror}.") from err
    return parse_json(content, f"'{path}'")


def read_metadata(
    document: Mapping[str, Any], given: Mapping[str, Any] | None = None, vocabulary: Vocabulary | None = None
) -> Metadata:
    """A metadata document, in either form, as checked members of a record.

    Args:
        document: a record, or ``{"datacard_tags": …, "other_info": …}``.
        given: members that were said elsewhere (on the command line); they take the place of the document's, and
            where both say something else a warning tells so.
        vocabulary: allowed values; the shipped ones when left out.
    """
    if legacy.is_metadata(document):
        members = legacy.read_metadata(document)
    elif legacy.is_info(document):
        members = legacy.read_info(document)
    else:
        members = legacy.Members(migrate(document))
    values = {k: v for k, v in members.values.items() if k not in PUBLICATION or k == "repo_id"}
    differing = []
    for member, value in (given or {}).items():
        if value is None:
            continue
        if values.get(member, value) != value:
            detail = f"The document says '{values[member]}'; '{value}' is used, as said outside it."
            differing.append(FieldError(members.origins.get(member, f"/{member}"), "overridden", detail))
        values[member] = value
    values.setdefault("schema_version", 1)
    origins = {k: v for k, v in members.origins.items() if k not in (given or {})}
    located = replace(members, origins=origins)
    found = validate(values, vocabulary)
    return Metadata(
        values,
        Findings(
            tuple(_locate(error, located) for error in found.errors),
            (*differing, *(_locate(warning, located) for warning in found.warnings)),
        ),
    )


def _locate(finding: FieldError, members: legacy.Members) -> FieldError:
    member = finding.pointer.split("/")[1] if finding.pointer else ""
    if member in members.origins:
        rest = finding.pointer[len(member) + 1 :]
        return replace(finding, pointer=members.origins[member] + rest)
    if finding.code in ("required", "recommended"):
        return replace(finding, pointer=members.section + finding.pointer)
    return finding


def _unique_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise ValueError(f"'{key}' stands twice in one object")
        members[key] = value
    return members


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
