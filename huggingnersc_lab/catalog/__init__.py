"""The facade: what can be done with a catalog, one method for each verb."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.catalog.adopting import adopted, plan_adoption
from huggingnersc_lab.catalog.answers import Found, Inspection, Preview, Publication
from huggingnersc_lab.catalog.importing import Imported, import_catalog
from huggingnersc_lab.catalog.looking import Readable
from huggingnersc_lab.catalog.publishing import OnStep, Plan, Publisher
from huggingnersc_lab.catalog.retiring import retire
from huggingnersc_lab.catalog.sources import vocabulary_folder
from huggingnersc_lab.catalog.submission import Submission, read_submission, to_entry
from huggingnersc_lab.catalog.updating import Update, changed, plan_of, plan_update, require_unchanged
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit
from huggingnersc_lab.hub.deadline import one_budget
from huggingnersc_lab.record.document import Metadata, read_metadata
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.files import CARD_FILE, entry_files, hub_files
from huggingnersc_lab.store.staging import Staging

__all__ = ["Catalog", "Found", "Inspection", "Preview", "Publication"]


class Catalog(Readable):
    """A site's catalog and its Hub.

    Every method raises :class:`CatalogError`, whose ``code`` tells what kind of thing went wrong.

    Args:
        site: the centre; the configured one when left out, and the practice site when nothing is configured.
        token: access token for the Hub; found as huggingface_hub does when left out.
        hub: makes the Hub to talk to, at the first need of one.

    In the examples below ``catalog`` is one of the practice site in which ``iris`` is cataloged, and ``folder`` holds
    the files that it was made from: ``metadata.json``, ``load_iris.py`` and the data.

    >>> import tempfile
    >>> from huggingnersc_lab import Site
    >>> site = Site.load("sandbox", catalog_root=tempfile.mkdtemp())
    >>> Catalog(site).records()
    []
    """

    @one_budget
    def refresh_vocabulary(self) -> Vocabulary:
        """Ask the Hub for values that are new there, and keep them for this user."""
        fresh = self.vocabulary.with_hub_tags(self.hub.tags_by_type(), source=self.hub.url)
        fresh.save(vocabulary_folder())
        self.vocabulary = fresh
        return fresh

    def validate(
        self,
        metadata: Mapping[str, Any],
        *,
        given: Mapping[str, Any] | None = None,
        later: Collection[str] = (),
    ) -> Metadata:
        """Check a metadata document of either form; its findings hold every fault at once.

        Args:
            metadata: the document.
            given: members that were said elsewhere, and take the place of the document's.
            later: members that will be given another time, so that they are not missed here.

        >>> document = {"name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"], "licence": "mit"}
        >>> metadata = catalog.validate(document)
        >>> [error.detail for error in metadata.findings.errors]
        ["There is no field 'licence'. Did you mean 'license'?"]
        """
        return read_metadata(metadata, given, self.vocabulary, later=later)

    def read(self, metadata: Path | Mapping[str, Any], **parts: Any) -> Submission:
        """Read what a contributor hands in; see :func:`huggingnersc_lab.catalog.submission.read_submission`.

        Raises:
            CatalogError: ``invalid_record`` with every fault of metadata, name and scripts at once.

        >>> submission = catalog.read(folder / "metadata.json", loader=folder / "load_iris.py", name="flowers")
        >>> submission.record.size_categories
        ('n<1K',)
        """
        return read_submission(self.site, metadata, vocabulary=self.vocabulary, **parts)

    def preview(
        self,
        submission: Submission,
        *,
        private: bool = False,
        create_pr: bool = False,
        adopting: str | None = None,
    ) -> Preview:
        """What :meth:`publish` would make. Nothing is sent or written.

        >>> submission = catalog.read(folder / "metadata.json", loader=folder / "load_iris.py", name="flowers")
        >>> shown = catalog.preview(submission)
        >>> shown.hub_files
        ('README.md', 'load_iris.py', 'record.json')
        >>> print(shown.actions[0])
        Make the public dataset repository NERSC/flowers on the practice Hub
        """
        entry = to_entry(self.site, adopted(self.site, submission, adopting), private=private, publish_id="preview")
        files = entry_files(entry, self._template())
        names = tuple(hub_files(entry))
        repo, root = entry.repo_id, self.site.catalog_root
        if create_pr:
            actions = [f"Open a pull request on {repo} with {len(names)} files"]
        elif adopting:
            actions = [
                f"Change {repo}, which is on the Hub already, in one commit of {len(names)} files: {', '.join(names)}",
                "Keep what people wrote on its card there",
            ]
        else:
            seen = "private" if private else "public"
            actions = [
                f"Make the {seen} dataset repository {repo} on {self._hub_name()}",
                f"Send {len(names)} files to it in one commit: {', '.join(names)}",
            ]
        actions.append(f"Put {len(files)} files into the catalog folder {root}/{entry.record.name}")
        return Preview(
            entry.record,
            files[CARD_FILE].decode(),
            files[entry.notebook_name].decode(),
            files,
            names,
            tuple(actions),
        )

    @one_budget
    def publish(
        self,
        submission: Submission,
        *,
        private: bool | None = False,
        create_pr: bool = False,
        adopting: str | None = None,
        keep_on_failure: bool = False,
        on_step: OnStep | None = None,
    ) -> Publication:
        """Make the entry: one repository, one commit, one folder in the catalog.

        Everything is checked and rendered before the first request. When something fails, what was begun is undone.

        Args:
            submission: what is published.
            private: only members of the organization see the repository; None leaves an adopted one as it is.
            create_pr: propose it as a pull request instead, for those who may not write.
            adopting: a repository of the organization's that is on the Hub already and becomes this entry's. What
                people wrote on its card is kept.
            keep_on_failure: leave what was begun, for :meth:`resume` or :meth:`undo`, unless it was refused.
            on_step: told of every step.

        Raises:
            CatalogError: ``conflict`` when the name is taken here or on the Hub, or when the repository to adopt is of
                an entry already, or has changed meanwhile.

        >>> submission = catalog.read(folder / "metadata.json", loader=folder / "load_iris.py", name="flowers")
        >>> done = catalog.publish(submission)
        >>> done.record.repo_id, done.notebook.name
        ('NERSC/flowers', 'flowers_loader.ipynb')
        """
        name = submission.record.name
        submission = adopted(self.site, submission, adopting)
        self.store.check_writable()
        if self.store.exists(name):
            raise CatalogError(
                "conflict",
                f"'{name}' is in the catalog already. Nothing was changed. 'huggingnersc update {name}' changes it; "
                "for another dataset choose another nickname.",
            )
        if adopting:
            self.hub.require_token()
            planned = plan_adoption(
                self.site, submission, self.hub, self.store, self._template(), private=private, create_pr=create_pr
            )
        else:
            planned = self._planned(submission, private=bool(private), create_pr=create_pr)
            self.hub.require_token()
        publisher = Publisher(self.store, self.hub, on_step)
        plan = replace(planned.plan, hub=self.site.hub_url)
        commit = publisher.publish(name, planned.files, plan, keep_on_failure=keep_on_failure)
        return replace(self._publication(name, commit), notes=planned.notes)

    def _planned(self, submission: Submission, *, private: bool, create_pr: bool) -> Update:
        """A new entry with a repository of its own."""
        entry = to_entry(self.site, submission, private=private)
        files = entry_files(entry, self._template())
        plan = plan_of(entry, None, f"Catalog {entry.record.name}", private=private, create_pr=create_pr)
        return Update(files, plan, ())

    @one_budget
    def update(
        self,
        name: str,
        changes: Mapping[str, Any],
        *,
        loader: Script | None = None,
        batch_script: Script | None = None,
        private: bool | None = None,
        create_pr: bool = False,
        etag: str | None = None,
        keep_on_failure: bool = False,
        on_step: OnStep | None = None,
    ) -> Publication:
        """Change an entry. What people wrote by hand on its card on the Hub is kept.

        Args:
            name: its nickname.
            changes: members of the record with their new values; None takes one away.
            loader: another loader script.
            batch_script: another batch script.
            private: whether only members see the repository; as it is when None, or with ``create_pr``.
            create_pr: propose the change as a pull request instead.
            etag: ``conflict`` when the entry has changed since it had this one.
            keep_on_failure: leave what was begun, for :meth:`resume` or :meth:`undo`, unless it was refused.
            on_step: told of every step.

        Raises:
            CatalogError: ``invalid_record`` with every fault, ``conflict`` when it has changed in the meantime here or
                on the Hub, ``forbidden`` when you may not write there.

        >>> catalog.update("iris", {"license": "cc-by-4.0", "papers": None}).record.license
        'cc-by-4.0'
        """
        self.store.check_writable()
        stored = self.store.read(name)
        require_unchanged(stored, etag)
        submission = changed(self.site, self.store, stored, changes, loader, batch_script, self.vocabulary)
        seen = stored.record.private if private is None or create_pr else private
        entry = to_entry(self.site, submission, private=bool(seen))
        self.hub.require_token()
        update = plan_update(entry, self.hub, self.store, self._template(), private=private, create_pr=create_pr)
        plan = replace(update.plan, hub=self.site.hub_url)
        publisher = Publisher(self.store, self.hub, on_step)
        commit = publisher.publish(name, update.files, plan, replaces=stored.etag, keep_on_failure=keep_on_failure)
        return replace(self._publication(name, commit), notes=update.notes)

    def import_from(self, folder: Path, *, dry_run: bool = False) -> Iterator[Imported]:
        """Bring in a catalog of HuggingNERSC's first version; see :mod:`huggingnersc_lab.catalog.importing`."""
        return import_catalog(self.site, self.store, folder, self.vocabulary, dry_run=dry_run)

    @one_budget
    def resume(self, name: str, *, on_step: OnStep | None = None) -> Publication:
        """Finish a publication that was stopped.

        Raises:
            CatalogError: ``not_found`` when there is none, ``conflict`` when somebody is at it.
        """
        staging = self._unfinished(name)
        commit = Publisher(self.store, self.hub, on_step).resume(staging)
        return self._publication(name, commit)

    @one_budget
    def undo(self, name: str, *, on_step: OnStep | None = None) -> None:
        """Remove a publication that was stopped, from the Hub and from the disk; what stood before stands again.

        Raises:
            CatalogError: ``not_found`` when there is none; ``conflict`` when somebody is at it, or others have changed
                the repository since.
        """
        Publisher(self.store, self.hub, on_step).undo(self._unfinished(name))

    def unfinished(self) -> list[str]:
        """Nicknames of publications that were stopped, or that go on in another process.

        >>> catalog.unfinished()
        []
        """
        return self.store.unfinished()

    @one_budget
    def retire(self, name: str, *, from_hub: bool = False) -> DatasetRecord:
        """Take a dataset out of the catalog. The data itself is never touched.

        Args:
            name: its nickname.
            from_hub: delete its repository on the Hub, too; that cannot be undone.

        Raises:
            CatalogError: ``not_found``; ``conflict`` for one with an unfinished publication; ``forbidden``.

        >>> catalog.retire("iris", from_hub=True).name
        'iris'
        """
        return retire(self.store, name, (lambda: self.hub) if from_hub else None)

    def _unfinished(self, name: str) -> Staging:
        self.store.check_writable()
        staging = self.store.staging(name)
        if staging is None:
            self.store.sweep(name)
            others = self.store.unfinished()
            more = f" Unfinished are: {', '.join(others)}." if others else ""
            raise CatalogError("not_found", f"There is no unfinished publication of '{name}'.{more}")
        begun_on = Plan.of(staging).hub
        if begun_on != self.site.hub_url:
            raise CatalogError(
                "conflict",
                f"'{name}' was begun on the Hub '{begun_on}', not on '{self.site.hub_url}': name that one "
                "with --hub-url.",
            )
        return staging

    def _template(self) -> str | None:
        path = self.site.card_template
        if path is None:
            return None
        try:
            return path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as err:
            detail = f"The site's card template '{path}' cannot be read: {err}. Nothing was made."
            raise CatalogError("not_found", detail) from err

    def _publication(self, name: str, commit: Commit) -> Publication:
        stored = self.store.read(name)
        notebook = stored.folder / Entry(stored.record, self.site).notebook_name
        repo_url = self.hub.dataset_url(str(stored.record.repo_id))
        return Publication(stored.record, stored.folder, notebook, commit, repo_url)

    def _hub_name(self) -> str:
        return "the practice Hub" if self.site.is_practice else self.site.hub_url
