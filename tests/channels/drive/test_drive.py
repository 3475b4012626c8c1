"""The channel as others see it."""

from __future__ import annotations

from huggingnersc_lab.channels.drive import CHANNEL
from huggingnersc_lab.channels.registry import channels


def test_is_found_with_its_actions() -> None:
    assert channels()["drive"] is CHANNEL
    assert [action.name for action in CHANNEL.actions] == ["bundle", "upload", "complete", "download", "setup"]
    assert all(action.summary.endswith(".") for action in CHANNEL.actions)
    assert [action.name for action in CHANNEL.actions if action.is_heavy] == ["bundle", "upload"]
    assert [action.name for action in CHANNEL.actions if action.question] == ["upload"]
