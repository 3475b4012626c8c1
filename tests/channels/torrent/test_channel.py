from __future__ import annotations

from tests.channels.desk import Desk


def test_readers_get_a_line_for_each_torrent(desk: Desk) -> None:
    assert desk.channel.loader_lines(desk.dataset) == {}
    desk.run("create", split=True)
    lines = desk.channel.loader_lines(desk.dataset)
    assert list(lines) == ["Torrent maps", "Torrent maps.txt", "Torrent read me \u00fc.txt"]
    for way, line in zip(desk.record.distributions, lines.values(), strict=True):
        assert line == f"aria2c --seed-time=0 '{way.url}'"


def test_what_nobody_can_find_yet_is_only_begun(desk: Desk) -> None:
    desk.run("create")
    assert desk.record.distributions[0].state == "reserved"
    assert desk.record.downloads == ()
    found = desk.channel.status(desk.dataset, desk.ledger)
    assert (found.state, found.detail) == (
        "begun",
        "The torrent was created. Nobody can find it until it is registered.",
    )
    desk.run("create", tracker=["udp://tracker.example.org:1"])
    assert desk.channel.status(desk.dataset, desk.ledger).state == "shared"
