"""What the record says of a dataset's archives on Google Drive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.channels.drive.mail import Archive
from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.record.model import Distribution

NAME = "drive"
"""Name of the channel."""

SOMEWHERE = "https://drive.google.com/"
"""Stands for the address while nothing is there yet, and the site names no folder and no help desk."""

MAX_LABEL = 100


def requested(dataset: Dataset, settings: DriveSettings, archives: Sequence[Archive]) -> tuple[Distribution, ...]:
    """A distribution for each archive of a bundle that nobody can download yet. The label is the file's name."""
    url = settings.root_url or settings.helpdesk_url or SOMEWHERE
    return tuple(
        Distribution(
            NAME,
            url,
            bytes=archive.size,
            checksums={"md5": archive.md5},
            created_at=now(),
            data_fingerprint=dataset.fingerprint,
            state="requested",
            label=archive.file_name[-MAX_LABEL:],
        )
        for archive in archives
    )


def shared(dataset: Dataset, url: str) -> tuple[Distribution, ...]:
    """The channel's distributions once the data can be had from ``url``; those that were requested get it."""
    own = [one for one in dataset.distributions if one.channel == NAME]
    if not own:
        return (Distribution(NAME, url, created_at=now(), data_fingerprint=dataset.fingerprint),)
    return tuple(replace(one, url=url, state=None) for one in own)


def now() -> str:
    """The time, RFC 3339."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
