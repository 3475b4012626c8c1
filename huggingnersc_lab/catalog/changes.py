"""The facade's verbs that change an entry: each is planned, then carried out, and returns a :class:`Publication`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.plan import OnStep
from huggingnersc_lab.catalog.publish.planned import Planned
from huggingnersc_lab.catalog.publish.planner import Planner
from huggingnersc_lab.catalog.publish.publisher import Publisher
from huggingnersc_lab.catalog.publish.retire import retire
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.catalog.publish.unfinished import require
from huggingnersc_lab.catalog.results import Publication
from huggingnersc_lab.catalog.sources import Sources
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub import Commit
from huggingnersc_lab.hub.deadline import one_budget
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.entry import Entry


class Changes:
    """Plans changes of a catalog's entries and carries them out.

    The arguments are documented in the methods of the same names of :class:`huggingnersc_lab.catalog.Catalog`.

    Args:
        sources: the catalog and the Hub.
    """

    def __init__(self, sources: Sources) -> None:
        self._of = sources

    @one_budget
    def plan(self, change: Change, submission: Submission | None, *, can_ask_hub: bool = True) -> Planned:
        """Plan a change. Nothing is sent or written."""
        planner = Planner(self._of.site, self._of.store, lambda: self._of.hub, self._of.vocabulary)
        return planner.plan(change, submission, can_ask_hub=can_ask_hub)

    @one_budget
    def carry_out(self, planned: Planned, *, keep_on_failure: bool, on_step: OnStep | None) -> Publication:
        """Carry out a plan."""
        planned.require_confirmed()
        self._of.store.check_writable()
        self._require_free(planned)
        self._of.hub.require_token()
        publisher = Publisher(self._of.store, self._of.hub, on_step)
        commit = publisher.publish(planned, keep_on_failure=keep_on_failure)
        return replace(self._publication(planned.change.name, commit), notes=planned.notes)

    @one_budget
    def publish(
        self, submission: Submission, *, keep_on_failure: bool, on_step: OnStep | None, **options: Any
    ) -> Publication:
        """Publish an entry; for the options see :func:`new_entry`."""
        self._of.store.check_writable()
        planned = self.plan(new_entry(submission, **options), submission)
        return self.carry_out(planned, keep_on_failure=keep_on_failure, on_step=on_step)

    @one_budget
    def update(
        self,
        name: str,
        changes: Mapping[str, Any],
        *,
        keep_on_failure: bool,
        on_step: OnStep | None,
        **options: Any,
    ) -> Publication:
        """Change an entry; the options are other attributes of :class:`Change`."""
        self._of.store.check_writable()
        self._of.hub.require_token()
        planned = self.plan(Change("update", name, changes, **options), None)
        return self.carry_out(planned, keep_on_failure=keep_on_failure, on_step=on_step)

    @one_budget
    def retire(self, name: str, *, from_hub: bool, confirmed: str | None) -> DatasetRecord:
        """Remove an entry from the catalog."""
        self._of.store.check_writable()
        planned = self.plan(Change("retire", name, from_hub=from_hub, confirmed=confirmed), None)
        return retire(self._of.site, self._of.store, planned, lambda: self._of.hub)

    @one_budget
    def resume(self, name: str, *, take_over: str | None, on_step: OnStep | None) -> Publication:
        """Finish an interrupted publication."""
        staged = require(self._of.site, self._of.store, name)
        commit = Publisher(self._of.store, self._of.hub, on_step).resume(staged, seen=take_over)
        return self._publication(name, commit)

    @one_budget
    def undo(self, name: str, *, take_over: str | None, on_step: OnStep | None) -> None:
        """Undo an interrupted publication."""
        staged = require(self._of.site, self._of.store, name)
        Publisher(self._of.store, self._of.hub, on_step).undo(staged, seen=take_over)

    def _require_free(self, planned: Planned) -> None:
        name = planned.change.name
        if planned.replaces is None and self._of.store.exists(name):
            detail = f"'{name}' is already in the catalog. Nothing was changed."
            raise CatalogError("conflict", detail, hints=[Hint("edit_instead", name)])

    def _publication(self, name: str, commit: Commit) -> Publication:
        stored = self._of.store.read(name)
        notebook = stored.folder / Entry(stored.record, self._of.site).notebook_name
        url = self._of.hub.dataset_url(str(stored.record.repo_id))
        return Publication(stored.record, stored.folder, notebook, commit, url)


def new_entry(
    submission: Submission,
    *,
    private: bool | None = False,
    create_pr: bool = False,
    adopting: str | None = None,
    loader_in_repository: str | None = None,
) -> Change:
    """The change that creates an entry from a submission.

    Args:
        submission: the entry.
        private: whether only members can see its repository.
        create_pr: whether to propose it as a pull request.
        adopting: full name of an existing repository for the entry; a new one is created if omitted.
        loader_in_repository: name of the file there that becomes the loader.
    """
    kind: Literal["adopt", "publish"] = "adopt" if adopting else "publish"
    return Change(
        kind,
        submission.record.name,
        private=private,
        create_pr=create_pr,
        repo_id=adopting,
        loader_in_repository=loader_in_repository,
    )
