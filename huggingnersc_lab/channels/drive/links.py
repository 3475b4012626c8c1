"""Addresses that go with a shared dataset: on Google Drive, of its paper, of its code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.download_lines import drive_id

_ARXIV = re.compile(
    r"(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*)?"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_GITHUB = re.compile(
    r"https://(?:www\.)?github\.com/[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+?(?:\.git)?/?(?:tree/\S+)?"
)
_WEB = re.compile(r"https://[^\s/<>\"\x00-\x1f]+\.[^\s<>\"\x00-\x1f]+")


@dataclass(frozen=True)
class DriveItem:
    """A file or a folder on Google Drive.

    Attributes:
        kind: ``file`` or ``folder``.
        id: its id.
    """

    kind: Literal["file", "folder"]
    id: str

    @property
    def url(self) -> str:
        """Its page."""
        if self.kind == "folder":
            return f"https://drive.google.com/drive/folders/{self.id}"
        return f"https://drive.google.com/file/d/{self.id}/view"


def drive_item(address: str) -> DriveItem | None:
    """What a link to Google Drive leads to; None for any other address.

    >>> drive_item("https://drive.google.com/drive/u/0/folders/1peJ6VF9wQ-LeETgcdGxu1e4fo28JbtUt?usp=sharing").url
    'https://drive.google.com/drive/folders/1peJ6VF9wQ-LeETgcdGxu1e4fo28JbtUt'
    """
    found = drive_id(address)
    return None if found is None else DriveItem("folder" if found[1] else "file", found[0])


def arxiv_url(text: str) -> str | None:
    """The page of a paper on arXiv, from its id or address.

    >>> arxiv_url("arXiv:2106.09685v2")
    'https://arxiv.org/abs/2106.09685'
    """
    match = _ARXIV.fullmatch(text.strip())
    return f"https://arxiv.org/abs/{match[1]}" if match else None


def paper_and_code(record: DatasetRecord) -> tuple[str | None, str | None]:
    """The first paper of the record that is on arXiv, and its first repository on GitHub, as addresses."""
    arxiv = next((url for paper in record.papers if (url := arxiv_url(paper))), None)
    github = next((address for address in record.code if _GITHUB.fullmatch(address)), None)
    return arxiv, github


def link_faults(*, url: str | None = None, arxiv: str | None = None, github: str | None = None) -> list[FieldError]:
    """What is wrong with addresses that a person gave as options."""
    faults = []
    if url is not None and not _WEB.fullmatch(url):
        faults.append(FieldError("/options/url", "pattern", "The link of the shared data starts with https://."))
    if arxiv is not None and arxiv_url(arxiv) is None:
        fault = "A paper on arXiv is an id such as 2106.09685, or an address such as https://arxiv.org/abs/2106.09685."
        faults.append(FieldError("/options/arxiv", "pattern", fault))
    if github is not None and not _GITHUB.fullmatch(github):
        fault = "A repository on GitHub is an address such as https://github.com/OWNER/REPOSITORY."
        faults.append(FieldError("/options/github", "pattern", fault))
    return faults
