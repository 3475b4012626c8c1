"""``download``: get a dataset from Google Drive, or from any place that rclone reaches, and compare its checksums."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.drive.distributions import NAME
from huggingnersc_lab.channels.drive.gdown_files import download_file, list_files, require_gdown
from huggingnersc_lab.channels.drive.links import DriveItem, drive_item
from huggingnersc_lab.channels.drive.rclone.failures import failure
from huggingnersc_lab.channels.drive.rclone.program import Rclone
from huggingnersc_lab.channels.drive.rclone.remote import Remote, read_remote, remote_faults
from huggingnersc_lab.channels.drive.verify import verify
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.private_files import storage_errors
from huggingnersc_lab.record.model import Distribution


@dataclass(frozen=True)
class DownloadOptions:
    """What can be chosen."""

    to: str = field(metadata={"help": "Folder to download into; it is made if it is not there."})
    remote: str | None = field(
        default=None, metadata={"help": "Place that rclone copies from, REMOTE:PATH, instead of the link."}
    )
    url: str | None = field(default=None, metadata={"help": "Link on Google Drive, instead of the record's."})


class Download(Action[DownloadOptions]):
    """Download by gdown or rclone."""

    name = "download"
    title = "Download"
    summary = "Download a dataset from Google Drive with gdown, or from any place with rclone, and compare checksums."
    options = DownloadOptions
    takes: ClassVar[Literal["dataset", "source"]] = "source"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once it can be had from there."""
        del ledger
        return any(one.channel == NAME for one in dataset.record.downloads)

    def run(self, work: Work[DownloadOptions]) -> Outcome:
        """Do it. What is there already is not downloaded again."""
        options = work.options
        ways = [one for one in work.found.distributions if one.channel == NAME] if work.found else []
        ready = [one for one in ways if one.state is None]
        place, items = _where(work, ready)
        folder = Path(options.to).expanduser().absolute()
        with storage_errors(f"make the folder '{folder}'", "Nothing was downloaded."):
            folder.mkdir(parents=True, exist_ok=True)
        work.step("download", "begin", f"Downloading into '{folder}'")
        files = _by_rclone(work, place, folder) if place else _by_gdown(work, items, folder)
        work.step("download", "done", f"Downloaded {len(files):,} files")
        work.step("verify", "begin", "Comparing checksums")
        verified = verify(files, ready)
        work.step("verify", "done", f"{len(verified.right):,} checksums are right")
        told = f"Downloaded {len(files):,} files into '{folder}'."
        if verified.right:
            told += f" The checksums of {len(verified.right):,} are those of the record."
        if verified.unknown:
            told += f" Of {len(verified.unknown):,} the record holds no checksum."
        return Outcome(told, path=folder)


def _where(work: Work[DownloadOptions], ready: Sequence[Distribution]) -> tuple[Remote | None, list[DriveItem]]:
    """Where it is had from: a place of rclone's, or files and folders on Google Drive."""
    options = work.options
    named = options.remote or (work.source if work.found is None and options.url is None else None)
    if options.remote and (faults := remote_faults(options.remote)):
        raise CatalogError("invalid_record", f"{faults[0].detail} Nothing was downloaded.", faults)
    links = [options.url] if options.url else [one.url for one in ready] if work.found else [work.source]
    items = list(dict.fromkeys(item for link in links if link and (item := drive_item(link)) is not None))
    if options.remote or not items:
        place = read_remote(named) if named else None
        if place is not None:
            return place, []
    if items:
        return None, items
    if options.url:
        fault = "The link should lead to a file or a folder on Google Drive."
        raise CatalogError(
            "invalid_record", f"{fault} Nothing was downloaded.", [FieldError("/options/url", "pattern", fault)]
        )
    if work.found is not None:
        detail = f"'{work.source}' cannot be had from Google Drive yet. Nothing was downloaded."
        raise CatalogError("not_found", detail)
    detail = f"'{work.source[:100]}' is no dataset, no link to Google Drive and no REMOTE:PATH. Nothing was downloaded."
    raise CatalogError("not_found", detail)


def _by_gdown(work: Work[DownloadOptions], items: Sequence[DriveItem], folder: Path) -> list[Path]:
    require_gdown()
    remotes = [remote for item in items for remote in list_files(item)]
    files = []
    for index, remote in enumerate(remotes):

        def on_bytes(done: int, total: int | None, index: int = index) -> None:
            text = f"File {index + 1:,} of {len(remotes):,}"
            work.progress(text=text, bytes_done=done, total_bytes=total)

        files.append(download_file(remote, folder, on_bytes))
    return files


def _by_rclone(work: Work[DownloadOptions], place: Remote, folder: Path) -> list[Path]:
    def on_stats(done: int, total: int) -> None:
        work.progress(text=f"Downloading from {place}", bytes_done=done, total_bytes=total)

    flags = ("--stats=500ms", "--stats-log-level=NOTICE")
    ran = Rclone.find(work.log).run("copy", *flags, operands=[str(place), str(folder)], on_stats=on_stats)
    if ran.code:
        kept = "What was downloaded is kept, and skipped when you try again."
        raise failure(f"The download from {place}", ran.errors, kept)
    listed = Rclone.find(work.log).run("lsf", "--recursive", "--files-only", operands=[str(place)])
    paths = [folder / line for line in listed.output.splitlines() if line and ".." not in line.split("/")]
    return [path for path in paths if os.path.isfile(path)]  # noqa: PTH113 - a name may be too long for a path
