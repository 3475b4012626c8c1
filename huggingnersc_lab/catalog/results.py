"""Results of the facade's verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.cache import AccessCache
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Commit
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store import Store, StoredEntry
from huggingnersc_lab.store.entry import etag_of


@dataclass(frozen=True)
class Inspection:
    """All details of a dataset, without asking the Hub.

    Attributes:
        record: its record.
        folder: its folder in the catalog.
        files: names of the files there.
        etag: changes whenever the record changes.
        repo_url: its page on the Hub; None if it is not on a Hub.
        notebook: its loader notebook, if there is one.
        notebook_link: URL that opens the notebook in the site's JupyterLab.
        notebook_digest: changes whenever the notebook changes.
        lab_link: URL that opens the dataset in the panel there; None if the site has none.
        access: whether you can read the data; None if the record names no path.
        read_only: why it cannot be changed here; None if it can.
    """

    record: DatasetRecord
    folder: Path
    files: tuple[str, ...]
    etag: str
    repo_url: str | None
    notebook: Path | None
    notebook_link: str | None
    notebook_digest: str | None
    lab_link: str | None
    access: Access | None
    read_only: str | None = None


@dataclass(frozen=True)
class Publication:
    """The result of publishing.

    Attributes:
        record: the record in the catalog.
        folder: its folder there.
        notebook: its loader notebook.
        commit: the commit on the Hub, or the pull request.
        repo_url: page of the repository.
        notes: what was kept or replaced of a card on the Hub, one sentence each.
    """

    record: DatasetRecord
    folder: Path
    notebook: Path
    commit: Commit
    repo_url: str
    notes: tuple[str, ...] = ()


def inspection_of(site: Site, stored: StoredEntry, cache: AccessCache) -> Inspection:
    """Details of an entry whose files were already read.

    Args:
        site: the site of the data.
        stored: the entry.
        cache: checks whether its data can be read.
    """
    record = stored.record
    path = record.data_path
    entry = Entry(record, site)
    notebook = stored.files.get(entry.notebook_name)
    has_notebook = notebook is not None
    return Inspection(
        record=record,
        folder=stored.folder,
        files=tuple(sorted(file_name for file_name in stored.files if not file_name.startswith("."))),
        etag=stored.etag,
        repo_url=entry.hub_link if record.revision else None,
        notebook=stored.folder / entry.notebook_name if has_notebook else None,
        notebook_link=entry.notebook_link if has_notebook else None,
        notebook_digest=None if notebook is None else etag_of(notebook),
        lab_link=entry.lab_link,
        access=cache.look({record.name: path}, check=True)[record.name] if path else None,
        read_only=stored.read_only,
    )


def data_paths(store: Store, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Data paths of some datasets; those without a path, or that cannot be read, are omitted."""
    for name in names:
        try:
            path = store.read(name).record.data_path
        except CatalogError:
            continue
        if path:
            yield name, path
