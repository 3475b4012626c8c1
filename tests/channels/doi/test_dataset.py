"""A dataset as the actions see it, and what they write into the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.channels.base import Work
from huggingnersc_lab.channels.doi import CHANNEL, dataset
from huggingnersc_lab.channels.doi.choice import Choice, ServiceOptions
from huggingnersc_lab.channels.doi.service import DoiService, Draft, State
from huggingnersc_lab.channels.keys import Keys
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import Distribution
from tests.channels.desk import RECORD, Desk

DOI = "10.5072/sky"
OTHER = "2020-01-01T00:00:00Z"
"""When a former dataset of this nickname was published."""
LEFT = "Nothing was changed in the entry: look there, then try again."
FIGSHARE = {"service": "figshare", "figshare": {"categories": [2]}}
PUBLIC = Choice(service="figshare", url="https://api.figshare.com/v2")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(CHANNEL, tmp_path, FIGSHARE)


def work(desk: Desk, options: ServiceOptions | None = None) -> Work[ServiceOptions]:
    variables = {key.variable: "secret-0123" for key in CHANNEL.keys}
    return Work(
        "sky",
        options or ServiceOptions(),
        Keys(CHANNEL.keys, desk.folder / "keys", variables),
        desk.ledger,
        desk.folder,
        lambda *_: None,
        lambda *_, **__: None,
        lambda _: None,
        desk.dataset,
    )


class Titled:
    title = "Figs"


SERVICE: DoiService = Titled()  # type: ignore[assignment]


def test_what_the_record_says_of_the_doi(desk: Desk) -> None:
    assert (dataset.own(desk.dataset), dataset.is_reserved(desk.dataset)) == (None, False)
    other = Distribution("torrent", "https://t.example", state="requested")
    ours = Distribution("doi", f"https://doi.org/{DOI}", state="reserved")
    desk.change(distributions=(other, ours))
    assert (dataset.own(desk.dataset), dataset.is_reserved(desk.dataset)) == (ours, True)
    desk.change(distributions=(other, replace(ours, state=None)))
    assert dataset.is_reserved(desk.dataset) is False


@pytest.mark.parametrize(
    ("notes", "is_kept"),
    [
        ({"id": "7"}, True),
        ({"id": "7", "published": True}, True),
        ({"id": "7", "entry": RECORD.published_at, "published": True}, True),
        ({"id": "7", "entry": OTHER}, True),
        ({"id": "7", "entry": OTHER, "published": True}, False),
        ({"id": "7", "entry": OTHER, "submitted": True}, False),
    ],
)
def test_notes_of_a_former_dataset_do_not_count(desk: Desk, notes: dict[str, Any], is_kept: bool) -> None:
    desk.ledger.note(**notes)
    assert dataset.notes_of(desk.dataset, desk.ledger) == (notes if is_kept else {})
    assert desk.ledger.read() == notes


@pytest.mark.parametrize("key", ["published", "submitted"])
def test_notes_of_a_former_public_doi_are_forgotten(desk: Desk, key: str) -> None:
    desk.ledger.note(id="7", entry=OTHER, unrecorded={}, **{key: True})
    assert dataset.settled(work(desk)) == {}
    assert desk.ledger.read() == {"unrecorded": {}}


@pytest.mark.parametrize(("doi", "start"), [(DOI, f"{DOI} was reserved"), (None, "A DOI was reserved")])
def test_a_former_draft_is_to_be_withdrawn_first(desk: Desk, doi: str | None, start: str) -> None:
    desk.ledger.note(id="7", entry=OTHER, doi=doi)
    notes = desk.ledger.read()
    with pytest.raises(CatalogError) as raised:
        dataset.settled(work(desk))
    assert raised.value.code == "conflict"
    assert raised.value.detail == (
        f"{start} for another dataset that had this nickname. Nothing was sent: withdraw that one first."
    )
    assert dataset.settled(work(desk), is_end=True) == notes
    assert desk.ledger.read() == notes


def test_own_notes_stay(desk: Desk) -> None:
    desk.ledger.note(id="7", entry=RECORD.published_at, published=True)
    assert dataset.settled(work(desk)) == desk.ledger.read()


@pytest.mark.parametrize(("is_public", "fingerprint", "state"), [(True, "f1", None), (False, None, "reserved")])
def test_what_the_record_is_going_to_say(
    desk: Desk, is_public: bool, fingerprint: str | None, state: str | None
) -> None:
    before = datetime.now(timezone.utc).replace(microsecond=0)
    found = dataset.distribution(desk.dataset, DOI, is_public=is_public)
    assert (found.channel, found.url) == ("doi", f"https://doi.org/{DOI}")
    assert (found.data_fingerprint, found.state) == (fingerprint, state)
    assert found.created_at is not None
    assert found.created_at.endswith("Z")
    assert before <= datetime.fromisoformat(found.created_at.replace("Z", "+00:00")) <= datetime.now(timezone.utc)


def test_what_is_missing_is_told_before_a_key_is_asked_for(desk: Desk) -> None:
    desk.change(license=None)
    with pytest.raises(CatalogError) as raised:
        dataset.opened(work(desk), is_final=True)
    assert raised.value.code == "invalid_record"
    assert "/license" in [fault.pointer for fault in raised.value.fields]
    assert raised.value.detail.endswith(" Nothing was sent.")


def test_the_service_that_was_chosen(desk: Desk) -> None:
    service, choice = dataset.opened(work(desk), is_final=True)
    assert (service.title, choice.service, choice.categories) == ("figshare", "figshare", ("2",))
    desk.ledger.note(marker="m", service="figshare", url="https://api.figsh.com/v2")
    with pytest.raises(CatalogError, match="Nothing was sent to another service"):
        dataset.opened(work(desk), is_final=True)
    with pytest.raises(CatalogError, match="Nothing was sent to another service"):
        dataset.reopened(work(desk))


def test_what_was_reserved_opens_whatever_the_record_lacks_since(desk: Desk) -> None:
    desk.change(license=None, authors=())
    desk.settings = {}
    with pytest.raises(CatalogError) as raised:
        dataset.reopened(work(desk))
    assert (raised.value.code, raised.value.detail) == ("not_found", "No DOI was reserved for it. Nothing was sent.")
    desk.ledger.note(id="7", marker="m", service="figshare", url="https://api.figshare.com/v2", entry=OTHER)
    service, choice = dataset.reopened(work(desk), is_end=True)
    assert (service.title, choice.service) == ("figshare", "figshare")


@pytest.mark.parametrize(
    ("state", "state_in_record", "start"),
    [
        ("published", None, f"{DOI} is public. It may take a few minutes until https://doi.org/{DOI} resolves."),
        ("submitted", "reserved", f"Figs has it and looks at it now. {DOI} resolves once it is released"),
    ],
)
def test_what_publishing_comes_to(desk: Desk, state: State, state_in_record: str | None, start: str) -> None:
    draft = Draft("7", state, DOI, "https://p.example")
    outcome = dataset.published(work(desk), draft, PUBLIC, SERVICE)
    assert outcome.text.startswith(start)
    assert outcome.distributions is not None
    assert [one.state for one in outcome.distributions] == [state_in_record]
    assert outcome.values == {"doi": DOI}
    assert outcome.url == (f"https://doi.org/{DOI}" if state == "published" else "https://p.example")


def test_a_rehearsal_leaves_the_entry_alone(desk: Desk) -> None:
    choice = replace(PUBLIC, url="https://api.figsh.com/v2")
    draft = Draft("7", "published", DOI, "https://p.example", ("Well.", "Done."))
    outcome = dataset.published(work(desk), draft, choice, SERVICE)
    assert outcome.text == (
        f"{DOI} was published at Figs, to try it out: such a DOI never resolves, so the entry says nothing of it. "
        "Well. Done."
    )
    assert (outcome.distributions, outcome.values, outcome.url) == (None, {}, "https://p.example")


@pytest.mark.parametrize(
    ("draft", "code", "detail"),
    [
        (Draft("7", "published", remarks=("Odd.",)), "upstream", "Figs says no DOI of it. Look there. Odd."),
        (Draft("7", "published"), "upstream", "Figs says no DOI of it. Look there."),
        (
            Draft("7", "draft", DOI, remarks=("A field is missing.",)),
            "conflict",
            f"Figs has not published {DOI}. A field is missing. {LEFT}",
        ),
    ],
)
def test_publishing_that_comes_to_nothing(desk: Desk, draft: Draft, code: str, detail: str) -> None:
    with pytest.raises(CatalogError) as raised:
        dataset.published(work(desk), draft, PUBLIC, SERVICE)
    assert (raised.value.code, raised.value.detail) == (code, detail)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, []),
        (FIGSHARE, ["It goes to figshare, https://api.figshare.com/v2: the real service."]),
        (
            {"service": "figshare", "figshare": {"url": "https://api.figsh.com/v2"}},
            ["It goes to figshare, https://api.figsh.com/v2: a service to try it out, whose DOIs never resolve."],
        ),
    ],
)
def test_where_it_goes_in_words(desk: Desk, settings: dict[str, Any], said: list[str]) -> None:
    desk.settings = settings
    assert dataset.describe_service(desk.dataset, ServiceOptions()) == said


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({}, False),
        ({"marker": "m"}, False),
        ({"id": "7"}, True),
        ({"id": "7", "published": True}, False),
        ({"id": "7", "submitted": True}, False),
        ({"id": "7", "entry": OTHER, "published": True}, False),
    ],
)
def test_what_can_be_published(desk: Desk, notes: dict[str, Any], expected: bool) -> None:
    desk.ledger.note(**notes)
    assert dataset.is_drafted(desk.dataset, desk.ledger) is expected


def test_the_entry(desk: Desk) -> None:
    entry = dataset.entry_of(desk.dataset)
    assert (entry.record, entry.site) == (desk.record, desk.site)
