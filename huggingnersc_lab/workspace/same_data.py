"""What is there already of a place that is about to be cataloged: entries of the catalog, and the person's drafts."""

from __future__ import annotations

import os
from dataclasses import dataclass

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.places import spellings
from huggingnersc_lab.index import Hit
from huggingnersc_lab.workspace.drafts import Drafts, DraftSummary
from huggingnersc_lab.workspace.reader import PATIENCE_SECONDS

MOST = 5
"""So many entries, and so many drafts, are named at most."""


@dataclass(frozen=True)
class SameData:
    """Who else describes the data of a place.

    Attributes:
        datasets: entries of the catalog, in the order of their titles.
        drafts: drafts of the person's, the one saved last first.
    """

    datasets: tuple[Hit, ...] = ()
    drafts: tuple[DraftSummary, ...] = ()


def same_data(catalog: Catalog, drafts: Drafts, data_path: str) -> SameData:
    """Entries and drafts of the data at an absolute path, however its links and the site's mounts spell it.

    The entries are those that the search index knows just now, which waits for the catalog only shortly.

    Raises:
        CatalogError: ``storage`` when the drafts cannot be listed.
    """
    paths = spellings(catalog.site, data_path)
    same = [draft for draft in drafts.list() if draft.data_path and _plain(draft.data_path) in paths]
    found = catalog.finder.at(paths, limit=MOST, patience=PATIENCE_SECONDS)
    return SameData(found, tuple(same[:MOST]))


def _plain(path: str) -> str:
    return os.path.normpath(os.path.expanduser(path))  # noqa: PTH111 - pathlib raises for an unknown user
