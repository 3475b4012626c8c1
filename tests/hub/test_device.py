"""Signing in with a code that is entered at the Hub; what the panel shows of it is in ``tests/rest/scenarios``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import constants, get_token

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import device
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.device import DeviceSignIn, _checked
from huggingnersc_lab.hub.policy import Policy
from tests.offering_hub import TOKEN, OfferingHub, offering_hub

pytest.importorskip("huggingface_hub.utils._oauth_device", reason="huggingface_hub 1 cannot sign in with a code")

WaitFor = Callable[[Callable[[], object]], None]
QUICK = Policy(timeout=5, tries=1)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfferingHub]:
    with offering_hub(tmp_path / "hf", monkeypatch) as server:
        yield server


def test_which_hubs_offer_it(hub: OfferingHub, monkeypatch: pytest.MonkeyPatch) -> None:
    assert device.is_offered(hub.url)
    assert not device.is_offered("https://huggingface.co")
    monkeypatch.setattr(constants, "ENDPOINT", "https://elsewhere.test")
    assert not device.is_offered(hub.url)  # huggingface_hub would ask another one


def test_a_person_enters_the_code(hub: OfferingHub, wait_for: WaitFor) -> None:
    assert not device.is_signed_in()
    begun = DeviceSignIn(QUICK)
    assert (begun.user_code, begun.verification_uri) == ("ABCD-1", f"{hub.url}/device")
    assert (begun.expires_in, begun.interval, len(begun.id)) == (600, 0.05, 32)
    assert begun.state == "pending"
    hub.answer = {"access_token": TOKEN}
    wait_for(lambda: begun.state != "pending")
    assert begun.state == "done"
    assert get_token() == TOKEN
    assert device.is_signed_in()
    device.sign_out()
    assert get_token() is None
    assert not device.is_signed_in()
    device.sign_out()


def test_a_token_of_another_sign_in_stays(hub: OfferingHub, tmp_path: Path) -> None:
    Path(constants.HF_TOKEN_PATH).parent.mkdir(exist_ok=True)
    Path(constants.HF_TOKEN_PATH).write_text("hf_other")
    assert not device.is_signed_in()
    device.sign_out()
    assert get_token() == "hf_other"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"error": "access_denied"}, "denied"),
        ({"error": "expired_token"}, "expired"),
        ({"access_token": "two words"}, "expired"),
        ({"access_token": 7}, "expired"),
    ],
)
def test_it_comes_to_nothing(answer: dict[str, Any], state: str, hub: OfferingHub, wait_for: WaitFor) -> None:
    begun = DeviceSignIn(QUICK)
    hub.answer = answer
    wait_for(lambda: begun.state != "pending")
    assert begun.state == state
    assert get_token() is None


def test_one_that_was_given_up_takes_no_answer(hub: OfferingHub, wait_for: WaitFor) -> None:
    first = DeviceSignIn(QUICK)
    first.give_up()
    assert first.state == "expired"
    hub.answer = {"access_token": TOKEN}
    assert get_token() is None
    assert first.state == "expired"


def test_a_code_expires(hub: OfferingHub, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = DeviceSignIn(QUICK)
    monkeypatch.setattr(device.time, "monotonic", lambda: float("inf"))
    assert begun.state == "expired"


def test_a_hub_that_gives_no_code(hub: OfferingHub) -> None:
    hub.gives_codes = False
    with pytest.raises(CatalogError, match="returned no sign-in code") as refused:
        DeviceSignIn(QUICK)
    assert refused.value.code == "upstream"


GOOD = {
    "device_code": "d",
    "user_code": "ABCD",
    "verification_uri_complete": "https://hub.test/device",
    "expires_in": 600,
    "interval": 5,
}


def test_times_that_can_be_waited_for() -> None:
    assert _checked(dict(GOOD), "https://hub.test") == GOOD
    assert _checked({**GOOD, "expires_in": 1e9}, "https://hub.test")["expires_in"] == 3600
    assert _checked({**GOOD, "verification_uri_complete": "http://127.0.0.1:1/x"}, "http://127.0.0.1:1")


@pytest.mark.parametrize(
    "change",
    [
        {"device_code": None},
        {"user_code": ""},
        {"user_code": "AB\nCD"},
        {"verification_uri_complete": 7},
        {"verification_uri_complete": "javascript:x()"},
        {"verification_uri_complete": "http://hub.test/device"},
        {"expires_in": 0},
        {"expires_in": True},
        {"expires_in": "600"},
        {"expires_in": float("nan")},
        {"interval": float("inf")},
        {"interval": -1},
    ],
)
def test_an_answer_that_nobody_is_shown(change: dict[str, Any]) -> None:
    with pytest.raises(WrongAnswerError):
        _checked({**GOOD, **change}, "https://hub.test")
