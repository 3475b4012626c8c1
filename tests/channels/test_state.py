from __future__ import annotations

import pytest

from huggingnersc_lab.channels.state import Status, status_of
from huggingnersc_lab.record.model import Distribution


def shared(state: str | None = None, data: str | None = None, at: str = "2026-01-01") -> Distribution:
    return Distribution("torrent", f"https://example.org/{at}", created_at=at, data_fingerprint=data, state=state)


@pytest.mark.parametrize(
    ("own", "now", "state"),
    [
        ([], "b3:1", "none"),
        ([shared()], "b3:1", "shared"),
        ([shared(data="b3:1")], "b3:1", "shared"),
        ([shared(data="b3:1")], None, "shared"),
        ([shared(data="b3:1")], "b3:2", "outdated"),
        ([shared(data="b3:1"), shared(data="b3:2", at="2026-02-01")], "b3:2", "outdated"),
        ([shared("requested")], "b3:1", "begun"),
        ([shared("reserved", data="b3:1")], "b3:2", "begun"),
        ([shared("reserved"), shared(at="2026-02-01")], None, "shared"),
    ],
)
def test_the_state_follows_from_the_distributions(own: list[Distribution], now: str | None, state: str) -> None:
    others = [Distribution("drive", "https://example.org/other", data_fingerprint="b3:0")]
    assert status_of("torrent", [*others, *own], now).state == state


def test_the_newest_one_is_shown() -> None:
    found = status_of("torrent", [shared(at="2026-02-01"), shared(at="2026-01-01")], None)
    assert found == Status("shared", "https://example.org/2026-02-01", "2026-02-01")
