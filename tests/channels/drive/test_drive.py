"""The channel as others see it."""

from __future__ import annotations

from huggingnersc_lab.channels.drive import CHANNEL
from huggingnersc_lab.channels.registry import channels
from huggingnersc_lab.record.model import Distribution

from .conftest import Share


def test_is_found_with_its_actions() -> None:
    assert channels()["drive"] is CHANNEL
    assert [action.name for action in CHANNEL.actions] == ["bundle", "upload", "complete", "download", "setup"]
    assert all(action.summary.endswith(".") for action in CHANNEL.actions)
    assert [action.name for action in CHANNEL.actions if action.is_heavy] == ["bundle", "upload"]
    assert [action.name for action in CHANNEL.actions if action.question] == ["upload"]


def test_lines_for_readers(share: Share) -> None:
    assert CHANNEL.loader_lines(share.dataset) == {}
    share.change(
        distributions=(
            Distribution("drive", "https://drive.google.com/drive/folders/1AbCdEfGhIjKlMn"),
            Distribution("torrent", "https://academictorrents.com/details/x", infohash="a" * 40),
        )
    )
    lines = CHANNEL.loader_lines(share.dataset)
    assert [heading.partition(",")[0] for heading in lines] == ["With gdown", "With rclone"]
    assert "gdown --continue --folder 1AbCdEfGhIjKlMn -O ocean-waves" in lines["With gdown"]
