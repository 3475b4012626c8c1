"""What the facade's verbs answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.hub import Commit
from huggingnersc_lab.index.page import Page
from huggingnersc_lab.record.model import DatasetRecord


@dataclass(frozen=True)
class Found(Page):
    """What fits a search, and how fresh that is.

    Attributes:
        problem: why the catalog could not be looked at now, so that this is what was known before.
        as_of: when the catalog was looked at last, in seconds since 1970; None where that was never.
        is_refreshing: whether something newer is on its way.
    """

    problem: str | None = None
    as_of: float | None = None
    is_refreshing: bool = False


@dataclass(frozen=True)
class Inspection:
    """Everything known of one dataset, without asking the Hub.

    Attributes:
        record: its record.
        folder: its folder in the catalog.
        files: names of the files there.
        etag: changes with every change of the record.
        repo_url: its page on the Hub; None for an entry that is on no Hub.
        notebook: its loader notebook, if there is one.
        notebook_link: address that opens the notebook in the site's JupyterLab.
        notebook_digest: changes with every change of the notebook.
        lab_link: address that opens the dataset in the panel there; None where the site has none.
        access: whether you can read the data; None when nobody says where it is.
        read_only: why it cannot be changed here; None for one that can.
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
class Preview:
    """What publishing would make; nothing was sent or written.

    Attributes:
        record: the record.
        card: the dataset card, Markdown with YAML front matter.
        notebook: the loader notebook, JSON.
        files: file name → content, all that the catalog's folder would hold.
        hub_files: names of those that go to the Hub.
        actions: what would be done, a sentence each.
    """

    record: DatasetRecord
    card: str
    notebook: str
    files: Mapping[str, bytes]
    hub_files: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Publication:
    """What publishing made.

    Attributes:
        record: the record as it stands in the catalog.
        folder: its folder there.
        notebook: its loader notebook.
        commit: the commit on the Hub, or the pull request.
        repo_url: page of the repository.
        notes: what of a card on the Hub was kept or replaced, a sentence each.
    """

    record: DatasetRecord
    folder: Path
    notebook: Path
    commit: Commit
    repo_url: str
    notes: tuple[str, ...] = ()
