"""``seed``: serve the data to peers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.torrent import engine, store
from huggingnersc_lab.errors import CatalogError, FieldError

_HOUR = 3600.0


@dataclass(frozen=True)
class SeedOptions:
    """Options of *seed*."""

    hours: float | None = field(default=None, metadata={"help": "End after so many hours; goes on if left out."})


class Seed(Action[SeedOptions]):
    """Seed the dataset's torrent as a job, where the site allows it."""

    name = "seed"
    title = "Seed"
    summary = "Serve the data to peers until you stop it. The data is only read."
    options = SeedOptions
    question = "Serve the data of '{name}' to everybody who has its torrent?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once there is one torrent of all the data, where the site allows it."""
        del ledger
        torrents = store.own(dataset)
        return bool(dataset.settings.get("seed")) and len(torrents) == 1 and not torrents[0].label

    def missing(self, dataset: Dataset, options: SeedOptions | None = None) -> Sequence[FieldError]:
        """The data."""
        del options
        return () if dataset.data_path else [FieldError("/data_path", "required", "Say where the data is.")]

    def run(self, work: Work[SeedOptions]) -> Outcome:
        """Seed until the time is over or somebody stops it."""
        dataset = work.dataset
        if not dataset.settings.get("seed"):
            detail = f"{dataset.site.title} does not allow seeding ('seed' in its site file). Nothing was sent."
            raise CatalogError("forbidden", detail)
        ((_, metainfo, _),) = store.require_kept(dataset)
        torrent, sent = store.path_of(dataset, metainfo), 0
        until = None if work.options.hours is None else time.monotonic() + work.options.hours * _HOUR
        work.step("seed", "begin", f"Seeding {metainfo.name}")

        def report(peers: int, total: int) -> None:
            nonlocal sent
            sent = total
            work.progress(None, f"{peers} peers, {total:,} bytes sent")

        if dataset.data_path is None:
            raise CatalogError("invalid_record", "The entry does not say where the data is. Nothing was sent.")
        engine.seed(torrent, dataset.data_path.resolve().parent, report, until=until)
        work.step("seed", "done", f"Seeded {metainfo.name}: {sent:,} bytes sent")
        return Outcome(f"{sent:,} bytes were sent to peers.")
