"""``upload``: copy a dataset to a place that rclone reaches, then check that everything is there."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.drive.archive.members import Left, survey
from huggingnersc_lab.channels.drive.bundle_folder import NOTE
from huggingnersc_lab.channels.drive.distributions import shared
from huggingnersc_lab.channels.drive.licence_text import licence_fault
from huggingnersc_lab.channels.drive.links import DriveItem, drive_item, link_faults
from huggingnersc_lab.channels.drive.rclone.failures import failure
from huggingnersc_lab.channels.drive.rclone.program import Rclone
from huggingnersc_lab.channels.drive.rclone.remote import Remote, read_remote, remote_faults
from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.errors import CatalogError, FieldError

MAX_NAMED = 10
_STATS = ("--stats=500ms", "--stats-log-level=NOTICE")
_ID = re.compile(r"[A-Za-z0-9_-]{10,200}")


@dataclass(frozen=True)
class UploadOptions:
    """What can be chosen."""

    remote: str | None = field(
        default=None,
        metadata={"help": "Place to copy to, REMOTE:PATH; the site's remote and the nickname if left out."},
    )
    what: Literal["auto", "bundle", "data"] = field(
        default="auto",
        metadata={"help": "The bundle that was made, or the data as it is; the bundle where there is one."},
    )
    url: str | None = field(
        default=None, metadata={"help": "Link under which others find it, where rclone cannot tell."}
    )
    skip_unreadable: bool = field(
        default=False, metadata={"help": "Leave out links and what cannot be read, instead of uploading nothing."}
    )


class Upload(Action[UploadOptions]):
    """Upload through rclone."""

    name = "upload"
    title = "Upload with rclone"
    summary = "Copy the data, or its bundle, to Google Drive or any other place that rclone reaches, and check it."
    options = UploadOptions
    question = "Upload '{name}'? Everybody who can see that folder can download it then."
    is_heavy = True

    def missing(self, dataset: Dataset, options: UploadOptions | None = None) -> Sequence[FieldError]:
        """The data, a licence, and a place that rclone can name."""
        faults = []
        if dataset.data_path is None:
            faults.append(FieldError("/data_path", "required", "Say where the data is: there is nothing to upload."))
        if (fault := licence_fault(dataset.record)) is not None:
            faults.append(fault)
        if options is not None:
            faults += [*remote_faults(options.remote), *link_faults(url=options.url)]
        return faults

    def describe(self, dataset: Dataset, options: UploadOptions) -> Sequence[str]:
        """From where to where."""
        place = _place(dataset, options)
        what = "the bundle, if there is one, else the data" if options.what == "auto" else f"the {options.what}"
        return [f"Copies {what} of '{dataset.name}' to {place}. Files that are there already and equal are skipped."]

    def run(self, work: Work[UploadOptions]) -> Outcome:
        """Do it. What was copied is skipped when it is begun again."""
        dataset, options = work.dataset, work.options
        place = _place(dataset, options)
        source, is_bundle = _source(work)
        left = [] if is_bundle else _left(source, skip=options.skip_unreadable)
        for one in left:
            work.log(f"Left out: {one}")
        rclone = Rclone.find(work.log)
        kind = rclone.kind_of(place.name)
        if kind is None:
            detail = (
                f"rclone knows no remote '{place.name}'. Nothing was uploaded. 'rclone listremotes' shows those it "
                "knows; 'setup' shows how to add one."
            )
            raise CatalogError("not_found", detail)
        _copy(work, rclone, source, place)
        how = _check(work, rclone, source, place)
        url = options.url or _url(rclone, place, kind)
        item = drive_item(url) if url else None
        told = [f"Uploaded to {place}, and checked {how}."]
        if url is None:
            told.append("rclone cannot tell the link under which others find it: 'complete' writes it into the entry.")
        else:
            told.append("Open the link once without signing in: others see the files only if the folder is shared.")
        if left:
            told.append(f"{len(left):,} were left out, see the log: {'; '.join(map(str, left[:MAX_NAMED]))}.")
        return Outcome(
            " ".join(told), distributions=shared(dataset, item.url if item else url) if url else None, url=url
        )


def _place(dataset: Dataset, options: UploadOptions) -> Remote:
    place = read_remote(options.remote or f"{DriveSettings.of(dataset).remote}:")
    if place is None:
        (fault,) = remote_faults(options.remote or "")
        raise CatalogError("invalid_record", f"{fault.detail} Nothing was uploaded.", [fault])
    return Remote(place.name, place.path.strip("/") or dataset.name)


def _source(work: Work[UploadOptions]) -> tuple[Path, bool]:
    """What is uploaded, and whether that is the bundle."""
    dataset, what = work.dataset, work.options.what
    noted = work.ledger.get(NOTE)
    bundle = Path(str(noted.get("target"))) if isinstance(noted, dict) else None
    if what != "data" and bundle is not None and bundle.is_dir():
        return bundle, True
    if what == "bundle":
        raise CatalogError("not_found", "There is no bundle of this dataset. Nothing was uploaded: make one first.")
    return Path(str(dataset.data_path)), False


def _left(source: Path, *, skip: bool) -> list[Left]:
    """What rclone will not upload: links are not followed, so that nothing comes in that others have put there."""
    found = survey(source)
    left = [
        *found.left,
        *(Left(one.path, "it is a link; in a bundle it becomes a file") for one in found.members if one.is_link),
    ]
    if left and not skip:
        named = "; ".join(map(str, left[:MAX_NAMED]))
        more = f"; and {len(left) - MAX_NAMED:,} more" if len(left) > MAX_NAMED else ""
        fault = f"{len(left):,} of the data cannot be uploaded as they are: {named}{more}."
        detail = f"{fault} Nothing was uploaded. Have it fixed, make a bundle, or choose to leave it out."
        raise CatalogError("invalid_record", detail, [FieldError("/options/skip_unreadable", "required", fault)])
    return left


def _copy(work: Work[UploadOptions], rclone: Rclone, source: Path, place: Remote) -> None:
    def on_stats(done: int, total: int) -> None:
        work.progress(text=f"Uploading to {place}", bytes_done=done, total_bytes=total)

    work.step("upload", "begin", f"Uploading to {place}")
    flags = (*_STATS, "--skip-links", "--drive-stop-on-upload-limit")
    ran = rclone.run("copy", *flags, operands=[str(source.absolute()), str(place)], on_stats=on_stats)
    if ran.code:
        kept = "What was copied is kept, and skipped when you try again."
        raise failure(f"The upload to {place}", ran.errors, kept)
    work.step("upload", "done", f"Uploaded to {place}")


def _check(work: Work[UploadOptions], rclone: Rclone, source: Path, place: Remote) -> str:
    """Compare what is there with what was uploaded; how, in words."""
    work.step("check", "begin", f"Comparing with {place}")
    flags = ("--one-way", "--skip-links", "--combined=-", *_STATS)
    ran = rclone.run("check", *flags, operands=[str(source.absolute()), str(place)])
    bad = [line for line in ran.output.splitlines() if line[:2] in ("+ ", "* ", "! ")]
    if bad:
        kinds = {"+": "is missing there", "*": "differs there", "!": "cannot be read there"}
        named = "; ".join(f"{line[2:]} {kinds[line[0]]}" for line in bad[:MAX_NAMED])
        more = f"; and {len(bad) - MAX_NAMED:,} more" if len(bad) > MAX_NAMED else ""
        detail = f"The copy at {place} is not complete: {named}{more}. Upload again: what is right is skipped."
        raise CatalogError("upstream", detail)
    if ran.code:
        raise failure(f"Comparing with {place}", ran.errors, "Everything was uploaded; compare it later.")
    work.step("check", "done", "Everything is there")
    by_size = any("hashes could not be checked" in notice for notice in ran.notices)
    count = sum(line.startswith("= ") for line in ran.output.splitlines())
    return f"that {count:,} files are there{', by their size alone: it keeps no checksums' if by_size else ''}"


def _url(rclone: Rclone, place: Remote, kind: str) -> str | None:
    """The page of a folder on Google Drive; None elsewhere."""
    if kind != "drive":
        return None
    above, _, name = place.path.rpartition("/")  # a folder that is asked for itself does not tell its id
    ran = rclone.run("lsjson", "--dirs-only", "--no-modtime", operands=[str(Remote(place.name, above))])
    try:
        listed = json.loads(ran.output)
        found = next((one["ID"] for one in listed if one["Name"] == name), None)
    except (ValueError, TypeError, KeyError):
        return None
    return DriveItem("folder", found).url if isinstance(found, str) and _ID.fullmatch(found) else None
