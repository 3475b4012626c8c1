"""Changes a published entry without losing people's edits of its card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from huggingnersc_lab.catalog.publish.base_card import base_of_update, companions_of, former_of, kept_for
from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.former import Former
from huggingnersc_lab.catalog.publish.plan import Plan, plan_of
from huggingnersc_lab.catalog.publish.planned import Planned, diff_of, record_in
from huggingnersc_lab.catalog.publish.repository import UNCONFIRMED, require_own
from huggingnersc_lab.catalog.publish.scripts import Scripts, followed_by
from huggingnersc_lab.catalog.publish.submission import Submission, complete, to_entry
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.record.metadata.document import read_changes
from huggingnersc_lab.record.model import CATALOG_ONLY, PUBLICATION, DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.entry_files import BASE_CARD_FILE, CARD_FILE, entry_files, hub_files
from huggingnersc_lab.render.merge.card import MergedCard, merge_card
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import StoredEntry, StoredRecord

CONFIRMED = "confirmed"
"""Code of a field error that, next to :data:`CARD_CONFLICT`, repeats the repository that the user has confirmed."""

CARD_CONFLICT = "card_conflict"
"""Code of the field errors that ask what to do with a part of the card; their detail names the part."""


def require_unchanged(stored: StoredRecord, etag: str | None) -> None:
    """Raise ``conflict`` if an entry cannot be changed here, or its etag differs from that of the change."""
    stored.require_changeable()
    if etag not in (None, stored.etag):
        raise CatalogError(
            "conflict",
            f"'{stored.record.name}' was changed by somebody else after you started this change. Nothing was "
            "overwritten: check the current entry, then make your change again.",
        )


def assemble(stored: StoredEntry, change: Change) -> tuple[dict[str, Any], Scripts]:
    """The changed fields of the entry, and its new scripts; nothing is validated.

    Its scripts stay unless new ones are given or they are removed. Fields derived from the data path are removed if the
    path changes.
    """
    old, changes = stored.record, change.values
    given = {"loader": change.loader, "batch_script": change.batch_script}
    scripts = {member: script for member, script in given.items() if script}
    for member in given.keys() - scripts.keys():
        file_name = getattr(old, member)
        is_kept = file_name and changes.get(member, file_name) is not None
        if is_kept and (text := stored.text(file_name)) is not None:
            scripts[member] = Script(file_name, text)
    kept = changes.get("companions", old.companions) or ()
    companions = {script.file_name: script for script in companions_of(stored, kept)}
    companions |= {script.file_name: script for script in change.companion_scripts}
    renames = {}
    if change.loader and old.loader and not change.batch_script:  # what called the old one calls the new one
        renames = {old.loader: change.loader.file_name}
    assembled = followed_by(scripts, tuple(companions.values()), renames)
    names: dict[str, Any] = {member: scripts[member].file_name if member in scripts else None for member in given}
    names["companions"] = list(companions) or None
    values = {key: value for key, value in changes.items() if key not in names} | names
    if "data_path" in values:
        values = dict.fromkeys(("portal_link", "access_group")) | values
    return values, assembled


def changed(site: Site, stored: StoredEntry, change: Change, vocabulary: Vocabulary) -> Submission:
    """The entry with a change applied; raises ``invalid_record`` with all errors."""
    old = stored.record
    values, scripts = assemble(stored, change)
    if values.get("name", old.name) != old.name:
        raise CatalogError("invalid_record", f"The nickname '{old.name}' cannot be changed: catalog it again.")
    checked = read_changes(values, old, vocabulary)
    record = as_changed(checked.to_record(f"The changed record of '{old.name}'"), old, change)
    warnings = (*checked.findings.warnings, *scripts.renamed)
    named = scripts.named
    return complete(
        site, Submission(record, named.get("loader"), named.get("batch_script"), scripts.companions, warnings)
    )


def as_changed(record: DatasetRecord, old: DatasetRecord, change: Change) -> DatasetRecord:
    """A changed record with the fields set by publishing, and without findings that may no longer hold."""
    record = replace(record, **{member: getattr(old, member) for member in PUBLICATION if member not in CATALOG_ONLY})
    if (
        change.loader or change.batch_script or change.companions
    ) and record.verification == old.verification:  # the new one has not been run
        record = replace(record, verification=None)
    if record.data_path != old.data_path and record.contents == old.contents:
        record = replace(record, contents=None)
    return record


def plan_update(
    site: Site,
    change: Change,
    stored: StoredEntry,
    submission: Submission,
    hub: Hub | None,
    template: str | None,
) -> Planned:
    """Render an entry and merge its card with the one on the Hub.

    An entry that is not on the Hub (for example an imported one) is planned as a new repository.

    Args:
        site: the site of the data.
        change: the requested change.
        stored: the current entry.
        submission: the new entry.
        hub: the Hub; None if it is unavailable, so that people's edits of the card are not known.
        template: the site's own template of the card's body.

    Raises:
        CatalogError: ``forbidden`` for a repository of another organization. One that is not the entry's own becomes a
        question of the plan.
    """
    former = stored.record
    seen = former.private if change.private is None or change.create_pr else change.private
    entry = to_entry(site, submission, private=bool(seen))
    state = hub.state(entry.repo_id) if hub else None
    notes: tuple[str, ...] = ()
    if state and state.repo_id and state.repo_id.lower() != entry.repo_id.lower():
        notes = (f"{entry.repo_id} was renamed on the Hub to {state.repo_id}: the entry will use the new name.",)
        renamed = replace(submission, record=replace(submission.record, repo_id=state.repo_id))
        entry = to_entry(site, renamed, private=bool(seen))
    files = entry_files(entry, template)
    question = _question(site, hub, former, entry.repo_id, change) if hub and state else None
    merged: MergedCard | None = None
    before = stored.files.get(CARD_FILE, b"").decode("utf-8", "replace")
    is_proposed = former.pull_request_url is not None
    main = Former.of(hub, entry.repo_id, state) if hub and state and is_proposed else Former()
    files |= kept_for(stored, main, is_proposal=change.create_pr)
    if hub and state and (theirs := hub.read_file(entry.repo_id, CARD_FILE, state.sha)) is not None:
        before = theirs.decode("utf-8", "replace")
        prefer_theirs = change.on_conflict == "keep"
        base = base_of_update(site, stored, template, main, before, files[CARD_FILE].decode())
        merged = merge_into(files, base, before, prefer_theirs=prefer_theirs)
        question = question or card_question(merged, change, entry.repo_id)
    names = tuple(hub_files(entry))
    plan = plan_of(entry, state, f"Update {former.name}", private=change.private, create_pr=change.create_pr)
    plan = replace(plan, deleted=_gone(former_of(stored, main), state, names))
    return Planned(
        change,
        record_in(files),
        files,
        names,
        plan,
        tuple(_actions(site, change, plan, is_new=hub is not None and state is None)),
        (*([question.detail] if question else ()), *notes, *(notes_of(merged, change) if merged else ())),
        diff_of(former, record_in(files), before, files[CARD_FILE].decode()),
        stored.etag,
        submission.warnings,
        question,
    )


def _question(site: Site, hub: Hub, former: DatasetRecord, repo_id: str, change: Change) -> CatalogError | None:
    """What the user must confirm first: the repository; see :func:`require_own`."""
    try:
        require_own(site, hub, former, repo_id, change.confirmed, is_proposal=change.create_pr)
    except CatalogError as err:
        if all(field.code != UNCONFIRMED for field in err.fields):
            raise
        return err
    return None


def _actions(site: Site, change: Change, plan: Plan, *, is_new: bool) -> Iterator[str]:
    names = ", ".join(plan.hub_files)
    if change.create_pr:
        yield f"Open a pull request on {plan.repo_id} with {len(plan.hub_files)} files: {names}"
    elif is_new:
        yield f"Create the dataset repository {plan.repo_id}, which is not on the Hub yet, and send {names} to it"
    else:
        yield f"Change {plan.repo_id} in one commit of {len(plan.hub_files)} files: {names}"
    if plan.was_private is not None:
        yield f"Show {plan.repo_id} to {'members only' if plan.private else 'everybody'}"
    if plan.deleted:
        yield f"Remove {', '.join(plan.deleted)} from it"
    if not is_new:
        yield "Keep people's edits of its card there"
    yield f"Replace the catalog folder {site.catalog_root}/{change.name} in one step"


def merge_into(files: dict[str, bytes], base: str | None, theirs: str, *, prefer_theirs: bool = False) -> MergedCard:
    """Merge the card among ``files`` into the Hub's, and store the base of the next merge."""
    merged = merge_card(base, theirs, files[CARD_FILE].decode(), prefer_theirs=prefer_theirs)
    files[CARD_FILE] = merged.text.encode()
    files[BASE_CARD_FILE] = merged.base.encode()
    return merged


