"""From a draft to what it would publish, and from an entry, or a repository on the Hub, to a draft of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.adopting import require_free
from huggingnersc_lab.catalog.card_members import members_of
from huggingnersc_lab.catalog.locations import Locations
from huggingnersc_lab.catalog.submission import Submission, complete
from huggingnersc_lab.catalog.updating import without_outdated
from huggingnersc_lab.drafts import DraftContent
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.inspection.prober import owner_group
from huggingnersc_lab.paths import portal_link
from huggingnersc_lab.record.model import CATALOG_ONLY, PUBLICATION, DatasetRecord
from huggingnersc_lab.record.scripts import Script, check_syntax, read_script
from huggingnersc_lab.record.shorthands import collapse
from huggingnersc_lab.record.validation import Findings
from huggingnersc_lab.render.batch import check_batch
from huggingnersc_lab.store import StoredEntry

SCRIPTS = ("loader", "batch_script")
"""Members of a record that name a script."""


@dataclass(frozen=True)
class Examined:
    """What a draft comes to.

    Attributes:
        findings: everything that was found in it.
        submission: what it would publish; None where there are errors.
        picked: the scripts that the draft names itself, by member; an entry that is changed keeps its others.
    """

    findings: Findings
    submission: Submission | None
    picked: Mapping[str, Script]

    def require(self) -> Submission:
        """What it would publish; raises ``invalid_record`` with every error when there is one."""
        self.findings.raise_for_errors("The draft")
        assert self.submission is not None  # noqa: S101 - there is one where there are no errors
        return self.submission


def examine(catalog: Catalog, locations: Locations, content: DraftContent) -> Examined:
    """Check a draft as a whole: its members, its scripts and its paths.

    Raises:
        CatalogError: ``not_found`` when the entry it changes is gone; what the draft itself lacks is in the findings.
    """
    stored = catalog.store.open(content.editing) if content.editing else None
    old = None if stored is None else stored.record
    errors: list[FieldError] = []
    picked: dict[str, Script] = {}
    for member in SCRIPTS:
        try:
            script = _picked(locations, content, member)
        except CatalogError as err:
            errors += err.fields or [FieldError(f"/{member}", err.code, err.detail)]
        else:
            picked |= {member: script} if script else {}
    scripts = {member: picked.get(member) or _kept(stored, content, member) for member in SCRIPTS}
    names = {member: script.file_name for member, script in scripts.items() if script}
    # A name without a script would be a promise that the entry does not keep.
    values = {member: value for member, value in sent_values(content).items() if member not in SCRIPTS}
    if old is not None and values.setdefault("name", old.name) != old.name:
        detail = f"The nickname of an entry cannot change: it is '{old.name}'. Catalog it anew for another."
        errors.append(FieldError("/name", "const", detail, old.name))
    elif old is None and _is_taken(catalog, values.get("name")):
        detail = f"The catalog has a dataset '{values['name']}' already: choose another nickname, or edit that one."
        errors.append(FieldError("/name", "conflict", detail))
    checked = catalog.validate(values, given=names, former=old)
    errors += checked.findings.errors
    warnings = list(checked.findings.warnings)
    if stored is not None and content.editing_etag not in (None, stored.etag):
        detail = f"'{stored.record.name}' was changed by somebody else since this draft was begun: look at it again."
        warnings.append(FieldError("", "conflict", detail))
    if errors:
        if scripts["loader"]:
            warnings += check_syntax(scripts["loader"])
        if scripts["batch_script"]:
            warnings += check_batch(scripts["batch_script"])
        return Examined(Findings(tuple(errors), tuple(warnings)), None, picked)
    record = _as_known(DatasetRecord.from_dict(checked.values), old, content, picked)
    submission = complete(catalog.site, Submission(record, scripts["loader"], scripts["batch_script"], tuple(warnings)))
    return Examined(Findings((), submission.warnings), submission, picked)


def _is_taken(catalog: Catalog, name: object) -> bool:
    """Whether the catalog has an entry of a new draft's nickname; publishing tells where it cannot be looked at."""
    with suppress(CatalogError):
        return isinstance(name, str) and catalog.store.exists(name)
    return False


def _as_known(
    record: DatasetRecord, old: DatasetRecord | None, content: DraftContent, picked: Mapping[str, Script]
) -> DatasetRecord:
    """The record with what is known besides the draft of the entry that it changes, or the repository it is for."""
    if old is not None:
        record = without_outdated(record, old, *picked.values())
        known = {key: getattr(old, key) for key in PUBLICATION if key not in CATALOG_ONLY}
        return replace(record, **known, unknown={**old.unknown, **record.unknown})
    return replace(record, repo_id=content.adopting) if content.adopting else record


def sent_values(content: DraftContent) -> dict[str, Any]:
    """The members that a draft says something about."""
    return {member: value for member, value in content.values.items() if value is not None}


def content_of(catalog: Catalog, name: str) -> DraftContent:
    """A draft's content that changes an entry, as the entry stands.

    What follows from the path of the data is left out, so that it follows from another one, too.
    """
    stored = catalog.store.read(name)
    stored.require_changeable()
    record = stored.record
    values = {key: value for key, value in record.to_dict().items() if key not in PUBLICATION}
    if record.data_path:
        derived = {
            "portal_link": portal_link(catalog.site, record.data_path),
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
    """A draft's content that brings a repository of the organization's into the catalog, filled from its card.

    Raises:
        CatalogError: ``not_found``, ``upstream``; ``conflict`` when the catalog has it already, or another dataset of
            that name.
    """
    found = catalog.repository(name)
    dataset = found.repository.dataset
    require_free(catalog.store, dataset.name, dataset.repo_id)
    values = members_of(found.repository, found.card)
    return DraftContent(title=values["pretty_name"], values=values, private=dataset.private, adopting=dataset.repo_id)


def _picked(locations: Locations, content: DraftContent, member: str) -> Script | None:
    """The script that the draft names itself."""
    contents_path = content.loader_path if member == "loader" else content.batch_script_path
    if not contents_path:
        return None
    name = content.values.get("name")
    return read_script(locations.resolve(contents_path, member), member, name if isinstance(name, str) else "")


def _kept(stored: StoredEntry | None, content: DraftContent, member: str) -> Script | None:
    """The script that the entry which is changed has already, unless the draft takes it away."""
    file_name = None if stored is None else getattr(stored.record, member)
    if stored is None or not file_name or content.values.get(member, file_name) is None:
        return None
    text = stored.text(file_name)
    return None if text is None else Script(file_name, text)
