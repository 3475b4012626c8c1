"""What people are told to do where data cannot be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.advice import advice
from huggingnersc_lab.sites import load_site

SITE = replace(load_site("sandbox"), access_help=None)


@pytest.mark.parametrize(
    ("access", "told"),
    [
        (Access("readable"), None),
        (Access("unreadable"), None),
        (Access("missing"), "It was moved or purged, or the file system is not mounted on this machine."),
        (
            Access("missing", detail="a named pipe"),
            "The path in the record is a named pipe: tell the person who published it.",
        ),
        (Access("unknown"), "The file system did not respond: check again in a minute."),
        (Access("unknown", detail="stale file handle"), "Stale file handle: check again in a minute."),
        (Access("unreadable", "/d", group="m1", remedy="join"), "Ask to be added to the Unix group 'm1'."),
        (
            Access("unreadable", "/d", group="m1", remedy="log_in_again"),
            "You joined the group 'm1' after your session started: log in again, and restart your server.",
        ),
        (
            Access("unreadable", "/d", owner="me", remedy="yourself"),
            "It is yours: make it readable with chmod.",
        ),
        (
            Access("unreadable", "/d", owner="root", remedy="owner"),
            "No group has access: ask its owner, 'root', to share it.",
        ),
        (Access("unreadable", "/d", detail="a socket"), "It is a socket: ask the person who published it."),
        (Access("unreadable", "/d"), "Ask its owner to share it."),
        (
            Access("readable", "/x", owner="root", remedy="owner"),
            "You cannot read all of it, for example '/x'. No group has access: ask its owner, 'root', to share it.",
        ),
    ],
)
def test_advice(access: Access, told: str | None) -> None:
    assert advice(access, SITE) == told


def test_the_site_says_how_one_gets_into_a_group() -> None:
    site = replace(SITE, access_help="Write to {group}@example.org, the list of {group}.")
    access = Access("unreadable", "/d", group="m1", remedy="join")
    assert advice(access, site) == "Write to m1@example.org, the list of m1."
