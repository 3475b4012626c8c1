"""``download``: get the data of a torrent, and check it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.torrent import engine, store
from huggingnersc_lab.channels.torrent.addresses import ACADEMIC_TORRENTS
from huggingnersc_lab.channels.torrent.fetch import describe, torrent_of
from huggingnersc_lab.channels.torrent.metainfo import Metainfo, read_metainfo
from huggingnersc_lab.checksums import Manifest, Progress, digest_tree, walk
from huggingnersc_lab.checksums.walk import File
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import storage_errors, write_private

_MINUTE = 60
_NAMED = 5


@dataclass(frozen=True)
class DownloadOptions:
    """Options of *download*."""

    to: str = field(default=".", metadata={"help": "Folder to download into.", "metavar": "DIR"})
    give_up: int = field(default=30, metadata={"help": "Minutes without a byte after which to give up."})


class Download(Action[DownloadOptions]):
    """Download a torrent. What is there already is checked and kept."""

    name = "download"
    title = "Download"
    summary = "Download the data of a torrent and check it; what is there already is kept."
    options = DownloadOptions
    takes = "source"
    source_help = "A dataset, an infohash, or a torrent file or its address."

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once the dataset is shared as a torrent."""
        del ledger
        return bool(store.own(dataset))

    def run(self, work: Work[DownloadOptions]) -> Outcome:
        """Get the torrent file, refuse a harmful one, download, then compare every piece."""
        target = Path(work.options.to).expanduser().absolute()
        if not target.is_dir():
            raise CatalogError("not_found", f"There is no folder '{target}'. Nothing was downloaded: make it first.")
        url = ACADEMIC_TORRENTS if work.found is None else work.found.settings.get("academic_torrents_url")
        made = []
        for number, data in enumerate(torrent_of(work.source, work.found, str(url or ACADEMIC_TORRENTS))):
            metainfo = read_metainfo(data)
            work.step(f"download {number}", "begin", f"Downloading {describe(metainfo)}")
            _require_free(metainfo, target)
            torrent = work.folder / f"{metainfo.infohash}.torrent"
            write_private(torrent, data)
            engine.download(
                torrent,
                metainfo,
                target,
                lambda done, words, total=metainfo.total_bytes: work.progress(  # type: ignore[misc]
                    None, words, bytes_done=done, total_bytes=total
                ),
                stop_after=work.options.give_up * _MINUTE,
            )
            compare(metainfo, target, work.folder / metainfo.infohash, work)
            work.step(f"download {number}", "done", f"{metainfo.name} is whole: every piece was compared")
            made.append(target / metainfo.name)
        return Outcome(f"Downloaded to {', '.join(map(str, made))}.", path=made[0] if len(made) == 1 else target)


def compare(metainfo: Metainfo, target: Path, folder: Path, work: Work[DownloadOptions]) -> None:
    """Compare what was downloaded with the torrent's pieces; raises ``upstream`` if it differs."""
    root = target / metainfo.name
    order = {_relative(metainfo, path): number for number, (path, _) in enumerate(metainfo.files)}
    found = sorted((file for file in walk(root) if file.name in order), key=lambda file: order[file.name])
    if [(file.name, file.size) for file in found] != [(_relative(metainfo, p), size) for p, size in metainfo.files]:
        missing = sorted(order.keys() - {file.name for file in found})[:_NAMED]
        raise CatalogError("upstream", f"Files are missing or cut: {', '.join(missing)}. Start the download again.")
    pieces = _pieces(root, found, metainfo.piece_length, folder, work)
    if pieces != metainfo.pieces:
        raise CatalogError("upstream", "What has come does not fit the torrent. Start the download again.")


def _pieces(root: Path, files: list[File], length: int, folder: Path, work: Work[DownloadOptions]) -> bytes | None:
    def report(progress: Progress) -> None:
        work.progress(None, "Comparing", bytes_done=progress.bytes, total_bytes=progress.total_bytes)

    return digest_tree(root, Manifest(folder), files=files, piece_length=length, on_progress=report).pieces


def _relative(metainfo: Metainfo, path: tuple[str, ...]) -> str:
    return "/".join(path) or metainfo.name


def _require_free(metainfo: Metainfo, target: Path) -> None:
    """Refuse a place of that name that is something else: the torrent's own folder or file may be there."""
    place = target / metainfo.name
    with storage_errors(f"look at '{place}'"):
        if place.is_symlink() or (place.exists() and place.is_dir() == metainfo.is_single_file):
            detail = f"'{place}' is there and is something else. Nothing was downloaded: choose another folder."
            raise CatalogError("conflict", detail)
