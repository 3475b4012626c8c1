"""``create``: make a torrent of the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.torrent import addresses, store
from huggingnersc_lab.channels.torrent.parts import Hashed, hash_part, manifest_folder, parts_of
from huggingnersc_lab.channels.torrent.piece_size import piece_length
from huggingnersc_lab.checksums import Progress
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.codec import write_object
from huggingnersc_lab.record.model import Contents, Distribution


@dataclass(frozen=True)
class CreateOptions:
    """Options of *create*."""

    piece_size: str = field(
        default="auto", metadata={"help": "Size of a piece: auto, or 256KiB to 16MiB.", "metavar": "SIZE"}
    )
    tracker: tuple[str, ...] = field(default=(), metadata={"help": "Announce address.", "metavar": "URL"})
    web_seed: tuple[str, ...] = field(
        default=(), metadata={"help": "Address of the data on a web server, besides the portal link.", "metavar": "URL"}
    )
    private: bool = field(default=False, metadata={"help": "Only the trackers may name peers."})
    split: bool = field(default=False, metadata={"help": "A torrent for each file and folder in the data's folder."})
    threads: int | None = field(default=None, metadata={"help": "Threads that compute; all processors by default."})


class Create(Action[CreateOptions]):
    """Create a torrent. Nothing is sent anywhere."""

    name = "create"
    title = "Create the torrent"
    summary = "Make a torrent file of the data. Nothing is sent."
    options = CreateOptions
    is_heavy = True

    def missing(self, dataset: Dataset, options: CreateOptions | None = None) -> Sequence[FieldError]:
        """The data, and addresses that may stand in a torrent."""
        found = []
        if dataset.data_path is None:
            found.append(FieldError("/data_path", "required", "Say where the data is."))
        if options is not None:
            found += addresses.faults(options.tracker, "tracker")
            found += addresses.faults(options.web_seed, "web_seed")
            found += _size_faults(options.piece_size)
        return found

    def run(self, work: Work[CreateOptions]) -> Outcome:
        """Read the data once, and write the torrent files."""
        dataset, options = work.dataset, work.options
        if dataset.data_path is None:
            raise CatalogError("invalid_record", "The entry does not say where the data is. Nothing was made.")
        made: list[tuple[Hashed, Distribution]] = []
        paths = []
        for part in parts_of(dataset.data_path, split=options.split):
            work.step(f"hash {part.label}".strip(), "begin", f"Reading {part.label or 'the data'}")
            hashed = hash_part(
                part, manifest_folder(dataset, part), options.piece_size, options.threads, _report_to(work)
            )
            metainfo = replace(
                hashed.metainfo,
                trackers=addresses.trackers(dataset, options.tracker),
                web_seeds=addresses.web_seeds(
                    dataset, part.label, options.web_seed, is_file=hashed.metainfo.is_single_file
                ),
                is_private=options.private,
                comment=dataset.record.homepage or "",
            )
            path, url = store.keep(dataset, metainfo)
            paths.append(path)
            made.append((hashed, _distribution(dataset, metainfo, url, part.label, hashed, whole=not options.split)))
            work.step(f"hash {part.label}".strip(), "done", f"{path.name}: infohash {metainfo.infohash}")
        distributions = tuple(one for _, one in made)
        return Outcome(
            _text(dataset, distributions),
            distributions=distributions,
            values={} if options.split else _contents(dataset, made[0][0]),
            path=paths[0] if len(paths) == 1 else paths[0].parent,
        )


def _size_faults(chosen: str) -> Sequence[FieldError]:
    try:
        piece_length(chosen, 0)
    except CatalogError as err:
        return err.fields
    return ()


def _report_to(work: Work[CreateOptions]) -> Any:
    def report(progress: Progress) -> None:
        if progress.phase == "read":
            work.progress(None, "Reading the data", bytes_done=progress.bytes, total_bytes=progress.total_bytes)
        else:
            work.progress(None, f"Comparing {progress.files:,} files")

    return report


def _distribution(
    dataset: Dataset, metainfo: Any, url: str | None, label: str, hashed: Hashed, *, whole: bool
) -> Distribution:
    # A registered torrent keeps its page: the same data gives the same infohash. Until then the tracker of Academic
    # Torrents does not know it, so nobody can get it.
    former = next((one for one in store.own(dataset) if one.infohash == metainfo.infohash), None)
    kept_url = former.url if former is not None and former.url.startswith("http") else None
    return Distribution(
        store.NAME,
        url or kept_url or metainfo.magnet(),
        bytes=metainfo.total_bytes,
        infohash=metainfo.infohash,
        created_at=now(),
        data_fingerprint=hashed.fingerprint if whole else dataset.fingerprint,
        state=None if url or kept_url or metainfo.trackers != (addresses.TRACKER,) else "reserved",
        label=label or None,
    )


def _contents(dataset: Dataset, hashed: Hashed) -> dict[str, Any]:
    """What is known of the data now that it was read."""
    if hashed.fingerprint is None:
        return {}
    former = dataset.record.contents or Contents()
    if former.fingerprint == hashed.fingerprint:
        return {}
    found = replace(
        former,
        bytes=hashed.metainfo.total_bytes,
        files=len(hashed.metainfo.files),
        fingerprint=hashed.fingerprint,
        at=now(),
    )
    return {"contents": write_object(found)}


def _text(dataset: Dataset, made: Sequence[Distribution]) -> str:
    what = "The torrent was" if len(made) == 1 else f"{len(made)} torrents were"
    seeds = (
        "Its web seed is the portal link, so nobody has to seed it."
        if dataset.record.portal_link
        else "Somebody has to seed it: the data has no public address."
    )
    return f"{what} created. {seeds} Register it at Academic Torrents next, so that others find it."


def now() -> str:
    """This moment, RFC 3339."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
