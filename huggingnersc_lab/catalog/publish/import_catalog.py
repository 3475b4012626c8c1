"""Imports catalogs of the original HuggingNERSC unchanged.

Others may have written them: links are not followed, and only regular files up to a size limit are read.
"""

from __future__ import annotations

import os
import stat
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from huggingnersc_lab.catalog.publish.scripts import followed_by
from huggingnersc_lab.catalog.publish.submission import Submission, complete
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.metadata.document import read_json, read_metadata
from huggingnersc_lab.record.metadata.legacy import is_metadata
from huggingnersc_lab.record.scripts import Script, read_script
from huggingnersc_lab.record.scripts.companions import MAX_COMPANIONS, needs
from huggingnersc_lab.record.vocabulary import Vocabulary
from huggingnersc_lab.regular import no_file, read_regular, reason
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import BASE_CARD_FILE, CARD_FILE, entry_files
from huggingnersc_lab.render.merge.card import base_of_imported
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import Store

MAX_BYTES = 4 * 1024 * 1024
"""Maximum size of an imported card or notebook."""

_SUFFIX = "_info.json"


@dataclass(frozen=True)
class Imported:
    """The result for one ``*_info.json``, or for a folder that cannot be listed.

    Attributes:
        source: the file or folder.
        name: the dataset's nickname, if it could be read.
        outcome: ``imported``; ``present`` if it is already in the catalog; ``failed``.
        detail: a sentence for people.
        fields: errors if it failed, otherwise warnings.
    """

    source: Path
    name: str
    outcome: Literal["imported", "present", "failed"]
    detail: str
    fields: tuple[FieldError, ...] = ()


def import_catalog(
    site: Site, store: Store, folder: Path, vocabulary: Vocabulary, *, dry_run: bool = False
) -> Iterator[Imported]:
    """Import every ``*_info.json`` below ``folder``; failures do not stop the others.

    An existing card and notebook next to it are taken over unchanged, and a ``.py`` file as the loader, with the files
    that it needs next to it; missing ones are rendered. Nothing is sent to the Hub, and nothing below ``folder`` is
    changed.

    Args:
        site: the centre.
        store: the catalog to import into.
        folder: root of the old catalog.
        vocabulary: allowed values.
        dry_run: only report what would be done.

    Raises:
        CatalogError: ``not_found`` if ``folder`` is not a folder or contains no such file.
    """
    if not folder.is_dir():
        raise CatalogError("not_found", f"'{folder}' is not a folder. Nothing was imported.")
    closed: list[OSError] = []
    sources = sorted(_sources(folder, closed))
    if not sources and not closed:
        raise CatalogError("not_found", f"There is no *{_SUFFIX} below '{folder}'. Nothing was imported.")
    if not dry_run:
        store.check_writable()
    for err in closed:
        path = Path(os.fsdecode(err.filename))
        yield Imported(path, path.name, "failed", f"'{path}' cannot be listed: {err.strerror}. It was skipped.")
    for source in sources:
        name = source.name[: -len(_SUFFIX)]
        try:
            if (document := _info(source)) is not None:
                yield _import_one(site, store, source, document, vocabulary, dry_run=dry_run)
        except CatalogError as err:
            yield Imported(source, name, "failed", err.detail, err.fields)


