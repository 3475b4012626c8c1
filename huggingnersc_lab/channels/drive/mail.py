"""The mail to a help desk that asks it to put a bundle on Google Drive.

What it has to hold is listed in the Mila cluster's guide, *Publicly share a Mila dataset*: the folder, the name of the
dataset, a licence as ``.txt``, the MD5 of each archive, the addresses on arXiv and GitHub (which may follow), and
whether the archives are to be unpacked before they are uploaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.licence import licence_of

MAX_ADDRESS = 1900
"""Longest ``mailto:`` address that mail programs are sure to take, in characters."""

LATER = "will follow"


@dataclass(frozen=True)
class Archive:
    """An archive of a bundle.

    Attributes:
        file_name: its name.
        size: bytes.
        md5: its digest, hexadecimal.
        label: the folder that it holds, None for all of the data.
    """

    file_name: str
    size: int
    md5: str
    label: str | None = None


@dataclass(frozen=True)
class Mail:
    """A mail that the person sends.

    Attributes:
        to: mailbox; None where the site names none.
        subject: its subject.
        body: its text.
    """

    to: str | None
    subject: str
    body: str

    @property
    def url(self) -> str | None:
        """A ``mailto:`` address that opens it; one that is too long asks to paste the text."""
        if self.to is None:
            return None
        begin = f"mailto:{quote(self.to, safe='@.+-_')}?subject={quote(self.subject)}&body="
        whole = begin + quote(self.body.replace("\n", "\r\n"))
        return whole if len(whole) <= MAX_ADDRESS else begin + quote("(Paste the text of the mail here.)")

    @property
    def text(self) -> str:
        """All of it, to be copied."""
        to = f"To: {self.to}\n" if self.to else ""
        return f"{to}Subject: {self.subject}\n\n{self.body}"


def unpack_line(file_name: str) -> str:
    """The command that unpacks an archive.

    >>> unpack_line("iris.tar.zst")
    'tar --zstd -xf iris.tar.zst'
    """
    return f"unzip {file_name}" if file_name.endswith(".zip") else f"tar --zstd -xf {file_name}"


def hand_over_mail(
    record: DatasetRecord,
    settings: DriveSettings,
    folder: Path,
    archives: Sequence[Archive],
    *,
    arxiv: str | None,
    github: str | None,
    unpacked: bool,
) -> Mail:
    """The mail that goes with a new bundle."""
    licence = licence_of(record)
    how = (
        "Please unpack them before the upload; instructions.txt says how."
        if unpacked
        else "Please upload the archives as they are; readers unpack them (instructions.txt says how)."
    )
    lines = [
        "Hello,",
        "",
        "could you please publish this dataset on Google Drive?",
        "",
        f"Folder: {folder}",
        f"Name of the dataset: {record.name} ({_line(record.pretty_name)})",
        f"Licence: {_line(licence.label) if licence else 'none'}, see license.txt in the folder",
        f"arXiv: {arxiv or LATER}",
        f"GitHub: {github or LATER}",
        "",
        "MD5 of each archive:",
        *(f"{archive.md5}  {archive.file_name}" for archive in archives),
        "",
        how,
        "",
        "Please tell me its link on Google Drive once it is there.",
    ]
    return Mail(settings.helpdesk_mail, f"Dataset for Google Drive: {record.name}", "\n".join(lines) + "\n")


def later_mail(record: DatasetRecord, settings: DriveSettings, *, arxiv: str | None, github: str | None) -> Mail:
    """The mail that sends the addresses that were still missing."""
    lines = ["Hello,", "", f"here are the links for the dataset {record.name}:", ""]
    lines += [f"{what}: {address}" for what, address in (("arXiv", arxiv), ("GitHub", github)) if address]
    return Mail(settings.helpdesk_mail, f"Links for the dataset {record.name}", "\n".join(lines) + "\n")


def instructions(name: str, archives: Sequence[Archive]) -> str:
    """How to check and unpack a bundle, for its file ``instructions.txt``."""
    unpack = "\n".join(f"    {unpack_line(archive.file_name)}" for archive in archives)
    return (
        "Check that the archives are complete:\n\n    md5sum -c md5sums.txt\n\n"
        f"Unpack them in one folder; everything is in a folder '{name}' then:\n\n{unpack}\n"
    )


def _line(text: str) -> str:
    return " ".join(text.split())