def notes_of(merged: MergedCard, change: Change) -> tuple[str, ...]:
    """What is kept or replaced of the card on the Hub, one sentence each."""
    kept = [*merged.kept, *(merged.conflicts if change.on_conflict == "keep" else ())]
    replaced = [] if change.on_conflict == "keep" else merged.conflicts
    return (
        *(f"Kept from the Hub: {what}" for what in kept),
        *(f"Replaced on the Hub: {what}" for what in replaced),
    )


def card_question(merged: MergedCard, change: Change, repo_id: str) -> CatalogError | None:
    """What the user must decide first: whether to replace parts of the card that others have changed as well."""
    if not merged.conflicts or change.on_conflict != "ask":
        return None
    what = ", ".join(f"'{part}'" for part in merged.conflicts)
    detail = f"On the card of {repo_id}, {what} was edited by hand and is also changed here. Nothing was sent."
    fields = [FieldError("/card", CARD_CONFLICT, part) for part in merged.conflicts]
    if change.confirmed is not None:  # so that it need not be confirmed again
        fields.append(FieldError("/repo_id", CONFIRMED, change.confirmed))
    return CatalogError("conflict", detail, fields, hints=[Hint("card_conflict")])


def _gone(old: DatasetRecord, state: RepoState | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """Scripts of the old record that the new one does not have."""
    former = {old.loader, old.batch_script, *old.companions} - {None, *names}
    return tuple(sorted(str(path) for path in former if state is not None and path in state.files))
