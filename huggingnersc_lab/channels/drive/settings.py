"""The table ``[channels.drive]`` of a site file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huggingnersc_lab.channels.base import Dataset

DEFAULT_REMOTE = "drive"
"""Name of the rclone remote where the site file names none."""


@dataclass(frozen=True)
class DriveSettings:
    """What a site says of its Google Drive; a member that is left out is None.

    Attributes:
        transit: folder where bundles for the help desk are put.
        helpdesk_mail: its mailbox.
        helpdesk_url: its page.
        root_folder_id: id of the folder on Google Drive that holds the site's datasets.
        client_id: the site's OAuth client id for rclone. Its secret is never in a site file.
        remote: name that the rclone remote gets.
    """

    transit: Path | None = None
    helpdesk_mail: str | None = None
    helpdesk_url: str | None = None
    root_folder_id: str | None = None
    client_id: str | None = None
    remote: str = DEFAULT_REMOTE

    @classmethod
    def of(cls, dataset: Dataset) -> DriveSettings:
        """Those of a dataset's site; members of other types are left out, since plug-ins may write what they like."""
        given: Mapping[str, Any] = dataset.settings
        texts = {
            key: value
            for key in ("transit", "helpdesk_mail", "helpdesk_url", "root_folder_id", "client_id", "remote")
            if isinstance(value := given.get(key), str) and value
        }
        transit = texts.pop("transit", None)
        return cls(transit=Path(transit).expanduser() if transit else None, **texts)

    @property
    def root_url(self) -> str | None:
        """Address of the site's folder on Google Drive."""
        return f"https://drive.google.com/drive/folders/{self.root_folder_id}" if self.root_folder_id else None
