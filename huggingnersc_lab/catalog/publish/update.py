"""Changing an entry that is published, without losing what people wrote by hand on its card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.plan import Plan, plan_of
from huggingnersc_lab.catalog.publish.planned import Planned, diff_of, record_in
from huggingnersc_lab.catalog.publish.repository import UNCONFIRMED, require_own
from huggingnersc_lab.catalog.publish.scripts import Scripts, followed_by
from huggingnersc_lab.catalog.publish.submission import Submission, complete, to_entry
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.record.codec import unknown_members
from huggingnersc_lab.record.metadata.document import read_changes
from huggingnersc_lab.record.model import CATALOG_ONLY, PUBLICATION, DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import BASE_CARD_FILE, CARD_FILE, entry_files, hub_files
from huggingnersc_lab.render.merge.card import merge_card
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import StoredEntry, StoredRecord


def require_unchanged(stored: StoredRecord, etag: str | None) -> None:
    """Raise ``conflict`` for an entry that cannot be changed here, or has another etag than a change began from."""
    stored.require_changeable()
    if etag not in (None, stored.etag):
        raise CatalogError(
            "conflict",
            f"'{stored.record.name}' was changed by somebody else since this change of it was begun. Nothing was "
            "overwritten: look at the entry as it is now, then make your change from there.",
        )


def assemble(stored: StoredEntry, change: Change) -> tuple[dict[str, Any], Scripts]:
    """What changes of the entry's members, and the scripts that it has then; nothing is checked.

    Its scripts stay unless new ones are given, or they are taken away. What follows from the path of the data goes
    with another path.
    """
    old, changes = stored.record, change.values
    given = {"loader": change.loader, "batch_script": change.batch_script}
    scripts = {member: script for member, script in given.items() if script}
    for member in given.keys() - scripts.keys():
        file_name = getattr(old, member)
        is_kept = file_name and changes.get(member, file_name) is not None
        if is_kept and (text := stored.text(file_name)) is not None:
            scripts[member] = Script(file_name, text)
    companions = {script.file_name: script for script in _kept_companions(stored, changes)}
    companions |= {script.file_name: script for script in change.companion_scripts}
    renames = {}
    if change.loader and old.loader and not change.batch_script:  # who called the former one calls the new one
        renames = {old.loader: change.loader.file_name}
    assembled = followed_by(scripts, tuple(companions.values()), renames)
    names: dict[str, Any] = {member: scripts[member].file_name if member in scripts else None for member in given}
    names["companions"] = list(companions) or None
    values = {key: value for key, value in changes.items() if key not in names} | names
    if "data_path" in values:
        values = dict.fromkeys(("portal_link", "access_group")) | values
    return values, assembled


def _kept_companions(stored: StoredEntry, changes: Mapping[str, Any]) -> Iterator[Script]:
    """The companion files that an entry has and keeps."""
    kept = changes.get("companions", stored.record.companions) or ()
    for file_name in stored.record.companions:
        if file_name in kept and (text := stored.text(file_name)) is not None:
            yield Script(file_name, text)


def changed(site: Site, stored: StoredEntry, change: Change, vocabulary: Vocabulary) -> Submission:
    """The entry with what a change says; raises ``invalid_record`` with every fault."""
    old = stored.record
    values, scripts = assemble(stored, change)
    if values.get("name", old.name) != old.name:
        raise CatalogError("invalid_record", f"The nickname of '{old.name}' cannot change: catalog it anew instead.")
    checked = read_changes(values, old, vocabulary)
    record = as_changed(checked.to_record(f"The changed record of '{old.name}'"), old, change)
    warnings = (*checked.findings.warnings, *scripts.renamed)
    named = scripts.named
    return complete(
        site, Submission(record, named.get("loader"), named.get("batch_script"), scripts.companions, warnings)
    )


def as_changed(record: DatasetRecord, old: DatasetRecord, change: Change) -> DatasetRecord:
    """A changed record with what publishing had filled in, and without what was found out and may not hold any more."""
    record = replace(record, **{member: getattr(old, member) for member in PUBLICATION if member not in CATALOG_ONLY})
    if (
        change.loader or change.batch_script or change.companions
    ) and record.verification == old.verification:  # nobody saw the new one run
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

    An entry that is not on the Hub (an imported one, say) is planned as a new repository.

    Args:
        site: where the data lies.
        change: what is wanted.
        stored: the entry until now.
        submission: the entry as it is going to be.
        hub: the Hub; None where it cannot be asked, and what people wrote on the card there is not known.
        template: the site's own template of the card's body.

    Raises:
        CatalogError: ``forbidden`` for a repository of another organization. One that is not the entry's own is a
            question of the plan's.
    """
    former = stored.record
    seen = former.private if change.private is None or change.create_pr else change.private
    entry = to_entry(site, submission, private=bool(seen))
    files = entry_files(entry, template)
    state = hub.state(entry.repo_id) if hub else None
    question = _question(site, hub, former, entry.repo_id, change) if hub and state else None
    notes: tuple[str, ...] = ()
    before = stored.files.get(CARD_FILE, b"").decode("utf-8", "replace")
    if hub and state and (theirs := hub.read_file(entry.repo_id, CARD_FILE, state.sha)) is not None:
        before = theirs.decode("utf-8", "replace")
        notes = merge_into(files, _base(site, stored, template), before)
    names = tuple(hub_files(entry))
    plan = plan_of(entry, state, f"Update {former.name}", private=change.private, create_pr=change.create_pr)
    plan = replace(plan, deleted=_gone(former, state, names))
    return Planned(
        change,
        record_in(files),
        files,
        names,
        plan,
        tuple(_actions(site, change, plan, is_new=hub is not None and state is None)),
        notes if question is None else (question.detail, *notes),
        diff_of(former, record_in(files), before, files[CARD_FILE].decode()),
        stored.etag,
        submission.warnings,
        question,
    )


