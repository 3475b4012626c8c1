"""``bundle``: pack a dataset for the help desk that puts it on the centre's Google Drive, and write the mail to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.drive.archive.members import Left, Member, Survey, clashes, shown, survey
from huggingnersc_lab.channels.drive.archive.pack import digest_of, pack
from huggingnersc_lab.channels.drive.archive.parts import Part, parts_of
from huggingnersc_lab.channels.drive.archive.writers import WRITERS, Format
from huggingnersc_lab.channels.drive.bundle_folder import BundleFolder
from huggingnersc_lab.channels.drive.distributions import requested
from huggingnersc_lab.channels.drive.licence_text import licence_advice, licence_fault, licence_text
from huggingnersc_lab.channels.drive.links import arxiv_url, link_faults, paper_and_code
from huggingnersc_lab.channels.drive.mail import Archive, hand_over_mail, instructions
from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.channels.naming import lint_names
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.model import dump_record
from huggingnersc_lab.record.naming import advise_name
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry

MAX_NAMED = 10
"""Files that are named one by one; of the others only the number is told."""

CARD = "README.md"


@dataclass(frozen=True)
class BundleOptions:
    """What can be chosen."""

    to: str | None = field(
        default=None, metadata={"help": "Folder to put the bundle into; the site's transit folder if left out."}
    )
    format: Literal["zip", "tar.zst"] = field(default="zip", metadata={"help": "Form of the archives."})
    split: bool = field(default=False, metadata={"help": "Make one archive for each folder of the data."})
    unpacked: bool = field(
        default=False, metadata={"help": "Ask for the archives to be unpacked before they are uploaded."}
    )
    skip_unreadable: bool = field(
        default=False, metadata={"help": "Leave out what cannot be read, instead of making nothing."}
    )
    replace: bool = field(default=False, metadata={"help": "Replace the bundle that is there."})
    arxiv: str | None = field(default=None, metadata={"help": "Paper on arXiv; the record's if left out."})
    github: str | None = field(default=None, metadata={"help": "Repository on GitHub; the record's if left out."})


class Bundle(Action[BundleOptions]):
    """Pack the data, put the bundle into the transit folder, write the mail."""

    name = "bundle"
    title = "Make a bundle for the help desk"
    summary = "Pack the data with its licence, checksums and instructions, and write the mail that asks for the upload."
    options = BundleOptions
    is_heavy = True

    def missing(self, dataset: Dataset, options: BundleOptions | None = None) -> Sequence[FieldError]:
        """The data, a licence, and a place for the bundle."""
        faults = []
        if dataset.data_path is None:
            faults.append(FieldError("/data_path", "required", "Say where the data is: there is nothing to pack."))
        if (fault := licence_fault(dataset.record)) is not None:
            faults.append(fault)
        if options is not None:
            if options.to is None and DriveSettings.of(dataset).transit is None:
                fault = FieldError(
                    "/options/to",
                    "required",
                    f"{dataset.site.title} has no folder for bundles: name one to put it into.",
                )
                faults.append(fault)
            faults += link_faults(arxiv=options.arxiv, github=options.github)
        return faults

    def describe(self, dataset: Dataset, options: BundleOptions) -> Sequence[str]:
        """Where it goes, and what speaks against the names and the licence."""
        kind = f".{options.format} archive{'s, one for each folder,' if options.split else ''}"
        told = [f"Packs '{dataset.data_path}' as {kind} into '{_target(dataset, options)}'."]
        told += [fault.detail for fault in advise_name(dataset.name)]
        told += filter(None, [licence_advice(dataset.record)])
        return told

    def run(self, work: Work[BundleOptions]) -> Outcome:
        """Make it."""
        dataset, options = work.dataset, work.options
        target = _target(dataset, options)
        bundle = BundleFolder(target, work.ledger)
        try:
            bundle.open(replace=options.replace)
            archives, notes = _fill(work, bundle)
            work.step("write", "begin", f"Putting it into '{target}'")
            bundle.show(replace=options.replace)
        except BaseException:
            bundle.forget()
            raise
        work.step("write", "done", f"The bundle is in '{target}'")
        return _outcome(work, bundle, archives, notes)


def _fill(work: Work[BundleOptions], bundle: BundleFolder) -> tuple[list[Archive], list[str]]:
    """Write everything into the folder; the archives, and what there is to say."""
    dataset, options = work.dataset, work.options
    work.step("survey", "begin", f"Looking at '{dataset.data_path}'")
    found = _readable(survey(str(dataset.data_path)), options.format)
    _check(found, bundle.target, options)
    notes = [f"Left out: {left}." for left in _left_out(work, found.left)]
    notes += _name_notes(dataset, [member.path for member in found.members])
    parts = parts_of(dataset.name, found.members, options.format, split=options.split)
    work.step("survey", "done", f"{len(found.members):,} files and empty folders")

    work.step("pack", "begin", f"Packing {len(parts)} archive{'s' * (len(parts) > 1)}")
    archives, done = [], 0
    for part in parts:
        archive, left = _pack(work, bundle, found, part, done)
        archives.append(archive)
        notes += [f"Left out: {one}." for one in left]
        done += part.size
    work.step("pack", "done", f"Packed {', '.join(archive.file_name for archive in archives[:MAX_NAMED])}")
    if not bundle.is_shown:
        _write_rest(dataset, bundle, archives)
    return archives, notes


def _pack(
    work: Work[BundleOptions], bundle: BundleFolder, found: Survey, part: Part, done: int
) -> tuple[Archive, Sequence[Left]]:
    dataset, options = work.dataset, work.options
    digest = digest_of(options.format, dataset.name, part.members)
    if (finished := bundle.finished(part.file_name, digest)) is not None:
        work.log(f"{part.file_name} is there from an earlier run")
        return finished, ()
    if bundle.is_shown:
        detail = (
            f"'{bundle.target}' was made of other data, or in another form, and was left as it is. Choose to replace "
            "it, or another folder."
        )
        raise CatalogError("conflict", detail)
    count = done

    def on_bytes(length: int, path: str) -> None:
        nonlocal count
        count += length
        work.progress(text=shown(path)[-200:], bytes_done=count, total_bytes=found.size)

    packed = pack(
        found.base,
        part.members,
        bundle.folder / part.file_name,
        form=options.format,
        top=dataset.name,
        on_bytes=on_bytes,
        skip=options.skip_unreadable,
    )
    archive = Archive(part.file_name, packed.size, packed.md5, part.label)
    if not packed.left:
        bundle.note(archive, digest)
    return archive, packed.left


def _write_rest(dataset: Dataset, bundle: BundleFolder, archives: Sequence[Archive]) -> None:
    texts = {
        "license.txt": licence_text(dataset),
        "md5sums.txt": "".join(f"{archive.md5}  {archive.file_name}\n" for archive in archives),
        "instructions.txt": instructions(dataset.name, archives),
    }
    files = {name: text.encode("utf-8", "replace") for name, text in texts.items()}
    files["record.json"] = dump_record(dataset.record.to_dict())
    files["card.md"] = dataset.read_file(CARD) or render_card(Entry(dataset.record, dataset.site)).encode()
    bundle.keep_only({*files, *(archive.file_name for archive in archives)})
    for name, content in files.items():
        bundle.write(name, content)


def _outcome(
    work: Work[BundleOptions], bundle: BundleFolder, archives: Sequence[Archive], notes: Sequence[str]
) -> Outcome:
    dataset, options = work.dataset, work.options
    settings = DriveSettings.of(dataset)
    arxiv, github = paper_and_code(dataset.record)
    arxiv = arxiv_url(options.arxiv) if options.arxiv else arxiv
    github = options.github or github
    mail = hand_over_mail(
        dataset.record, settings, bundle.target, archives, arxiv=arxiv, github=github, unpacked=options.unpacked
    )
    missing = [what for what, known in (("arXiv", arxiv), ("GitHub", github)) if known is None]
    text = [f"The bundle is in '{bundle.target}'. Send the mail to the help desk; nobody has been asked yet."]
    if missing:
        text.append(f"The links to {' and '.join(missing)} may follow: 'complete' writes that mail.")
    text.append("When the help desk tells you the link on Google Drive, 'complete' writes it into the entry.")
    text += filter(None, [*(fault.detail for fault in advise_name(dataset.name)), licence_advice(dataset.record)])
    return Outcome(
        " ".join([*text, *notes]),
        distributions=requested(dataset, settings, archives),
        copy_text=mail.text,
        url=mail.url or settings.helpdesk_url,
        path=bundle.target,
    )


def _readable(found: Survey, form: Format) -> Survey:
    """Without what the form of archive cannot hold."""
    members: list[Member] = []
    left = list(found.left)
    for member in found.members:
        reason = WRITERS[form].refuses(member.path)
        if reason is None:
            members.append(member)
        else:
            left.append(Left(member.path, reason))
    return Survey(found.base, members, left)


def _check(found: Survey, target: Path, options: BundleOptions) -> None:
    if found.left and not options.skip_unreadable:
        named = "; ".join(map(str, found.left[:MAX_NAMED]))
        more = f"; and {len(found.left) - MAX_NAMED:,} more" if len(found.left) > MAX_NAMED else ""
        fault = f"{len(found.left):,} of the data cannot be packed: {named}{more}."
        detail = f"{fault} Nothing was made. Have it fixed, or choose to leave it out."
        raise CatalogError("invalid_record", detail, [FieldError("/options/skip_unreadable", "required", fault)])
    if not found.members:
        fault = "There is nothing in the data's folder that could be packed."
        raise CatalogError("invalid_record", f"{fault} Nothing was made.", [FieldError("/data_path", "empty", fault)])
    if target.resolve().is_relative_to(found.base):
        fault = f"'{target.parent}' lies in the data itself: choose another folder."
        raise CatalogError("invalid_record", f"{fault} Nothing was made.", [FieldError("/options/to", "place", fault)])


def _left_out(work: Work[BundleOptions], left: Sequence[Left]) -> list[str]:
    """What was left out; all of it goes into the log."""
    for one in left:
        work.log(f"Left out: {one}")
    more = [f"{len(left) - MAX_NAMED:,} more, see the log"] if len(left) > MAX_NAMED else []
    return [*map(str, left[:MAX_NAMED]), *more]


def _name_notes(dataset: Dataset, paths: Sequence[str]) -> list[str]:
    """What is better avoided in the names of files. It is advice: names that loaders use are not changed."""
    notes = []
    bad = list(lint_names(paths))
    if bad:
        some = " ".join(name.finding().detail for name in bad[:3])
        more = f" {len(bad) - 3:,} more names are like that." if len(bad) > 3 else ""  # noqa: PLR2004
        notes.append(f"Names that are better avoided in '{dataset.data_path}': {some}{more}")
    if same := clashes(paths):
        one = "' and '".join(map(shown, same[0][:2]))
        notes.append(
            f"Names that differ in capital letters only, which overwrite each other on Windows and macOS: '{one}'"
            + (f", and {len(same) - 1:,} more." if len(same) > 1 else ".")
        )
    return notes


def _target(dataset: Dataset, options: BundleOptions) -> Path:
    chosen = Path(options.to).expanduser() if options.to else DriveSettings.of(dataset).transit
    return (chosen or Path()).absolute() / dataset.name
