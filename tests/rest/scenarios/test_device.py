"""Signing in with a code, against a small Hub that offers it over real HTTP (RFC 8628)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.offering_hub import GIVEN, TOKEN, OfferingHub, offering_hub
from tests.rest.conftest import until

pytest.importorskip("huggingface_hub.utils._oauth_device", reason="huggingface_hub 1 cannot sign in with a code")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfferingHub]:
    """The Hub that huggingface_hub would find in its environment."""
    monkeypatch.setenv("HUGGINGNERSC_HUB_TIMEOUT", "5")
    with offering_hub(tmp_path / "hf", monkeypatch) as server:
        yield server


@pytest.fixture
def jp_server_config(hub: OfferingHub) -> dict[str, Any]:
    traits = {"site": "sandbox", "hub_url": hub.url}
    return {"ServerApp": {"jpserver_extensions": {"huggingnersc_lab": True}}, "HuggingNERSC": traits}


async def ended(ask: Any, sign_in: dict[str, Any]) -> str:
    """How a sign-in stands once it is not pending."""
    for _ in range(200):
        state = (await ask("GET", f"/session/device/{sign_in['id']}")).data["state"]
        if state != "pending":
            return str(state)
        await asyncio.sleep(0.05)
    raise AssertionError("it is pending for ever")


async def test_a_person_enters_the_code_and_is_signed_in(ask: Any, hub: OfferingHub, tmp_path: Path) -> None:
    session = (await ask("GET", "/session")).data
    assert (session["device_sign_in"], session["account"], session["token"]) == (True, None, None)
    begun = await ask("POST", "/session/device")
    assert begun.status == 201
    assert begun.data == {
        "id": begun.data["id"],
        "user_code": "ABCD-1",
        "verification_uri": f"{hub.url}/device",
        "expires_in": 600,
        "interval": 0.05,
    }
    assert (await ask("GET", f"/session/device/{begun.data['id']}")).data == {"state": "pending"}
    hub.answer = {"access_token": TOKEN, "expires_in": 3600, "refresh_token": "hf_secretToRefresh"}
    assert await ended(ask, begun.data) == "done"
    session = (await ask("GET", "/session")).data
    assert session["account"]["name"] == "alice"
    assert session["token"]["kept"] is True
    session = (await ask("DELETE", "/session/token")).data
    assert (session["account"], session["token"]) == (None, None)


@pytest.mark.parametrize(
    ("error", "state"), [("access_denied", "denied"), ("expired_token", "expired"), ("odd", "expired")]
)
async def test_a_sign_in_that_comes_to_nothing(error: str, state: str, ask: Any, hub: OfferingHub) -> None:
    begun = (await ask("POST", "/session/device")).data
    hub.answer = {"error": error}
    assert await ended(ask, begun) == state
    assert (await ask("GET", "/session")).data["token"] is None


async def test_only_the_newest_counts(ask: Any, hub: OfferingHub) -> None:
    first, second = [(await ask("POST", "/session/device")).data for _ in "ab"]
    assert (await ask("GET", f"/session/device/{first['id']}")).code == "not_found"
    hub.answer = {"access_token": TOKEN}
    assert await ended(ask, second) == "done"


async def test_it_takes_the_place_of_a_token_given_by_hand(ask: Any, hub: OfferingHub, tmp_path: Path) -> None:
    await ask("PUT", "/session/token", {"token": GIVEN})
    tokens = tmp_path / "xdg_config_home" / "huggingnersc" / "tokens"
    await until(lambda: len(list(tokens.iterdir())) == 1)
    begun = (await ask("POST", "/session/device")).data
    hub.answer = {"access_token": TOKEN}
    assert await ended(ask, begun) == "done"
    assert list(tokens.iterdir()) == []
    assert (await ask("GET", "/session")).data["token"]["kept"] is True


async def test_a_hub_that_gives_no_code(ask: Any, hub: OfferingHub) -> None:
    hub.gives_codes = False
    answer = await ask("POST", "/session/device")
    assert (answer.status, answer.code) == (502, "upstream")


async def test_a_variable_of_the_server_goes_first(ask: Any, hub: OfferingHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", GIVEN)
    answer = await ask("POST", "/session/device")
    assert (answer.status, answer.code) == (409, "conflict")
    assert hub.codes == 0