def _question(site: Site, hub: Hub, former: DatasetRecord, repo_id: str, change: Change) -> CatalogError | None:
    """What a person has to confirm first: that the repository is meant; see :func:`require_own`."""
    try:
        require_own(site, hub, former, repo_id, change.confirmed, is_proposal=change.create_pr)
    except CatalogError as err:
        if all(field.code != UNCONFIRMED for field in err.fields):
            raise
        return err
    return None


def _base(site: Site, stored: StoredEntry, template: str | None) -> str | None:
    """The card to compare the Hub's with: as it was generated last.

    A program that knows more than this one has generated more. Compared with what this program makes of the same
    record, that is as if people had written it, and stays.
    """
    record = stored.record
    if not any(unknown_members(record)):
        return stored.text(BASE_CARD_FILE)
    loader, batch_script = (
        Script(name, text) if name and (text := stored.text(name)) is not None else None
        for name in (record.loader, record.batch_script)
    )
    companions = tuple(_kept_companions(stored, {}))
    return render_card(Entry(record, site, loader, batch_script, companions), template)


def _actions(site: Site, change: Change, plan: Plan, *, is_new: bool) -> Iterator[str]:
    names = ", ".join(plan.hub_files)
    if change.create_pr:
        yield f"Open a pull request on {plan.repo_id} with {len(plan.hub_files)} files: {names}"
    elif is_new:
        yield f"Make the dataset repository {plan.repo_id}, which is not on the Hub yet, and send {names} to it"
    else:
        yield f"Change {plan.repo_id} in one commit of {len(plan.hub_files)} files: {names}"
    if plan.was_private is not None:
        yield f"Show {plan.repo_id} to {'members only' if plan.private else 'everybody'}"
    if plan.deleted:
        yield f"Remove {', '.join(plan.deleted)} from it"
    if not is_new:
        yield "Keep what people wrote by hand on its card there"
    yield f"Replace the catalog folder {site.catalog_root}/{change.name} in one step"


def merge_into(files: dict[str, bytes], base: str | None, theirs: str) -> tuple[str, ...]:
    """Bring the Hub's card into the one among ``files``; what of it was kept or replaced, a sentence each."""
    merged = merge_card(base, theirs, files[CARD_FILE].decode())
    files[CARD_FILE] = merged.text.encode()
    kept = (f"Kept from the Hub: {what}" for what in merged.kept)
    return (*kept, *(f"Replaced on the Hub: {what}" for what in merged.overridden))


def _gone(old: DatasetRecord, state: RepoState | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """Scripts of the former record that the new one does not have."""
    former = {old.loader, old.batch_script, *old.companions} - {None, *names}
    return tuple(sorted(str(path) for path in former if state is not None and path in state.files))
