"""Adds an existing repository on the Hub to the catalog, from a draft based on its card to the published record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.former import Former, former_record
from huggingnersc_lab.catalog.publish.plan import plan_of
from huggingnersc_lab.catalog.publish.planned import Diff, Planned, diff_of, record_in
from huggingnersc_lab.catalog.publish.submission import Submission, complete, to_entry
from huggingnersc_lab.catalog.publish.update import merge_into, notes_of
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, HubRepository
from huggingnersc_lab.hub.listing import is_name
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.entry_files import CARD_FILE, RECORD_FILE, entry_files
from huggingnersc_lab.render.merge.card import base_of_adopted, replaced_keys
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import Store

LONGEST_CARD = 1_000_000
"""Maximum length of a displayed card, in characters."""


@dataclass(frozen=True)
class Repository:
    """A repository on the Hub with its card.

    Attributes:
        repository: the repository's information from the Hub.
        card: the card, written by others; empty if there is none.
        url: its page.
        record: unvalidated fields of the record in the repository, as left by a retired entry.
    """

    repository: HubRepository
    card: str
    url: str
    record: Mapping[str, Any] = field(default_factory=dict)


def look_up(hub: Hub, name: str) -> Repository:
    """Look up a repository of the organization.

    Args:
        hub: the Hub.
        name: its name, without the organization.

    Raises:
        CatalogError: ``not_found`` if it does not exist or is not visible, ``upstream``.
    """
    repository = hub.repository(repo_id_of(hub.organization, name))
    dataset = repository.dataset
    found: dict[str, bytes] = {}
    try:
        for path in (CARD_FILE, RECORD_FILE):
            if path in repository.files:
                found[path] = hub.read_file(dataset.repo_id, path, dataset.sha or "main") or b""
    except CatalogError as err:
        if err.code != "forbidden":  # a gated repository
            raise
    card = found.get(CARD_FILE, b"").decode("utf-8", "replace")[:LONGEST_CARD]
    former = former_record(found.get(RECORD_FILE, b""))
    return Repository(repository, card, hub.dataset_url(dataset.repo_id), former.to_dict() if former else {})


def repo_id_of(organization: str, name: str) -> str:
    """The id of a repository of the organization; raises ``not_found`` for an invalid name."""
    if not is_name(name):
        detail = f"'{name[:96]}' is not the name of a dataset on the Hub: refresh the list."
        raise CatalogError("not_found", detail)
    return f"{organization}/{name}"


def require_free(store: Store, name: str, repo_id: str) -> None:
    """Raise ``conflict`` if the catalog has an entry of that name; if it is the repository's own, the error says so."""
    if not store.exists(name):
        return
    try:
        is_its_own = (store.read(name).record.repo_id or "").lower() == repo_id.lower()
    except CatalogError:
        is_its_own = False
    what = f"'{repo_id}' is already in the catalog" if is_its_own else f"The catalog has another dataset '{name}'"
    how = "Edit that entry instead" if is_its_own else "Retire or rename that one first, or choose another nickname"
    raise CatalogError("conflict", f"{what}. Nothing was created. {how}.")


def adopted(site: Site, submission: Submission, repo_id: str | None) -> Submission:
    """The submission for that repository; unchanged if there is none.

    Raises:
        CatalogError: ``invalid_record`` if the repository belongs to another organization.
    """
    if repo_id is None:
        return submission
    organization, _, name = repo_id.partition("/")
    if organization.lower() != site.organization.lower() or not is_name(name):
        detail = f"'{repo_id[:200]}' is not a dataset of {site.organization}; only its repositories can be adopted."
        raise CatalogError("invalid_record", f"{detail} Nothing was created.")
    return replace(submission, record=replace(submission.record, repo_id=repo_id))


def plan_adoption(
    site: Site, change: Change, submission: Submission, hub: Hub, store: Store, template: str | None
) -> Planned:
    """Render the entry for an existing repository, and merge its card into the one that people wrote.

    Args:
        site: the site of the data.
        change: the requested change.
        submission: the entry, whose record names the repository.
        hub: the Hub.
        store: the catalog.
        template: the site's own template of the card's body.

    Raises:
        CatalogError: ``not_found`` if the repository is gone; ``conflict`` if an entry of the catalog has it, or one of
        our files would replace one of its own.
    """
    repo_id = str(submission.record.repo_id)
    state = hub.state(repo_id)
    if state is None:
        detail = f"'{repo_id}' is no longer on {hub.url}, or is not visible to your token. Nothing was created."
        raise CatalogError("not_found", f"{detail} Refresh the list.")
    former = Former.of(hub, repo_id, state)
    is_picked = change.loader_in_repository is not None and submission.loader is None
    if is_picked:
        former = former.with_loader(hub, repo_id, state, str(change.loader_in_repository), submission.record.name)
    submission = former.completed(submission)
    if is_picked:  # it was not there to be looked at before
        submission = complete(site, submission)
    is_kept = change.private is None or change.create_pr
    entry = to_entry(site, submission, private=state.private if is_kept else bool(change.private))
    files = entry_files(entry, template)
    name = entry.record.name
    plan = plan_of(entry, state, f"Catalog {name}", private=change.private, create_pr=change.create_pr)
    for path in plan.hub_files:
        if path in state.files and path != CARD_FILE and not (is_picked and path == change.loader_in_repository):
            _require_ours(hub.read_file(repo_id, path, state.sha) or b"", files[path], path, repo_id, store)
    theirs = hub.read_file(repo_id, CARD_FILE, state.sha)
    notes: tuple[str, ...] = ()
    card = "" if theirs is None else theirs.decode("utf-8", "replace")
    if theirs is not None:
        made = files[CARD_FILE].decode()
        base = former.card(site, template)
        merged = merge_into(files, base or base_of_adopted(card, made), card)
        replaced = (f"Replaced on the Hub: {key}" for key in replaced_keys(card, made))
        notes = (*former.notes(submission, change), *notes_of(merged, change), *(() if base else replaced))
    names = ", ".join(plan.hub_files)
    what = "Open a pull request on" if change.create_pr else "Change"
    actions = (
        f"{what} {repo_id}, which is already on the Hub, in one commit of {len(plan.hub_files)} files: {names}",
        "Keep what people wrote on its card there",
        f"Put {len(files)} files into the catalog folder {site.catalog_root}/{name}",
    )
    diff = Diff(card=diff_of(submission.record, submission.record, card, files[CARD_FILE].decode()).card)
    return Planned(
        change, record_in(files), files, plan.hub_files, plan, actions, notes, diff, warnings=submission.warnings
    )


def _require_ours(theirs: bytes, ours: bytes, path: str, repo_id: str, store: Store) -> None:
    """Raise ``conflict`` unless our file may replace the repository's file of the same name."""
    record = former_record(theirs) if path == RECORD_FILE else None
    if record is not None:
        _require_uncataloged(record, repo_id, store)
    elif theirs != ours:
        raise CatalogError(
            "conflict",
            f"'{repo_id}' already has a file '{path}', which would be replaced. Nothing was created. Give your file "
            "another name, or remove that one on the Hub first.",
        )


def _require_uncataloged(record: DatasetRecord, repo_id: str, store: Store) -> None:
    """Raise ``conflict`` if this catalog has the entry, under any nickname, of a repository's own record."""
    try:
        known = store.read(record.name).record
    except CatalogError:
        return
    if (known.repo_id or "").lower() == repo_id.lower():
        detail = (
            f"'{repo_id}' is already in the catalog as '{record.name}'. Nothing was created. Edit that entry instead."
        )
        raise CatalogError("conflict", detail)
