"""The channel ``drive``: a bundle for a help desk, uploads by rclone, and downloads from Google Drive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from huggingnersc_lab.channels.base import Channel
from huggingnersc_lab.channels.drive.bundle import Bundle
from huggingnersc_lab.channels.drive.complete import Complete
from huggingnersc_lab.channels.drive.distributions import NAME
from huggingnersc_lab.channels.drive.download import Download
from huggingnersc_lab.channels.drive.setup import Setup
from huggingnersc_lab.channels.drive.upload import Upload

if TYPE_CHECKING:
    from huggingnersc_lab.channels.base import Dataset


class DriveChannel(Channel):
    """Google Drive, and whatever else rclone reaches."""

    name = NAME
    title = "Google Drive"
    summary = "Hand the data to the help desk for the centre's Google Drive, or upload it yourself with rclone."
    actions = (Bundle(), Upload(), Complete(), Download(), Setup())

    def loader_lines(self, dataset: Dataset) -> Mapping[str, str]:
        """The lines for gdown and rclone, as card and notebook have them."""
        from dataclasses import replace

        from huggingnersc_lab.render.download_lines import download_lines
        from huggingnersc_lab.render.entry import Entry

        own = tuple(one for one in dataset.distributions if one.channel == NAME)
        return download_lines(Entry(replace(dataset.record, distributions=own), dataset.site))


CHANNEL = DriveChannel()
