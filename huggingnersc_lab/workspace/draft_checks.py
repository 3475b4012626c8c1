"""Converts a draft to a submission, and an entry, or a repository on the Hub, to a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from huggingnersc_lab.access.prober import owner_group
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.adopt import Repository, require_free
from huggingnersc_lab.catalog.publish.adopt.card import members_of
from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.former import offered_scripts
from huggingnersc_lab.catalog.publish.places import public_address
from huggingnersc_lab.catalog.publish.scripts import Scripts
from huggingnersc_lab.catalog.publish.submission import Submission, complete, script_warnings
from huggingnersc_lab.catalog.publish.update import as_changed, assemble
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.metadata.document import read_changes
from huggingnersc_lab.record.metadata.shorthands import collapse, enterable, shorthands
from huggingnersc_lab.record.model import PUBLICATION, DatasetRecord
from huggingnersc_lab.record.validation import Findings
from huggingnersc_lab.store import StoredEntry
from huggingnersc_lab.workspace.drafts import DraftContent
from huggingnersc_lab.workspace.locations import Locations
from huggingnersc_lab.workspace.picked_scripts import MEMBERS, picked_scripts


@dataclass(frozen=True)
class Examined:
    """The result of checking a draft.

    Attributes:
        findings: all errors and warnings.
        change: the requested change.
        submission: the submission to publish; None if there are errors.
    """

    findings: Findings
    change: Change
    submission: Submission | None

    def require(self) -> Submission:
        """The submission; raises ``invalid_record`` with all errors, if any."""
        self.findings.raise_for_errors("The draft")
        assert self.submission is not None  # noqa: S101 - there is one where there are no errors
        return self.submission


def examine(catalog: Catalog, locations: Locations, content: DraftContent) -> Examined:
    """Check a draft as a whole: its fields, scripts and paths.

    Raises:
        CatalogError: ``not_found`` if the entry it changes is gone; errors of the draft itself are in the findings.
    """
    stored = catalog.store.open(content.editing) if content.editing else None
    picked, errors, left_behind = picked_scripts(locations, content)
    change = change_of(content, stored, picked)
    if stored is None:
        scripts = picked
        # A script name without a script would be a promise that the entry does not keep.
        values = {member: value for member, value in change.values.items() if member not in MEMBERS}
        values |= {member: script.file_name for member, script in scripts.named.items()}
        if scripts.companions:
            values["companions"] = [script.file_name for script in scripts.companions]
        checked = catalog.validate(values)
    else:
        values, scripts = assemble(stored, change)
        checked = read_changes(values, stored.record, catalog.vocabulary)
    errors += _name_faults(catalog, stored, values)
    errors += checked.findings.errors
    warnings = [*checked.findings.warnings, *left_behind]
    if stored is not None:
        warnings += scripts.renamed
    if stored is not None and content.editing_etag not in (None, stored.etag):
        detail = f"'{stored.record.name}' was changed by somebody else after this draft was created: check it again."
        warnings.append(FieldError("", "conflict", detail))
    if errors:
        warnings += script_warnings(scripts.named)
        return Examined(Findings(tuple(errors), tuple(warnings)), change, None)
    record = DatasetRecord.from_dict(checked.values)
    if stored is not None:
        record = as_changed(record, stored.record, change)
    elif content.adopting:
        record = replace(record, repo_id=content.adopting)
    named = scripts.named
    submission = Submission(record, named.get("loader"), named.get("batch_script"), scripts.companions, tuple(warnings))
    submission = complete(catalog.site, submission)
    return Examined(Findings((), submission.warnings), change, submission)


def change_of(content: DraftContent, stored: StoredEntry | None, picked: Scripts) -> Change:
    """The change requested by a draft.

    Args:
        content: the draft's content.
        stored: the entry that it changes.
        picked: the scripts chosen in the draft.
    """
    # A script name without a script would be a promise that the entry does not keep.
    values = {key: value for key, value in sent_values(content).items() if key not in MEMBERS}
    if stored is not None:
        values = _changes(stored.record, values)
        values |= {member: None for member in MEMBERS if content.values.get(member, ...) is None}
        kept = content.values.get("companions")
        if isinstance(kept, list) and kept != list(stored.record.companions):
            values["companions"] = kept
    return Change(
        kind="update" if stored else "adopt" if content.adopting else "publish",
        name=stored.record.name if stored else str(content.values.get("name") or ""),
        values=values,
        loader=picked.named.get("loader"),
        batch_script=picked.named.get("batch_script"),
        companions={script.file_name: script.text for script in picked.companions},
        private=content.private,
        create_pr=content.create_pr,
        repo_id=None if stored else content.adopting,
        loader_in_repository=content.loader_in_repository if content.adopting and not stored else None,
        etag=content.editing_etag,
    )


def as_requested(change: Change, *, private: bool | None, create_pr: bool | None) -> Change:
    """A change with options of the request that override the draft's."""
    return replace(
        change,
        private=change.private if private is None else private,
        create_pr=change.create_pr if create_pr is None else create_pr,
    )