def _sources(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """All files to read; ``closed`` collects errors of folders that cannot be listed."""
    for here, _, names in os.walk(folder, onerror=closed.append):
        yield from (Path(here, name) for name in names if name.endswith(_SUFFIX))


def _info(source: Path) -> dict[str, Any] | None:
    """The content of an entry's file; None for another program's file, such as ``datasets``' ``dataset_info.json``."""
    document = read_json(source, follow=False)
    is_named_so = source.name == f"{source.parent.name}{_SUFFIX}"
    is_entry = document.keys() & {"nickname", "official_name"}
    return document if is_named_so or is_entry or is_metadata(document) else None


def _import_one(
    site: Site, store: Store, source: Path, document: dict[str, Any], vocabulary: Vocabulary, *, dry_run: bool
) -> Imported:
    metadata = read_metadata(document, vocabulary=vocabulary)
    record = metadata.to_record(f"'{source}'")
    name = record.name
    if store.exists(name):
        return Imported(source, name, "present", f"'{name}' is already in the catalog; it was skipped.")
    loader, companions, left_behind = _scripts(source.parent, name)
    if loader:
        names = tuple(script.file_name for script in companions)
        record = replace(record, loader=loader.file_name, companions=names)
    record = replace(record, publish_id=uuid.uuid4().hex)
    submission = complete(site, Submission(record, loader, companions=companions))
    if not dry_run:
        store.add(name, _files(site, submission, source.parent))
    verb = "would be imported" if dry_run else "was imported"
    return Imported(source, name, "imported", f"'{name}' {verb}.", (*metadata.findings.warnings, *left_behind))


def _scripts(folder: Path, name: str) -> tuple[Script | None, tuple[Script, ...], list[FieldError]]:
    """The loader of an entry's folder, what it needs beside it, and why something of that stays behind.

    Of several scripts the loader is the first that no other needs.
    """
    paths = sorted(folder.glob("*.py"), key=lambda path: (path.is_symlink(), path.name))
    if not paths:
        return None, (), []
    needed: set[str] = set()
    for path in paths if len(paths) > 1 else ():
        with suppress(CatalogError):
            needed |= {need.name for need in needs(_script(path, "loader", "")) if need.name != path.name}
    path = next((path for path in paths if path.name not in needed), paths[0])
    loader = _script(path, "loader", name)
    companions: dict[str, Script] = {}
    findings: list[FieldError] = []
    queue = [loader]
    seen = {path.name, CARD_FILE, f"{name}{_SUFFIX}"}
    while queue:
        script = queue.pop(0)
        for need in needs(script):
            if need.name in seen or not _is_file(folder / need.name):
                continue
            seen.add(need.name)
            try:
                if len(companions) == MAX_COMPANIONS:
                    detail = f"{script.file_name} needs {need.name}, and {MAX_COMPANIONS} companion files are the most."
                    raise CatalogError("invalid_record", detail)
                companions[need.name] = _script(folder / need.name, "companions", name)
                queue.append(companions[need.name])
            except CatalogError as err:
                findings.append(FieldError("/companions", "companion", f"{err.detail} It stays behind.", need.name))
    scripts = followed_by({"loader": loader}, list(companions.values()), {path.name: loader.file_name})
    return scripts.named["loader"], scripts.companions, [*findings, *scripts.renamed]


def _script(path: Path, member: str, name: str) -> Script:
    return read_script(path, member, name, read=partial(read_regular, follow=False))


def _is_file(path: Path) -> bool:
    """Whether it is a file, or a link, which is not followed."""
    try:
        return not stat.S_ISDIR(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def _files(site: Site, submission: Submission, folder: Path) -> dict[str, bytes]:
    entry = Entry(submission.record, site, submission.loader, companions=submission.companions)
    kept = {CARD_FILE: folder / CARD_FILE, entry.notebook_name: folder / f"{entry.record.name}_dataloader.ipynb"}
    theirs = {name: content for name, path in kept.items() if (content := _read(path)) is not None}
    files = entry_files(entry)
    # The files generated here are not on the Hub: an update must not assume that.
    card = theirs.get(CARD_FILE)
    made = files[CARD_FILE].decode()
    files[BASE_CARD_FILE] = base_of_imported((card or b"").decode("utf-8", "replace"), made).encode()
    return files | theirs


def _read(path: Path) -> bytes | None:
    """The content of a file, or None if it does not exist."""
    try:
        size, content = read_regular(path, MAX_BYTES, follow=False)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as err:
        problem = no_file(err) or f"cannot be read: {reason(err)}"
        raise CatalogError("forbidden", f"'{path}' {problem}. Nothing of it was imported.") from err
    if size > MAX_BYTES:
        raise CatalogError("invalid_record", f"'{path}' is larger than {MAX_BYTES // 2**20} MiB. Nothing was imported.")
    return content
