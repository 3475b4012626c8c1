"""Who one is for the Hub, and signing in and out."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.account import sign_in as module
from huggingnersc_lab.account.connection import STORED
from huggingnersc_lab.account.sign_in import CodeSignIns, ask_hub, known_of, sign_in, sign_out
from huggingnersc_lab.account.tokens import SOURCE, keep_token, read_token
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import device
from huggingnersc_lab.sites import Site, load_site
from tests.practice_hub import FaultyHub


@pytest.fixture
def practice(practice_hub: FaultyHub) -> Site:
    return load_site("sandbox", hub_url=practice_hub.url, environ={})


@pytest.fixture
def nersc(monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose Hub is never asked."""
    monkeypatch.setattr(module, "connect", lambda *_, **__: pytest.fail("the Hub was asked"))
    monkeypatch.setattr("huggingface_hub.get_token", lambda: None)
    return load_site("nersc", environ={})


def test_what_is_known_without_asking(nersc: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    known = known_of(nersc)
    assert (known.url, known.reachable, known.token_source, known.token_kept) == (nersc.hub_url, None, None, False)
    assert ask_hub(nersc) == known  # without a token there is nothing to ask
    monkeypatch.setattr("huggingface_hub.get_token", lambda: "hf_stored")
    assert (known_of(nersc).token_source, known_of(nersc).token_kept) == (STORED, False)
    keep_token(nersc, "hf_given")
    assert (known_of(nersc).token_source, known_of(nersc).token_kept) == (SOURCE, True)
    monkeypatch.setenv("HF_TOKEN", "hf_variable")
    assert (known_of(nersc).token_source, known_of(nersc).token_kept) == ("HF_TOKEN", False)


@pytest.mark.parametrize(("is_offered", "is_signed_in"), [(True, True), (True, False), (False, True)])
def test_a_stored_token_ends_with_a_sign_in_by_code(
    is_offered: bool, is_signed_in: bool, nersc: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.get_token", lambda: "hf_stored")
    monkeypatch.setattr(device, "is_offered", lambda _: is_offered)
    monkeypatch.setattr(device, "is_signed_in", lambda: is_signed_in)
    assert known_of(nersc).token_kept is (is_offered and is_signed_in)


def test_the_practice_hub_makes_tokens_of_its_own(practice: Site, practice_hub: FaultyHub) -> None:
    assert known_of(load_site("sandbox", environ={})).token_source == "created by the practice Hub"
    keep_token(practice, practice_hub.tokens["read"])
    answer = ask_hub(practice)
    assert (answer.reachable, answer.token_kept, answer.detail) == (True, True, None)
    assert answer.account is not None
    assert answer.account.role == "read"


def test_a_hub_that_refuses_the_token_answers_all_the_same(practice: Site) -> None:
    keep_token(practice, "hf_practice_nobodys")
    answer = ask_hub(practice)
    assert (answer.reachable, answer.account) == (True, None)
    assert "does not accept your token" in str(answer.detail)


def test_a_hub_that_does_not_answer() -> None:
    site = load_site("sandbox", hub_url="http://127.0.0.1:9", environ={})
    keep_token(site, "hf_practice_x")
    answer = ask_hub(site)
    assert (answer.reachable, answer.account) == (False, None)
    assert "no connection" in str(answer.detail)


def test_a_practice_hub_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise CatalogError("storage", "The disk is full.")

    monkeypatch.setattr(module, "connect", fail)
    answer = ask_hub(load_site("sandbox", environ={}))
    assert (answer.reachable, answer.detail) == (False, "The disk is full.")


def test_a_token_is_kept_once_the_hub_knows_it(practice: Site, practice_hub: FaultyHub) -> None:
    sign_in(practice, f" {practice_hub.tokens['read']}\n")
    assert read_token(practice) == practice_hub.tokens["read"]
    for token, code in (("hf_practice_nobodys", "forbidden"), ("two words", "invalid_record")):
        with pytest.raises(CatalogError) as refused:
            sign_in(practice, token)
        assert refused.value.code == code
    assert read_token(practice) == practice_hub.tokens["read"]
    sign_out(practice)
    assert read_token(practice) is None
    sign_out(practice)


def test_a_variable_of_the_server_goes_first(nersc: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_variable")
    monkeypatch.setattr(device, "is_offered", lambda _: True)
    for do in (lambda: sign_in(nersc, "hf_given"), CodeSignIns(nersc).begin):
        with pytest.raises(CatalogError, match="Nothing was stored") as refused:
            do()
        assert refused.value.code == "conflict"
    assert read_token(nersc) is None


@pytest.mark.parametrize("is_offered", [True, False])
def test_signing_out_ends_a_sign_in_by_code(is_offered: bool, nersc: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(device, "is_offered", lambda _: is_offered)
    monkeypatch.setattr(device, "sign_out", lambda: ended.append(True))
    keep_token(nersc, "hf_given")
    sign_out(nersc)
    assert (read_token(nersc), ended) == (None, [True] if is_offered else [])


class StubSignIn:
    """A sign-in that stands as it is told."""

    count = 0

    def __init__(self) -> None:
        StubSignIn.count += 1
        self.id = str(StubSignIn.count)
        self.state = "pending"
        self.is_given_up = False

    def give_up(self) -> None:
        self.is_given_up = True


def test_codes_are_offered_by_some_hubs_only(nersc: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "is_offered", lambda _: False)
    codes = CodeSignIns(nersc)
    assert not codes.is_offered
    with pytest.raises(CatalogError, match="does not offer sign-in by code") as refused:
        codes.begin()
    assert refused.value.code == "not_found"


def test_only_the_newest_sign_in_by_code_counts(nersc: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "is_offered", lambda _: True)
    monkeypatch.setattr(device, "DeviceSignIn", StubSignIn)
    codes = CodeSignIns(nersc)
    first: Any = codes.begin()
    second: Any = codes.begin()
    assert (first.is_given_up, second.is_given_up) == (True, False)
    for other in (first.id, "", "~"):
        with pytest.raises(CatalogError) as gone:
            codes.state(other)
        assert gone.value.code == "not_found"
    keep_token(nersc, "hf_given")
    for state in ("pending", "denied", "expired"):
        second.state = state
        assert codes.state(second.id) == state
        assert read_token(nersc) == "hf_given"
    second.state = "done"
    assert codes.state(second.id) == "done"
    assert read_token(nersc) is None
    with pytest.raises(CatalogError):
        CodeSignIns(nersc).state("1")
