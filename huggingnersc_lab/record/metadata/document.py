"""A metadata document from a user: a record, or a metadata file of the original HuggingNERSC."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.identifiers import with_plain_identifiers
from huggingnersc_lab.record.metadata import legacy
from huggingnersc_lab.record.metadata.foreign import without_carried
from huggingnersc_lab.record.metadata.shorthands import Expanded, expand, expand_changes
from huggingnersc_lab.record.migrations import migrate
from huggingnersc_lab.record.model import PUBLICATION, SCHEMA_VERSION, DatasetRecord
from huggingnersc_lab.record.portable import MAX_DEPTH, depth_of
from huggingnersc_lab.record.schema import shortened
from huggingnersc_lab.record.strict_json import loads
from huggingnersc_lab.record.validation import Findings, validate
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.regular import no_file, read_regular, reason

MAX_BYTES = 10 * 1024 * 1024
"""Maximum size of a metadata document."""

_MISSED = ("required", "recommended")


@dataclass(frozen=True)
class Metadata:
    """Validated record fields, with findings that point into the source document.

    Attributes:
        values: the fields.
        findings: errors and warnings about them.
        written: the fields as written in the document, including short forms (``download_link``).
    """

    values: dict[str, Any]
    findings: Findings
    written: Mapping[str, Any] = field(default_factory=dict)

    def to_record(self, what: str) -> DatasetRecord:
        """The record; raises ``invalid_record`` with all errors, if any. ``what`` names the document."""
        self.findings.raise_for_errors(what)
        return DatasetRecord.from_dict(self.values)


def parse_json(content: bytes, what: str) -> dict[str, Any]:
    """Parse a JSON object; raises ``invalid_record`` with the position of the error."""

    def fail(code: str, detail: str) -> CatalogError:
        return _fault(what, code, detail)

    if len(content) > MAX_BYTES:
        raise _too_large(what)
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


def read_json(path: Path, *, follow: bool = True) -> dict[str, Any]:
    """:func:`parse_json` of a file; raises ``not_found`` or ``forbidden`` if it cannot be read.

    Args:
        path: the file.
        follow: whether it can be a symbolic link.
    """
    try:
        size, content = read_regular(path, MAX_BYTES, follow=follow)
    except (OSError, ValueError) as err:
        if (problem := no_file(err)) is not None:
            raise CatalogError("not_found", f"The metadata file '{path}' {problem}. Nothing was created.") from err
        detail = f"The metadata file '{path}' cannot be read: {reason(err)}. Nothing was created."
        raise CatalogError("forbidden", detail) from err
    if size > MAX_BYTES:
        raise _too_large(f"'{path}'")
    return parse_json(content, f"'{path}'")


def _too_large(what: str) -> CatalogError:
    return _fault(what, "too_long", f"is larger than {MAX_BYTES // 2**20} MiB.")


def _fault(what: str, code: str, detail: str) -> CatalogError:
    sentence = f"{what} {detail}"
    return CatalogError("invalid_record", f"{sentence} Nothing was created.", [FieldError("", code, sentence)])


def read_metadata(
    document: Mapping[str, Any],
    given: Mapping[str, Any] | None = None,
    vocabulary: Vocabulary | None = None,
    *,
    later: Collection[str] = (),
    former: DatasetRecord | None = None,
) -> Metadata:
    """Read a metadata document, in either form, as validated record fields.

    Args:
        document: a record, or ``{"datacard_tags": …, "other_info": …}``.
        given: fields given elsewhere (on the command line); they override those of the document, with a warning if
        they differ.
        vocabulary: allowed values; the built-in ones if omitted.
        later: fields that will be given later, so that they are not reported as missing.
        former: the record that this replaces; its unknown fields are not errors.
    """
    members = _read(document)
    values = dict(members.values)
    separate = {member: value for member, value in (given or {}).items() if value is not None}
    differing = []
    for member, value in separate.items():
        if values.get(member, value) != value:
            found = values[member]
            written = f"'{shortened(found)}'" if isinstance(found, str) else "something else"
            detail = f"The document says {written}, but '{value}' was given separately and is used."
            differing.append(FieldError(members.origins.get(member, f"/{member}"), "overridden", detail))
        values[member] = value
    values.setdefault("schema_version", SCHEMA_VERSION)
    origins = {k: v for k, v in members.origins.items() if k not in separate}
    located = replace(members, origins=origins)
    known = former.to_dict() if former else {}
    values = with_plain_identifiers(values)
    expanded = expand(values, known)
    found = _checked(expanded.values, expanded, known, vocabulary)
    awaited = {f"/{member}" for member in later}

    def relevant(findings: tuple[FieldError, ...]) -> Iterator[FieldError]:
        for finding in findings:
            if finding.code not in _MISSED or finding.pointer not in awaited:
                yield _locate(finding, located)

    findings = Findings((*members.faults, *relevant(found.errors)), (*differing, *relevant(found.warnings)))
    return Metadata(expanded.values, findings, values)


def read_changes(changes: Mapping[str, Any], former: DatasetRecord, vocabulary: Vocabulary | None = None) -> Metadata:
    """A record with changes applied, validated as a whole.

    Args:
        changes: fields with their new values, including short forms; None removes a field.
        former: the record before the change. Its unknown fields are kept.
        vocabulary: allowed values; the built-in ones if omitted.
    """
    known = former.to_dict()
    changes = with_plain_identifiers(changes)
    expanded = expand_changes(changes, known)
    values = {k: v for k, v in known.items() if k not in PUBLICATION} | expanded.values
    values = {k: v for k, v in values.items() if v is not None} | {"schema_version": SCHEMA_VERSION}
    return Metadata(values, _checked(values, expanded, known, vocabulary), changes)


def _read(document: Mapping[str, Any]) -> legacy.Members:
    """The fields in a document, without those that publishing sets."""
    if legacy.is_metadata(document):
        members = legacy.read_metadata(document)
    elif legacy.is_info(document):
        members = legacy.read_info(document)
    else:
        # Version 1 differs from version 2 only in fields that are now short forms: they are read as written.
        version = document.get("schema_version", 1)
        is_of_1 = version == 1 and version is not True
        members = legacy.Members(migrate({**document, "schema_version": 2} if is_of_1 else document))
    values = {k: v for k, v in members.values.items() if k not in PUBLICATION or k == "repo_id"}
    return replace(members, values=values)


def _checked(
    values: Mapping[str, Any], expanded: Expanded, former: Mapping[str, Any], vocabulary: Vocabulary | None
) -> Findings:
    """Findings about fields, at their locations in the source document."""
    found = validate(without_carried(values, former), vocabulary)

    def placed(findings: tuple[FieldError, ...]) -> Iterator[FieldError]:
        for finding in findings:
            short = next((its for place, its in expanded.origins.items() if _is_within(finding.pointer, place)), None)
            yield replace(finding, pointer=short or finding.pointer)

    return Findings((*expanded.faults, *placed(found.errors)), tuple(placed(found.warnings)))


def _is_within(pointer: str, place: str) -> bool:
    return pointer == place or pointer.startswith(f"{place}/")


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
            raise ValueError(f"'{shortened(key)}' appears twice in one object")
        members[key] = value
    return members
