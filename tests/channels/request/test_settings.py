"""What the site file says of requests, and the addresses that are opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from huggingnersc_lab.channels.request import CHANNEL
from huggingnersc_lab.channels.request.settings import (
    at_target,
    form_address,
    mail_address,
    place_faults,
    settings_of,
)
from huggingnersc_lab.sites import load_site
from tests.channels.desk import Desk


def desk(settings: dict[str, Any], tmp_path: Path, **members: Any) -> Desk:
    found = Desk(CHANNEL, tmp_path, settings)
    found.change(**members)
    return found


def test_the_folder_is_that_of_the_dataset(tmp_path: Path) -> None:
    found = settings_of(desk({"url": "https://x.example", "target": "/data/{name}", "transit": "/t"}, tmp_path).dataset)
    assert (found.target, found.transit, found.place) == ("/data/sky", "/t", "https://x.example")


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"url": "https://forms.gle/abc"}, "https://forms.gle/abc"),
        ({"url": "https://x.example/f?lang=en"}, "https://x.example/f?lang=en"),
        ({"url": "https://x.example/f?entry={path}&n={name}"}, "https://x.example/f"),
        ({"url": "https://x.example/{name}/f"}, "https://x.example//f"),
        ({"mailbox": "data@x.example"}, "mailto:data@x.example"),
        ({"mailbox": "data@x.example", "url": "https://x.example"}, "https://x.example"),
        ({}, None),
        ({"url": 3, "target": []}, None),
    ],
)
def test_the_record_says_where_it_was_asked_and_not_what_was_filled_in(
    settings: dict[str, Any], place: str | None, tmp_path: Path
) -> None:
    of = desk(settings, tmp_path).dataset
    assert settings_of(of).place == place
    assert [fault.pointer for fault in place_faults(of)] == ([] if place else ["/channel"])


def test_what_is_filled_in_cannot_break_out_of_its_place() -> None:
    nasty = "a&b=c#d /%?\n'\"é"
    address = form_address("https://x.example/f?e={path}&x={other}&n={name}", {"path": nasty, "name": "sky"})
    parts = urlsplit(address)
    assert (parts.fragment, parse_qs(parts.query)) == ("", {"e": [nasty], "x": ["{other}"], "n": ["sky"]})


def test_an_address_that_is_too_long_goes_without() -> None:
    assert form_address("https://x.example/f?e={path}", {"path": "x" * 3000}) == "https://x.example/f?e="
    assert mail_address("a@x.example", "Hi & you", "x" * 3000) == "mailto:a@x.example?subject=Hi%20%26%20you"
    assert mail_address("a@x.example", "Hi", "One\nTwo") == "mailto:a@x.example?subject=Hi&body=One%0ATwo"


@pytest.mark.parametrize(
    ("path", "there"), [("/data/sky", True), ("/data/./sky/", True), ("/data/sky2", False), (None, False)]
)
def test_whether_it_is_there_already(path: str | None, there: bool, tmp_path: Path) -> None:
    assert at_target(desk({"target": "/data/{name}"}, tmp_path, data_path=path).dataset) is there
    assert at_target(desk({}, tmp_path, data_path=path).dataset) is False


def test_mila_asks_by_the_form_of_its_guide() -> None:
    settings = load_site("mila", environ={}).channel_settings["request"]
    assert settings == {
        "url": "https://forms.gle/vDVwD2rZBmYHENgZA",
        "target": "/network/datasets/{name}",
        "transit": "/network/scratch/.transit_datasets",
    }
