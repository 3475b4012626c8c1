"""A contributor's submission, read and validated as a whole, so that all errors are reported at once."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from huggingnersc_lab.access.advice import advice
from huggingnersc_lab.access.prober import check_access, owner_group
from huggingnersc_lab.catalog.publish.kernels import choose_kernel
from huggingnersc_lab.catalog.publish.places import public_address
from huggingnersc_lab.catalog.publish.repository import require_organization
from huggingnersc_lab.catalog.publish.scripts import read_scripts
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.paths import without_alias
from huggingnersc_lab.record.metadata.document import Metadata, read_json, read_metadata
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script, check_syntax
from huggingnersc_lab.record.scripts.in_notebook import check_in_notebook
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.batch import check_batch
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store.owner import user_name
from huggingnersc_lab.workers.disk import is_within


@dataclass(frozen=True)
class Submission:
    """A validated record with its scripts.

    Attributes:
        record: the record, complete except for the fields set by publishing.
        loader: the loader script.
        batch_script: the batch script, if there is one.
        companions: their companion files.
        warnings: possible improvements, which do not prevent publishing.
    """

    record: DatasetRecord
    loader: Script | None = None
    batch_script: Script | None = None
    companions: tuple[Script, ...] = ()
    warnings: tuple[FieldError, ...] = ()


def read_submission(
    site: Site,
    metadata: Path | Mapping[str, Any],
    *,
    loader: Path | Script | None = None,
    batch_script: Path | Script | None = None,
    companions: Sequence[Path | Script] = (),
    vocabulary: Vocabulary | None = None,
    **given: object,
) -> Submission:
    """Read and validate all files of a submission together.

    Args:
        site: the site of the data.
        metadata: the metadata document, or its path; see
            :func:`huggingnersc_lab.record.metadata.document.read_metadata`.
        loader: the loader script, or its path.
        batch_script: the batch script, or its path.
        companions: their companion files, or their paths.
        vocabulary: allowed values; the built-in ones if omitted.
        **given: record fields given outside the document (``name``, ``data_path``, …).

    Raises:
        CatalogError: ``invalid_record`` with all errors of all parts; if only one part cannot be read, that part's own
        error.
    """
    name = str(given.get("name") or "")
    scripts, failures = read_scripts({"loader": loader, "batch_script": batch_script}, companions, name)
    given |= {member: script.file_name for member, script in scripts.named.items()}
    given["companions"] = [script.file_name for script in scripts.companions] or None
    checked: Metadata | None = None
    try:
        document = read_json(metadata) if isinstance(metadata, Path) else metadata
        checked = read_metadata(document, given, vocabulary)
        outside = {f"/{member}" for member, value in given.items() if value is not None}
        in_file = isinstance(metadata, Path) and outside.isdisjoint(fault.pointer for fault in checked.findings.errors)
        checked.findings.raise_for_errors(f"'{metadata}'" if in_file else "The submission")
    except CatalogError as err:
        failures.append(err)
    if failures or checked is None:
        raise _together(failures)
    record = DatasetRecord.from_dict(checked.values)
    record = replace(record, companions=tuple(script.file_name for script in scripts.companions))
    warnings = (*checked.findings.warnings, *scripts.warnings(record.data_path))
    named = scripts.named
    return complete(
        site, Submission(record, named.get("loader"), named.get("batch_script"), scripts.companions, warnings)
    )


def complete(site: Site, submission: Submission) -> Submission:
    """Derive missing fields from path and site, and add the warnings that need disk access."""
    record = submission.record
    warnings = list(submission.warnings)
    if record.data_path:
        given = os.path.normpath(record.data_path)
        path = without_alias(site, given)
        if path != given:
            detail = f"'{given}' is the same data as '{path}'; it is cataloged as the latter."
            warnings.append(FieldError("/data_path", "alias", detail))
        record = replace(
            record,
            data_path=path,
            portal_link=record.portal_link or public_address(site, path),
            access_group=record.access_group or owner_group(path),
        )
        warnings += _path_warnings(site, path)
    kernel, about_it = choose_kernel(site, submission.loader, record.kernel_name, is_distributed=record.is_distributed)
    record = replace(record, kernel_name=kernel)
    warnings += about_it
    named = {"loader": submission.loader, "batch_script": submission.batch_script}
    if submission.loader and not record.is_distributed:
        warnings += check_in_notebook(submission.loader)
    warnings += script_warnings({member: script for member, script in named.items() if script})
    return replace(submission, record=record, warnings=tuple(dict.fromkeys(warnings)))


def script_warnings(named: Mapping[str, Script]) -> list[FieldError]:
    """Warnings about scripts, by the record field that names them."""
    found = check_syntax(named["loader"]) if "loader" in named else []
    return found + (check_batch(named["batch_script"]) if "batch_script" in named else [])


def to_entry(site: Site, submission: Submission, *, private: bool, publish_id: str | None = None) -> Entry:
    """The entry to publish now: with repository, dates, names and a publish id (new by default).

    Raises:
        CatalogError: ``forbidden`` if its repository belongs to another organization.
    """
    repo_id = submission.record.repo_id or f"{site.organization}/{submission.record.name}"
    require_organization(site, repo_id)
    now = datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
    record = submission.record
    record = replace(
        record,
        repo_id=repo_id,
        private=private or None,
        published_at=record.published_at or now,
        published_by=record.published_by or user_name(),
        updated_at=now,
        publish_id=publish_id or uuid.uuid4().hex,
    )
    return Entry(record, site, submission.loader, submission.batch_script, submission.companions)


def _path_warnings(site: Site, path: str) -> list[FieldError]:
    found = []
    access = check_access(path)
    if access.status == "missing":
        detail = f"'{path}' was not found on this machine. Check that it is correct."
        found.append(FieldError("/data_path", "missing", detail))
    elif access.status == "unreadable":
        detail = f"You cannot read '{path}': you have no access to '{access.blocked_at}'. {advice(access, site)}"
        found.append(FieldError("/data_path", "unreadable", detail))
    elif access.status == "unknown":
        detail = f"It is not known whether '{path}' is readable. {advice(access, site)}"
        found.append(FieldError("/data_path", "unknown", detail))
    if site.data_roots and access.status != "unknown" and is_within(path, map(str, site.data_roots)) is False:
        roots = ", ".join(map(str, site.data_roots))
        detail = f"'{path}' is not on the shared file systems of {site.title} ({roots}): others may not have access."
        found.append(FieldError("/data_path", "outside", detail))
    return found


def _together(failures: list[CatalogError]) -> CatalogError:
    if len(failures) == 1:
        return failures[0]
    fields = [
        field for failure in failures for field in failure.fields or [FieldError("", failure.code, failure.detail)]
    ]
    detail = f"The submission has {len(fields)} errors. Nothing was created: fix them and try again."
    return CatalogError("invalid_record", detail, fields)
