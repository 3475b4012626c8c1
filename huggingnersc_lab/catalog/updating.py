"""Changing an entry that is published, without losing what people wrote by hand on its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from huggingnersc_lab.catalog.publishing import Plan
from huggingnersc_lab.catalog.repository import require_own
from huggingnersc_lab.catalog.submission import Submission, complete
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.record.document import read_metadata
from huggingnersc_lab.record.model import CATALOG_ONLY, PUBLICATION, DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.files import BASE_CARD_FILE, CARD_FILE, entry_files, hub_files
from huggingnersc_lab.render.merge import merge_card
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import StoredEntry, StoredRecord


@dataclass(frozen=True)
class Update:
    """What is going to be published in the place of an entry.

    Attributes:
        files: file name → content of the folder in the catalog.
        plan: what is to be done.
        notes: what of the card on the Hub was kept or replaced, a sentence each.
    """

    files: Mapping[str, bytes]
    plan: Plan
    notes: tuple[str, ...]


def require_unchanged(stored: StoredRecord, etag: str | None) -> None:
    """Raise ``conflict`` for an entry that cannot be changed here, or has another etag than a change began from."""
    stored.require_changeable()
    if etag not in (None, stored.etag):
        raise CatalogError(
            "conflict",
            f"'{stored.record.name}' was changed by somebody else since this change of it was begun. Nothing was "
            "overwritten: look at the entry as it is now, then make your change from there.",
        )


def changed(
    site: Site,
    stored: StoredEntry,
    changes: Mapping[str, Any],
    loader: Script | None,
    batch_script: Script | None,
    vocabulary: Vocabulary,
) -> Submission:
    """The entry with ``changes`` (None takes a member away); its scripts stay unless new ones are given."""
    old = stored.record
    scripts = {"loader": loader, "batch_script": batch_script}
    for member, script in scripts.items():
        file_name = getattr(old, member)
        is_kept = script is None and file_name and changes.get(member, file_name) is not None
        if is_kept and (text := stored.text(file_name)) is not None:
            scripts[member] = Script(file_name, text)
    values = {k: v for k, v in old.to_dict().items() if k not in PUBLICATION}
    values |= {member: script.file_name for member, script in scripts.items() if script}
    values = {k: v for k, v in (values | dict(changes)).items() if v is not None}
    if values.get("name") != old.name:
        raise CatalogError("invalid_record", f"The nickname of '{old.name}' cannot change: catalog it anew instead.")
    if "data_path" in changes:  # what follows from the path follows from the new one
        values = {k: v for k, v in values.items() if k in changes or k not in ("portal_link", "access_group")}
    if loader or batch_script:  # nobody has seen the new one run
        values = {k: v for k, v in values.items() if k != "verified_at" or v != old.verified_at}
    checked = read_metadata(values, vocabulary=vocabulary)
    record = checked.to_record(f"The changed record of '{old.name}'")
    record = replace(record, **{member: getattr(old, member) for member in PUBLICATION if member not in CATALOG_ONLY})
    submission = Submission(record, scripts["loader"], scripts["batch_script"], checked.findings.warnings)
    return complete(site, submission)


def plan_update(
    entry: Entry,
    former: StoredEntry,
    hub: Hub,
    template: str | None,
    *,
    private: bool | None,
    create_pr: bool,
    confirmed: str | None = None,
) -> Update:
    """Render an entry and merge its card with the one on the Hub.

    An entry that is not on the Hub (an imported one, say) is planned as a new repository.

    Args:
        entry: the changed entry.
        former: the entry until now.
        hub: the Hub.
        template: the site's own template of the card's body.
        private: whether only members are to see the repository; as it is when None.
        create_pr: whether the change is proposed only.
        confirmed: full name of the repository that a person says is meant; see :func:`require_own`.
    """
    name = entry.record.name
    files = entry_files(entry, template)
    state = hub.state(entry.repo_id)
    if state is not None:
        require_own(entry.site, hub, former.record, entry.repo_id, confirmed, is_proposal=create_pr)
    notes: tuple[str, ...] = ()
    if state is not None and (theirs := hub.read_file(entry.repo_id, CARD_FILE, state.sha)) is not None:
        notes = merge_into(files, former.text(BASE_CARD_FILE), theirs.decode("utf-8", "replace"))
    plan = replace(
        plan_of(entry, state, f"Update {name}", private=private, create_pr=create_pr),
        deleted=_gone(former.record, state, tuple(hub_files(entry))),
    )
    return Update(files, plan, notes)


def merge_into(files: dict[str, bytes], base: str | None, theirs: str) -> tuple[str, ...]:
    """Bring the Hub's card into the one among ``files``; what of it was kept or replaced, a sentence each."""
    merged = merge_card(base, theirs, files[CARD_FILE].decode())
    files[CARD_FILE] = merged.text.encode()
    kept = (f"Kept from the Hub: {what}" for what in merged.kept)
    return (*kept, *(f"Replaced on the Hub: {what}" for what in merged.overridden))


def plan_of(entry: Entry, state: RepoState | None, title: str, *, private: bool | None, create_pr: bool) -> Plan:
    """The plan to bring an entry to its repository.

    Args:
        entry: the entry.
        state: the repository as it stands; None for one that is to be made.
        title: first line of the commit's message.
        private: whether only members are to see it; as it is when None.
        create_pr: whether the change is proposed only.
    """
    changes = state is not None and not create_pr and private not in (None, state.private)
    return Plan(
        publish_id=str(entry.record.publish_id),
        repo_id=entry.repo_id,
        hub="",
        title=title,
        hub_files=tuple(hub_files(entry)),
        name=entry.record.name,
        private=bool(entry.record.private),
        was_private=state.private if state and changes else None,
        create_pr=create_pr,
        parent=state.sha if state else None,
    )


def _gone(old: DatasetRecord, state: RepoState | None, names: tuple[str, ...]) -> tuple[str, ...]:
    """Scripts of the former record that the new one does not have."""
    former = {old.loader, old.batch_script} - {None, *names}
    return tuple(sorted(str(path) for path in former if state is not None and path in state.files))