def _changes(record: DatasetRecord, values: Mapping[str, Any]) -> dict[str, Any]:
    """The draft's changes to the record it is based on, compared in the draft's form."""
    old = {key: value for key, value in collapse(record.to_dict()).items() if key not in PUBLICATION}
    changed = {key: value for key, value in values.items() if key not in MEMBERS and old.get(key) != value}
    # Fields that the form lacks, or that this version does not know, are not removed by omission.
    gone = {key for key in old if key not in values and key in enterable()} - {*MEMBERS, "name"}
    changed |= dict.fromkeys(gone)
    for short, its in shorthands().items():
        if its["x-for"] in changed and short in old.keys() & values.keys():  # one is not a change without the other
            changed[short] = values[short]
    return changed


def _name_faults(catalog: Catalog, stored: StoredEntry | None, values: Mapping[str, Any]) -> Iterator[FieldError]:
    if stored is not None and values.get("name", stored.record.name) != stored.record.name:
        old = stored.record.name
        detail = f"The nickname of an entry, '{old}', cannot be changed. Catalog it again for another one."
        yield FieldError("/name", "const", detail, old)
    elif stored is None and _is_taken(catalog, values.get("name")):
        detail = f"The catalog already has a dataset '{values['name']}': choose another nickname, or edit that one."
        yield FieldError("/name", "conflict", detail)


def _is_taken(catalog: Catalog, name: object) -> bool:
    """Whether the catalog has an entry with a new draft's nickname; if unavailable, publishing will report it."""
    with suppress(CatalogError):
        return isinstance(name, str) and catalog.store.exists(name)
    return False


def sent_values(content: DraftContent) -> dict[str, Any]:
    """The record fields that a draft contains."""
    return {member: value for member, value in content.values.items() if value is not None}


def content_of(catalog: Catalog, name: str) -> DraftContent:
    """The content of a draft that changes an entry, based on its current state.

    Fields derived from the data path are omitted, so that they are derived again if the path changes.
    """
    stored = catalog.store.read(name)
    stored.require_changeable()
    record = stored.record
    values = {key: value for key, value in record.to_dict().items() if key not in PUBLICATION}
    if record.data_path:
        derived = {
            "portal_link": public_address(catalog.site, record.data_path),
            "access_group": owner_group(record.data_path),
        }
        values = {key: value for key, value in values.items() if value != derived.get(key, ...)}
    return DraftContent(
        title=record.pretty_name,
        values=collapse(values),
        private=bool(record.private),
        create_pr=bool(record.pull_request_url),
        editing=name,
        editing_etag=stored.etag,
    )


def content_of_repository(catalog: Catalog, name: str) -> DraftContent:
    """The content of a draft that adds a repository of the organization to the catalog, filled from its card.

    Raises:
        CatalogError: ``not_found``, ``upstream``; also as :func:`content_of_found`.
    """
    return content_of_found(catalog, catalog.repository(name))


def content_of_found(catalog: Catalog, found: Repository) -> DraftContent:
    """:func:`content_of_repository` for a repository that was already looked up.

    Raises:
        CatalogError: ``conflict`` if it is already in the catalog, or another dataset has that name.
    """
    dataset = found.repository.dataset
    require_free(catalog.store, dataset.name, dataset.repo_id)
    values = members_of(found.repository, found.card, found.record)
    has_loader = bool(found.record.get("loader"))
    return DraftContent(
        title=values["pretty_name"],
        values=values,
        private=dataset.private,
        adopting=dataset.repo_id,
        repository_scripts=() if has_loader else offered_scripts(found.repository.files),
    )
