"""Carrying out a job's order with the facade: what a job's process does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from huggingnersc_lab.catalog import Catalog, Publication
from huggingnersc_lab.catalog.publish.publisher import OnStep, Step
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.model import Order, Outcome, Tell
from huggingnersc_lab.jobs.runner import Stop
from huggingnersc_lab.record.metadata.shorthands import enterable
from huggingnersc_lab.record.model import PUBLICATION
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.workspace.drafts import Drafts

_SCRIPTS = ("loader", "batch_script")

_NO_RETURN = (("catalog", "done"), ("undo", "done"))
"""Steps after which an order is completed even when it should stop: all that counts has happened."""


def carry_out(order: Order, tell: Tell, stop: Stop) -> Outcome:
    """Do what the order says.

    A publication that fails is kept, to be resumed or undone; one that is stopped is taken back. A resume or an undo
    that is stopped leaves the publication as unfinished as it was. On success the draft is deleted, unless it was
    edited since.
    """

    def on_step(step: Step) -> None:
        if (step.name, step.phase) in _NO_RETURN:
            stop.hold()
        tell(step.name, step.phase, step.detail)

    try:
        catalog = Catalog(
            load_site(
                order.site,
                catalog_root=order.catalog_root,
                hub_url=order.hub_url,
                organization=order.organization,
            )
        )
    except CatalogError as err:
        return Outcome.failed(err)
    try:
        with stop.raising():
            if order.kind == "retire":
                stop.hold()  # two steps that cannot be taken back, and take but a moment
                result = None
                _retire(catalog, order, tell)
            else:
                result = _VERBS[order.kind](catalog, order, on_step)
    except CatalogError as err:
        return Outcome.failed(err, kept=_is_left(catalog, order))
    except KeyboardInterrupt:
        return _stopped(catalog, order, on_step)
    if order.draft_id and order.drafts_folder and order.kind in ("publish", "update", "resume"):
        with suppress(CatalogError):  # edited since, or gone
            Drafts(Path(order.drafts_folder)).delete(order.draft_id, order.draft_etag)
    return Outcome("succeeded", result=result)


def is_unfinished(catalog: Catalog, name: str) -> bool:
    """Whether there is a publication of that name to be resumed or undone; False where that cannot be seen."""
    try:
        return catalog.store.has_staging(name)
    except CatalogError:
        return False


def _publish(catalog: Catalog, order: Order, on_step: OnStep) -> Mapping[str, Any]:
    submission = catalog.read(order.values, loader=order.loader, batch_script=order.batch_script, name=order.name)
    publication = catalog.publish(
        submission,
        private=bool(order.private),
        create_pr=order.create_pr,
        adopting=order.adopting,
        keep_on_failure=True,
        on_step=on_step,
    )
    return _result(publication)


def _update(catalog: Catalog, order: Order, on_step: OnStep) -> Mapping[str, Any]:
    former = catalog.store.read(order.name).record.to_dict()
    # What nobody enters, or this program does not know, is not taken away by being left out.
    absent = (former.keys() & enterable()) - {*order.values, *PUBLICATION, *_SCRIPTS, "schema_version"}
    replaced = {member for member in _SCRIPTS if getattr(order, member) is not None}
    changes: dict[str, Any] = dict.fromkeys(absent)
    changes |= {member: value for member, value in order.values.items() if member not in {*PUBLICATION, *replaced}}
    publication = catalog.update(
        order.name,
        changes,
        loader=order.loader,
        batch_script=order.batch_script,
        private=order.private,
        create_pr=order.create_pr,
        etag=order.etag,
        confirmed=order.confirmed,
        keep_on_failure=True,
        on_step=on_step,
    )
    return _result(publication)


def _resume(catalog: Catalog, order: Order, on_step: OnStep) -> Mapping[str, Any]:
    return _result(catalog.resume(order.name, take_over=order.take_over, on_step=on_step))


def _undo(catalog: Catalog, order: Order, on_step: OnStep) -> None:
    catalog.undo(order.name, take_over=order.take_over, on_step=on_step)


def _retire(catalog: Catalog, order: Order, tell: Tell) -> None:
    tell("retire", "begin", _what_is_retired(catalog, order))
    catalog.retire(order.name, from_hub=order.from_hub, confirmed=order.confirmed)
    where = "the catalog and the Hub" if order.from_hub else "the catalog"
    tell("retire", "done", f"'{order.name}' taken out of {where}; the data was not touched")


def _what_is_retired(catalog: Catalog, order: Order) -> str:
    """What is going to be removed, the repository by its full name."""
    repo_id = catalog.store.read(order.name).record.repo_id if order.from_hub else None
    hub = f", and deleting {repo_id} from the Hub" if repo_id else ""
    return f"Taking '{order.name}' out of the catalog{hub}"


_VERBS = {"publish": _publish, "update": _update, "resume": _resume, "undo": _undo}


def _result(publication: Publication) -> Mapping[str, Any]:
    found = {
        "name": publication.record.name,
        "repo_url": publication.repo_url,
        "commit_url": publication.commit.url,
        "pull_request_url": publication.commit.pull_request_url,
        "folder": str(publication.folder),
        "notebook": str(publication.notebook),
        "notes": list(publication.notes),
    }
    return {key: value for key, value in found.items() if value}


def _stopped(catalog: Catalog, order: Order, on_step: OnStep) -> Outcome:
    """The end of an order that was stopped while it was carried out."""
    if order.kind in ("publish", "update") and _is_ours(catalog, order.name):
        try:
            catalog.undo(order.name, on_step=on_step)
        except CatalogError as err:
            return Outcome("cancelled", error=err.to_dict(), kept=True)
    return Outcome("cancelled", kept=_is_left(catalog, order))


def _is_left(catalog: Catalog, order: Order) -> bool:
    """Whether this order leaves something to be resumed or undone; not what somebody else is at."""
    if order.kind in ("publish", "update"):
        return _is_ours(catalog, order.name)
    return order.kind != "retire" and is_unfinished(catalog, order.name)


def _is_ours(catalog: Catalog, name: str) -> bool:
    try:
        staging = catalog.store.staging(name)
    except CatalogError:
        return False
    return staging is not None and staging.owner() == Owner.this()
