"""Catalogs of HuggingNERSC's first version, brought in as they stand."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from huggingnersc_lab.catalog.submission import Submission, complete
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.document import parse_json, read_metadata
from huggingnersc_lab.record.scripts import parse_script
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.files import CARD_FILE, entry_files
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import Store
from huggingnersc_lab.store.older import find_files, names_in, read_older

_SUFFIX = "_info.json"


@dataclass(frozen=True)
class Imported:
    """What became of one ``*_info.json``.

    Attributes:
        source: the file.
        name: the dataset's nickname, as far as it could be read.
        outcome: ``imported``; ``present`` for one that the catalog has already; ``failed``.
        detail: a sentence for people.
        fields: the faults of one that failed, or the warnings of one that did not.
    """

    source: Path
    name: str
    outcome: Literal["imported", "present", "failed"]
    detail: str
    fields: tuple[FieldError, ...] = ()


def import_catalog(
    site: Site, store: Store, folder: Path, vocabulary: Vocabulary, *, dry_run: bool = False
) -> Iterator[Imported]:
    """Bring in every ``*_info.json`` below ``folder``; one that fails does not stop the others.

    The card and the notebook that stand beside it are taken as they are, and a ``.py`` file as the loader; what is
    missing is rendered. Nothing is sent to the Hub, and nothing below ``folder`` is changed. It may hold what others
    put there: no link in it is followed.

    Args:
        site: the centre.
        store: the catalog that they go into.
        folder: root of the old catalog.
        vocabulary: allowed values.
        dry_run: only say what would be done.

    Raises:
        CatalogError: ``not_found`` when ``folder`` is no folder or holds no such file.
    """
    sources = find_files(folder, _SUFFIX)
    if not sources:
        raise CatalogError("not_found", f"There is no *{_SUFFIX} below '{folder}'. Nothing was imported.")
    if not dry_run:
        store.check_writable()
    for parts in sources:
        try:
            yield _import_one(site, store, folder, parts, vocabulary, dry_run=dry_run)
        except CatalogError as err:
            name = parts[-1].removesuffix(_SUFFIX)
            yield Imported(folder.joinpath(*parts), name, "failed", err.detail, err.fields)


def _import_one(
    site: Site, store: Store, folder: Path, parts: tuple[str, ...], vocabulary: Vocabulary, *, dry_run: bool
) -> Imported:
    *above, file_name = parts
    source = folder.joinpath(*parts)
    document = parse_json(_content(folder, above, file_name), f"'{source}'")
    metadata = read_metadata(document, vocabulary=vocabulary)
    record = metadata.to_record(f"'{source}'")
    name = record.name
    if store.exists(name):
        return Imported(source, name, "present", f"'{name}' is in the catalog already; it was left alone.")
    scripts = names_in(folder, above, ".py")
    loader = None
    if scripts:
        content = _content(folder, above, scripts[0])
        loader = parse_script(content, source.with_name(scripts[0]), "loader", name)
        record = replace(record, loader=loader.file_name)
    submission = complete(site, Submission(replace(record, publish_id=uuid.uuid4().hex), loader))
    if not dry_run:
        store.add(name, _files(site, submission, folder, above))
    verb = "would be imported" if dry_run else "was imported"
    return Imported(source, name, "imported", f"'{name}' {verb}.", metadata.findings.warnings)


def _content(folder: Path, above: Sequence[str], file_name: str) -> bytes:
    content = read_older(folder, above, (file_name,)).get(file_name)
    if content is None:
        raise CatalogError("not_found", f"'{folder.joinpath(*above, file_name)}' is gone. Nothing was made of it.")
    return content


def _files(site: Site, submission: Submission, folder: Path, above: Sequence[str]) -> dict[str, bytes]:
    entry = Entry(submission.record, site, submission.loader)
    kept = {CARD_FILE: CARD_FILE, entry.notebook_name: f"{entry.record.name}_dataloader.ipynb"}
    theirs = read_older(folder, above, tuple(kept.values()))
    return entry_files(entry) | {ours: theirs[name] for ours, name in kept.items() if name in theirs}
