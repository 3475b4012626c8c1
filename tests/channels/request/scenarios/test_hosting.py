"""From asking the centre to the new path."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from huggingnersc_lab.channels.base import Outcome
from huggingnersc_lab.channels.request import CHANNEL, arrival
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.parts import Contents
from tests.channels.desk import Desk


def source(desk: Desk) -> Path:
    return Path(str(desk.record.data_path))


def target(desk: Desk) -> Path:
    return Path(desk.settings["target"].replace("{name}", "sky"))


def arrive(desk: Desk) -> Path:
    return Path(shutil.copytree(source(desk), target(desk)))


def ask(desk: Desk) -> Outcome:
    return desk.run("ask", message="Thank you.")


def test_asking_writes_a_text_opens_the_form_and_is_noted(desk: Desk) -> None:
    assert (desk.offered(), desk.missing("ask")) == (["ask"], [])
    outcome = ask(desk)
    assert outcome.url == f"https://forms.example/f?entry={str(source(desk)).replace('/', '%2F')}"
    assert outcome.text.startswith("The request is written. Open the form and paste the text into it. If the centre")
    assert "copy the data into /transit first. Better settled before: 'B c.csv' has capital letters" in outcome.text
    assert "No checksums of the data are known" in outcome.text
    assert outcome.copy_text is not None
    assert f"Path wanted: {target(desk)}\nSize: 8 bytes in 2 files\n" in outcome.copy_text
    assert outcome.copy_text.endswith("\nThank you.\n")
    (way,) = desk.record.distributions
    assert (way.channel, way.url, way.state, way.bytes) == ("request", "https://forms.example/f", "requested", 8)
    assert way.created_at == desk.ledger.get("asked_at")
    status = CHANNEL.status(desk.dataset, desk.ledger)
    assert (status.state, status.detail) == ("begun", "The centre was asked to host it.")
    assert desk.record.downloads == ()


def test_asking_by_mail(desk: Desk) -> None:
    desk.settings = {"mailbox": "data@mila.example", "target": desk.settings["target"]}
    outcome = ask(desk)
    assert outcome.url is not None
    assert outcome.url.startswith("mailto:data@mila.example?subject=Please%20host%20the%20dataset%20%27sky%27&body=")
    assert outcome.text.startswith("The request is written. Send the mail.")
    assert desk.record.distributions[0].url == "mailto:data@mila.example"


def test_what_is_missing_is_named_at_its_field(desk: Desk) -> None:
    desk.change(license=None, data_path=None)
    desk.settings.pop("url")
    assert desk.missing("ask") == ["/channel", "/data_path", "/license"]


def test_data_that_is_gone_is_not_asked_for(desk: Desk) -> None:
    shutil.rmtree(source(desk))
    with pytest.raises(CatalogError) as raised:
        ask(desk)
    assert (raised.value.code, desk.record.distributions, desk.ledger.read()) == ("not_found", (), {})


def test_from_asking_to_the_new_path(desk: Desk) -> None:
    ask(desk)
    assert desk.offered() == ["ask", "check"]
    assert desk.run("check").text == f"Nothing is at {target(desk)} yet. Check again later."
    former = source(desk)
    arrived = arrive(desk)
    (arrived / "a.csv").unlink()
    assert "there should be 2 files of 8 bytes. It may still be being copied" in desk.run("check").text
    assert desk.offered() == ["ask", "check"]
    shutil.copy(former / "a.csv", arrived)
    outcome = desk.run("check")
    assert outcome.text == (
        f"The data has arrived at {arrived}: 2 files of 8 bytes. 'Use the new path' makes it the dataset's path."
    )
    assert (outcome.values, outcome.distributions, desk.record.data_path) == ({}, None, str(former))
    assert desk.offered() == ["ask", "check", "move"]
    assert CHANNEL.status(desk.dataset, desk.ledger).detail == f"The data has arrived at {arrived}."

    moved = desk.run("move")
    assert (desk.record.data_path, desk.record.distributions) == (str(arrived), ())
    assert moved.text == f"The data of 'sky' is at {arrived} now. The copy at {former} is still there."
    assert former.is_dir()
    assert desk.offered() == []
    status = CHANNEL.status(desk.dataset, desk.ledger)
    assert (status.state, status.detail) == ("shared", f"The data is at {arrived}.")


def test_what_changes_after_it_was_found_is_not_taken(desk: Desk) -> None:
    ask(desk)
    arrived = arrive(desk)
    desk.run("check")
    (arrived / "a.csv").write_bytes(b"12")
    with pytest.raises(CatalogError, match="not any more, as much as the dataset has") as raised:
        desk.run("move")
    assert (raised.value.code, desk.record.data_path) == ("conflict", str(source(desk)))
    assert "move" not in desk.offered()


def test_names_that_the_centre_has_mended_are_told(desk: Desk) -> None:
    ask(desk)
    arrived = arrive(desk)
    (arrived / "B c.csv").rename(arrived / "b-c.csv")
    assert "Some files have other names or sizes than here" in desk.run("check").text
    assert "move" in desk.offered()


def test_a_source_that_is_gone_is_remembered(desk: Desk) -> None:
    ask(desk)
    arrive(desk)
    shutil.rmtree(source(desk))
    assert "has arrived" in desk.run("check").text


def test_whoever_did_not_ask_can_check_too(desk: Desk) -> None:
    ask(desk)
    arrive(desk)
    shutil.rmtree(source(desk))
    desk.ledger.clear()
    assert desk.offered() == ["ask", "check"]
    desk.change(contents=None)
    assert "how many there should be is not known" in desk.run("check").text
    desk.change(contents=Contents(files=2))
    assert "has arrived" in desk.run("check").text


def test_elsewhere_than_asked(desk: Desk, tmp_path: Path) -> None:
    ask(desk)
    elsewhere = tmp_path / "datasets" / "sky.2026"
    shutil.copytree(source(desk), elsewhere)
    assert "Nothing is at" in desk.run("check").text
    assert f"has arrived at {elsewhere}" in desk.run("check", at=str(elsewhere)).text
    desk.run("move")
    assert desk.record.data_path == str(elsewhere)
    assert CHANNEL.status(desk.dataset, desk.ledger).state == "shared"
    assert "check" not in desk.offered()


@pytest.mark.parametrize("at", ["datasets/sky", "/datasets/../etc", "/etc", "/tmp/a\nb"])
def test_a_place_that_is_none(desk: Desk, at: str) -> None:
    assert desk.missing("check", {"at": at}) == desk.missing("move", {"at": at}) == ["/options/at"]
    with pytest.raises(CatalogError) as raised:
        desk.run("check", at=at)
    assert raised.value.code == "invalid_record"


def test_a_site_that_does_not_say_where(desk: Desk) -> None:
    desk.settings.pop("target")
    assert (desk.missing("ask"), desk.missing("check")) == ([], ["/options/at"])
    outcome = ask(desk)
    assert outcome.copy_text is not None
    assert "Path wanted" not in outcome.copy_text


def test_a_place_that_may_not_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *_: object, **__: object) -> None:
        raise CatalogError("forbidden", f"You have no right to read '{path}'.")

    ask(desk)
    arrive(desk)
    monkeypatch.setattr(arrival, "list_files", refuse)
    with pytest.raises(CatalogError, match="no right to read") as raised:
        desk.run("check")
    assert (raised.value.code, desk.ledger.get("found")) == ("forbidden", None)


def test_a_link_at_the_place_is_not_the_data_unless_it_leads_to_as_much(desk: Desk) -> None:
    ask(desk)
    target(desk).parent.mkdir()
    target(desk).symlink_to("/etc/ssl")
    assert "has arrived" not in desk.run("check").text
