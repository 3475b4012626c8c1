"""How a process acquires an unfinished publication: it starts one, or takes over one that a stopped process left.

Taking over somebody else's publication creates a private copy, after the user has seen what it is about.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.durable import Rights, exchange, remove_at, storage_errors, sync_folder
from huggingnersc_lab.store.journal import dump_journal
from huggingnersc_lab.store.prepare import Prepared, prepared
from huggingnersc_lab.store.refusals import changed_since, claimed, of_another
from huggingnersc_lab.store.staged import Staged, at_work, at_work_lock
from huggingnersc_lab.store.staging import Staging
from huggingnersc_lab.store.swap import ASIDE, FILES, is_of, staging_name

NOT_FREE = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)
"""Errors of a rename if the name is already taken."""


def claim(root: Path, name: str, files: Mapping[str, bytes], plan: Mapping[str, Any], rights: Rights) -> Staging:
    """Write everything next to an entry's final place and claim its name with one rename.

    Args:
        root: the catalog's root folder.
        name: the entry's nickname.
        files: its files.
        plan: JSON values that describe the steps, including ``publish_id``.
        rights: permissions of the entry, once it is in place.

    Raises:
        CatalogError: ``conflict`` if somebody else holds the name, ``storage`` or ``forbidden`` if it cannot be
        written.
    """
    with storage_errors(f"prepare '{name}' in the catalog"), prepared(root, name) as fresh:
        fresh.write_entry(FILES, files, rights.guarded)
        fresh.write_notes(plan, b"", rights)
        with at_work_lock:
            at_work.add(fresh.key)
        try:
            fresh.move(staging_name(name))
            staging = _staging_of(fresh, root, name, lambda: rights)
        except (OSError, CatalogError) as err:
            with at_work_lock:
                at_work.discard(fresh.key)
            if isinstance(err, OSError) and err.errno in NOT_FREE:
                raise taken(root, name) from err
            raise
        sync_folder(fresh.above)
        staging.contents = dict(files)
        return staging


def take_over(staged: Staged, rights: Callable[[], Rights], *, seen: str | None = None) -> Staging:
    """Continue what a stopped process left.

    Args:
        staged: the unfinished publication.
        rights: permissions of the entry, once it is in place.
        seen: the etag with which the user agreed to it, if it is somebody else's.

    Raises:
        CatalogError: ``conflict`` if its owner is still working, somebody else took it over first, or it is not what
        was ``seen``; ``forbidden`` if it is somebody else's and the user has not seen it.
    """
    with at_work_lock, staged.reading(f"take over '{staged.name}'"):
        if staged.worker() is not None:
            raise taken(staged.root, staged.name)
        if staged.is_own:
            staging = _own(staged, rights)
        elif seen is None:
            raise of_another(staged.folder, staged.name)
        elif seen != staged.etag:
            raise changed_since(staged.name)
        else:
            staging = _copy(staged, rights)
        at_work.add(staging.key)
    try:
        staging.load_contents()
    except BaseException:
        staging.release()
        raise
    return staging


def _own(staged: Staged, rights: Callable[[], Rights]) -> Staging:
    staging = Staging(staged.root, staged.name, staged.duplicate(), rights)
    try:
        staging.become_owner()
    except FileExistsError as err:
        raise taken(staged.root, staged.name) from err
    staging.read_again()  # its previous owner may have continued in the meantime
    staging.require_held()
    return staging


def _copy(staged: Staged, rights: Callable[[], Rights]) -> Staging:
    """Replace it by a private copy; the original is removed as far as permitted."""
    root, name, given = staged.root, staged.name, rights()
    with prepared(root, name) as fresh:
        for part in (FILES, ASIDE):
            if (found := staged.read_part(part)) is not None:
                files = {file_name: content for file_name, (content, _) in found.items()}
                # The old entry is restored unchanged; nobody else can change the files to be sent.
                is_sent = is_of(files.get("record.json"), staged.publish_id)
                fresh.write_entry(part, files, given.guarded if is_sent else given)
        fresh.write_notes(staged.plan, dump_journal(staged.facts), given)
        staged.require_there(fresh.above)
        _exchange(fresh, staged)
        sync_folder(fresh.above)
        return _staging_of(fresh, root, name, rights)


def _exchange(fresh: Prepared, staged: Staged) -> None:
    theirs = staged.folder.name
    if exchange(fresh.above, fresh.name, fresh.above, theirs):
        away = fresh.name
    else:
        away = f"{fresh.name.removesuffix('.new')}.gone"
        os.rename(theirs, away, src_dir_fd=fresh.above, dst_dir_fd=fresh.above)
        fresh.move(theirs)
    remove_at(staged.root, fresh.above, away, staged.key[1])


def _staging_of(fresh: Prepared, root: Path, name: str, rights: Callable[[], Rights]) -> Staging:
    """The staging made from a prepared folder; raises ``conflict`` if another one has taken its place."""
    staging = Staging(root, name, os.dup(fresh.folder), rights)
    staging.require_there(fresh.above)
    return staging


def taken(root: Path, name: str) -> CatalogError:
    """The error for a name that is taken."""
    try:
        staged = Staged.read(root, name)
        worker, last = (staged.worker(), staged.owner()) if staged else (None, None)
    except CatalogError:  # not readable for us
        worker = last = None
    return claimed(name, worker, last)
