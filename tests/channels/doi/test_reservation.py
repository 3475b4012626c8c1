"""What is asked of a service, and what is noted before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.channels.doi.choice import Choice
from huggingnersc_lab.channels.doi.reservation import (
    NOTES,
    draft_of,
    has_draft,
    is_rehearsed,
    note_state,
    publish,
    require_same,
    reserve,
    withdraw,
)
from huggingnersc_lab.channels.doi.service import Draft, State, Wanted
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError

DOI = "10.5072/sky"
URL = "https://api.figshare.com/v2"
CHOICE = Choice(service="figshare", url=URL, categories=("2",))
RESERVED = {"service": "figshare", "categories": ["2"], "url": URL, "marker": "m", "title": "Sky", "id": "7"}


@dataclass
class Service:
    """A service that holds at most one record, and what it was asked."""

    ledger: Ledger
    draft: Draft | None = None
    gives_doi_at_once: bool = True
    fails: CatalogError | None = None
    asked: list[tuple[str, object]] = field(default_factory=list)
    noted: list[dict[str, Any]] = field(default_factory=list)
    title: str = "Figs"

    def _ask(self, verb: str, argument: object) -> None:
        self.asked.append((verb, argument))
        self.noted.append(self.ledger.read())
        if self.fails:
            raise self.fails

    def find(self, wanted: Wanted) -> Draft | None:
        self._ask("find", wanted)
        return self.draft

    def create(self, marker: str) -> Draft:
        self._ask("create", marker)
        self.draft = Draft("7", "draft", DOI if self.gives_doi_at_once else None)
        return self.draft

    def reserve(self, identifier: str) -> Draft:
        self._ask("reserve", identifier)
        self.draft = Draft("7", "draft", DOI)
        return self.draft

    def look(self, identifier: str) -> Draft:
        self._ask("look", identifier)
        if self.draft is None:
            raise CatalogError("not_found", "It is not there.")
        return self.draft

    def publish(self, identifier: str) -> Draft:
        self._ask("publish", identifier)
        self.draft = Draft("7", "published", DOI if self.gives_doi_at_once else None, "https://p.example", ("Well.",))
        return self.draft

    def withdraw(self, identifier: str) -> None:
        self._ask("withdraw", identifier)
        self.draft = None

    @property
    def verbs(self) -> list[str]:
        return [verb for verb, _ in self.asked]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.json")


@pytest.fixture
def service(ledger: Ledger) -> Service:
    return Service(ledger)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({}, False),
        ({"marker": "m"}, True),
        ({"id": "7"}, True),
        ({"id": "7", "published": True}, False),
        ({"marker": "m", "published": True}, False),
        ({"id": "7", "submitted": True}, True),
    ],
)
def test_whether_there_is_a_draft(notes: dict[str, Any], expected: bool) -> None:
    assert has_draft(notes) is expected


@pytest.mark.parametrize(
    ("url", "expected"), [(URL, False), ("https://api.figsh.com/v2", True), ("https://api.test.datacite.org", True)]
)
def test_whether_it_was_to_try_it_out(url: str, expected: bool) -> None:
    assert is_rehearsed({"url": url}) is expected
    assert is_rehearsed({}) is False


@pytest.mark.parametrize(
    ("notes", "is_same"),
    [
        ({}, True),
        ({"service": "osti", "url": "https://x.example"}, True),  # nothing was begun there
        (RESERVED, True),
        ({**RESERVED, "url": "https://api.figshare.com/v3"}, True),
        ({**RESERVED, "service": "osti"}, False),
        ({**RESERVED, "url": "https://api.figsh.com/v2"}, False),
    ],
)
def test_another_service(notes: dict[str, Any], is_same: bool) -> None:
    if is_same:
        require_same(notes, CHOICE)
        return
    with pytest.raises(CatalogError) as raised:
        require_same(notes, CHOICE)
    assert raised.value.code == "conflict"
    assert "Nothing was sent to another service: withdraw that one first, or go on with it." in raised.value.detail


def test_the_intention_is_noted_before_the_service_is_asked(service: Service, ledger: Ledger) -> None:
    draft = reserve(service, ledger, CHOICE, "Sky", "2026-01-01T00:00:00Z")
    assert draft == Draft("7", "draft", DOI)
    assert service.verbs == ["create"]
    marker = service.asked[0][1]
    (before,) = service.noted
    assert before == {
        "service": "figshare",
        "categories": ["2"],
        "url": URL,
        "marker": marker,
        "title": "Sky",
        "entry": "2026-01-01T00:00:00Z",
    }
    assert len(str(marker)) == 10
    assert ledger.read() == {**before, "id": "7", "doi": DOI}


def test_a_doi_that_is_asked_for_on_its_own(service: Service, ledger: Ledger) -> None:
    service.gives_doi_at_once = False
    assert reserve(service, ledger, CHOICE, "Sky").doi == DOI
    assert service.asked[1] == ("reserve", "7")
    assert service.noted[1]["id"] == "7"
    assert "doi" not in service.noted[1]
    assert ledger.get("doi") == DOI


def test_what_is_there_is_not_made_again(service: Service, ledger: Ledger) -> None:
    ledger.note(**RESERVED)
    service.draft = Draft("7", "draft", DOI)
    assert reserve(service, ledger, CHOICE, "New title") == service.draft
    assert service.asked == [("look", "7")]
    assert ledger.get("title") == "Sky"


def test_a_lost_answer_is_looked_for_by_its_marker(service: Service, ledger: Ledger) -> None:
    ledger.note(marker="m", title="Sky", service="figshare", url=URL)
    service.draft = Draft("7", "draft", DOI)
    reserve(service, ledger, CHOICE, "New title")
    assert service.asked == [("find", Wanted("m", "Sky"))]
    assert (ledger.get("id"), ledger.get("doi")) == ("7", DOI)


def test_what_never_arrived_is_made_with_the_same_marker(service: Service, ledger: Ledger) -> None:
    ledger.note(marker="m", title="Sky", service="figshare", url=URL)
    reserve(service, ledger, CHOICE, "New title")
    assert service.asked == [("find", Wanted("m", "Sky")), ("create", "m")]
    assert ledger.get("title") == "New title"


def test_a_draft_that_somebody_deleted(service: Service, ledger: Ledger) -> None:
    ledger.note(**RESERVED)
    with pytest.raises(CatalogError) as raised:
        reserve(service, ledger, CHOICE, "Sky")
    assert raised.value.code == "conflict"
    assert raised.value.detail == (
        "Figs does not have the record that was made before, or your account may not see it. "
        "Nothing was made: withdraw it to forget it, then reserve again."
    )
    assert (service.verbs, ledger.read()) == (["look"], RESERVED)


@pytest.mark.parametrize("act", [lambda *of: reserve(*of, CHOICE, "Sky"), withdraw])
def test_other_errors_are_passed_on(service: Service, ledger: Ledger, act: Any) -> None:
    ledger.note(**RESERVED)
    service.fails = CatalogError("upstream", "Away.")
    with pytest.raises(CatalogError, match="Away"):
        act(service, ledger)
    assert ledger.read() == RESERVED


def test_the_draft_of_another_ledger_is_found_by_its_doi(service: Service, ledger: Ledger) -> None:
    service.draft = Draft("7", "draft", DOI)
    assert draft_of(service, ledger, DOI) == service.draft
    assert service.asked == [("find", Wanted("", "", DOI))]
    assert ledger.read() == {"id": "7", "doi": DOI}
    draft_of(service, ledger, "10.5072/other")
    assert service.asked[1] == ("look", "7")


@pytest.mark.parametrize(("doi", "verbs"), [(None, []), (DOI, ["find"])])
def test_no_draft(service: Service, ledger: Ledger, doi: str | None, verbs: list[str]) -> None:
    with pytest.raises(CatalogError) as raised:
        draft_of(service, ledger, doi)
    assert (raised.value.code, service.verbs) == ("not_found", verbs)
    assert "Reserve one first, or ask whoever reserved it." in raised.value.detail


@pytest.mark.parametrize(
    ("state", "again", "verbs"),
    [
        ("draft", False, ["look", "publish"]),
        ("draft", True, ["look", "publish"]),
        ("submitted", False, ["look"]),
        ("published", False, ["look"]),
        ("published", True, ["look", "publish"]),
    ],
)
def test_publishing(service: Service, ledger: Ledger, state: State, again: bool, verbs: list[str]) -> None:
    ledger.note(**RESERVED)
    service.draft = Draft("7", state, DOI)
    draft = publish(service, ledger, DOI, again=again)
    assert service.verbs == verbs
    assert draft.state == ("published" if "publish" in verbs else state)
    assert ledger.get("published") is (True if draft.state == "published" else None)
    assert ledger.get("submitted") is (True if draft.state == "submitted" else None)


def test_a_service_that_does_not_repeat_the_doi(service: Service, ledger: Ledger) -> None:
    ledger.note(**RESERVED)
    service.draft, service.gives_doi_at_once = Draft("7", "draft", DOI), False
    draft = publish(service, ledger, None)
    assert draft == Draft("7", "published", DOI, "https://p.example", ("Well.",))
    assert ledger.get("doi") == DOI


def test_states_that_follow_each_other(ledger: Ledger) -> None:
    note_state(ledger, Draft("7", "submitted", DOI))
    assert ledger.read() == {"doi": DOI, "submitted": True}
    note_state(ledger, Draft("7", "published", DOI))
    assert ledger.read() == {"doi": DOI, "published": True}
    note_state(ledger, Draft("7", "draft", DOI))
    assert ledger.read() == {"doi": DOI}


def test_giving_it_back(service: Service, ledger: Ledger) -> None:
    ledger.note(**RESERVED, doi=DOI, unrecorded={})
    service.draft = Draft("7", "draft", DOI)
    assert withdraw(service, ledger) == DOI
    assert service.asked == [("look", "7"), ("withdraw", "7")]
    assert ledger.read() == {"unrecorded": {}}
    assert not ledger.read().keys() & set(NOTES)


def test_giving_back_what_was_begun(service: Service, ledger: Ledger) -> None:
    ledger.note(marker="m", title="Sky")
    service.draft = Draft("7", "draft", DOI)
    assert withdraw(service, ledger) == DOI
    assert service.asked == [("find", Wanted("m", "Sky")), ("withdraw", "7")]


@pytest.mark.parametrize(("notes", "verbs"), [({}, []), ({"marker": "m"}, ["find"]), (RESERVED, ["look"])])
def test_giving_back_what_is_not_there(
    service: Service, ledger: Ledger, notes: dict[str, Any], verbs: list[str]
) -> None:
    ledger.note(**notes)
    assert withdraw(service, ledger) is None
    assert (service.verbs, ledger.read()) == (verbs, {})


@pytest.mark.parametrize("state", ["submitted", "published"])
def test_a_public_one_stays(service: Service, ledger: Ledger, state: State) -> None:
    ledger.note(**RESERVED)
    service.draft = Draft("7", state, DOI)
    with pytest.raises(CatalogError) as raised:
        withdraw(service, ledger)
    assert raised.value.code == "conflict"
    assert raised.value.detail == (
        f"Figs has published {DOI}, or is about to. A DOI that is public stays. Nothing was changed."
    )
    assert service.verbs == ["look"]
    assert ledger.read() == {**RESERVED, "doi": DOI, state: True}
