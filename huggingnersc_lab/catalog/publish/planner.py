"""Turns a requested change into a plan: the only code path for both previews and publications."""

from __future__ import annotations

from collections.abc import Callable

from huggingnersc_lab.catalog.publish.adopt import adopted, plan_adoption
from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.new import plan_publication
from huggingnersc_lab.catalog.publish.planned import Planned
from huggingnersc_lab.catalog.publish.retire import plan_retirement
from huggingnersc_lab.catalog.publish.submission import Submission, read_submission
from huggingnersc_lab.catalog.publish.update import changed, plan_update, require_unchanged
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.regular import UnreadableError, read_text
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import Store

MAX_TEMPLATE_BYTES = 1024 * 1024
"""Maximum size of a card template."""


class Planner:
    """Plans changes of one catalog.

    Args:
        site: the centre.
        store: the catalog.
        hub: returns the Hub, if a change depends on it.
        vocabulary: the allowed values of record fields.
    """

    def __init__(self, site: Site, store: Store, hub: Callable[[], Hub], vocabulary: Vocabulary) -> None:
        self._site = site
        self._store = store
        self._hub = hub
        self._vocabulary = vocabulary

    def plan(self, change: Change, submission: Submission | None = None, *, can_ask_hub: bool = True) -> Planned:
        """Plan a change; see :meth:`huggingnersc_lab.catalog.Catalog.plan`.

        Raises:
            CatalogError: ``invalid_record`` with all errors; ``not_found``; ``conflict`` if the name is taken, if the
            entry has changed since the change was prepared, or if ``confirmed`` is needed; ``forbidden``;
            ``upstream``.
        """
        if change.kind == "retire":
            return plan_retirement(self._site, self._store, change)
        if change.kind == "update":
            return self._update(change, can_ask_hub=can_ask_hub)
        submission = submission or read_submission(
            self._site,
            change.values,
            vocabulary=self._vocabulary,
            loader=change.loader,
            batch_script=change.batch_script,
            companions=change.companion_scripts,
            name=change.name,
        )
        return self._new(change, adopted(self._site, submission, change.repo_id))

    def _new(self, change: Change, submission: Submission) -> Planned:
        if change.kind == "adopt":
            return plan_adoption(self._site, change, submission, self._hub(), self._store, self._template())
        return plan_publication(self._site, change, submission, self._template())

    def _update(self, change: Change, *, can_ask_hub: bool) -> Planned:
        stored = self._store.open(change.name)
        require_unchanged(stored, change.etag)
        submission = changed(self._site, stored, change, self._vocabulary)
        hub = self._hub() if can_ask_hub else None
        return plan_update(self._site, change, stored, submission, hub, self._template())

    def _template(self) -> str | None:
        path = self._site.card_template
        if path is None:
            return None
        try:
            return read_text(path, MAX_TEMPLATE_BYTES)
        except UnreadableError as err:
            detail = f"The site's card template '{path}' cannot be read: {err}. Nothing was created."
            raise CatalogError("not_found", detail) from err
