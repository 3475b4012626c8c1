"""What a request says, and what is noted of it."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from huggingnersc_lab.channels.request.ask import AskOptions
from huggingnersc_lab.channels.request.listing import list_files
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk


def test_it_is_offered_until_the_data_is_there(desk: Desk, target: Path) -> None:
    ask = desk.action("ask")
    assert ask.is_offered(desk.dataset, desk.ledger)
    desk.change(data_path=f"{target}/")
    assert not ask.is_offered(desk.dataset, desk.ledger)
    with pytest.raises(CatalogError) as raised:
        desk.run("ask")
    assert (raised.value.code, raised.value.detail) == ("conflict", "There is nothing to ask for. Nothing was changed.")


def test_it_is_described_before(desk: Desk, target: Path) -> None:
    ask = desk.action("ask")
    assert list(ask.describe(desk.dataset, AskOptions())) == [
        "It writes a request for https://forms.example/f, which you send.",
        f"It asks for a place at {target}.",
    ]
    desk.settings.pop("target")
    assert list(ask.describe(desk.dataset, AskOptions())) == [
        "It writes a request for https://forms.example/f, which you send."
    ]


@pytest.mark.parametrize(
    ("members", "pointers"),
    [
        ({"license": None}, ["/license"]),
        ({"data_path": None}, ["/data_path"]),
        ({"license": None, "data_path": None}, ["/data_path", "/license"]),
        ({}, []),
    ],
)
def test_what_it_needs(desk: Desk, members: dict[str, None], pointers: list[str]) -> None:
    desk.change(**members)
    assert desk.missing("ask") == pointers


def test_the_form_is_filled_in(desk: Desk, target: Path) -> None:
    names = ("name", "pretty_name", "path", "target", "bytes", "files", "license")
    desk.settings["url"] = "https://forms.example/f?" + "&".join(f"{name}={{{name}}}" for name in names)
    outcome = desk.run("ask")
    assert outcome.url is not None
    assert parse_qs(urlsplit(outcome.url).query) == {
        "name": ["sky"],
        "pretty_name": ["Sky maps & <more>"],
        "path": [str(desk.record.data_path)],
        "target": [str(target)],
        "bytes": ["8"],
        "files": ["2"],
        "license": ["cc-by-4.0"],
    }


def test_what_is_noted(desk: Desk) -> None:
    desk.ledger.note(found="/x", moved_to="/y", other="kept")
    before = datetime.now(timezone.utc).replace(microsecond=0)
    desk.run("ask")
    notes = desk.ledger.read()
    assert before <= datetime.fromisoformat(notes.pop("asked_at").replace("Z", "+00:00")) <= datetime.now(timezone.utc)
    digest = list_files(str(desk.record.data_path)).digest
    assert notes == {"files": 2, "bytes": 8, "digest": digest, "other": "kept"}


def test_the_files_are_looked_at_as_one_step(desk: Desk) -> None:
    desk.run("ask")
    assert desk.logged == ["look begin Looking at the files of 'sky'", "look done 2 files"]


def test_data_without_anything_to_settle(desk: Desk) -> None:
    """Neither a folder to copy it into nor advice: the request alone."""
    path = Path(str(desk.record.data_path))
    (path / "B c.csv").rename(path / "b.csv")
    desk.settings.pop("transit")
    text = desk.run("ask").text
    assert text.startswith("The request is written. Open the form and paste the text into it.")
    assert "copy the data" not in text
    assert "capital letters" not in text
