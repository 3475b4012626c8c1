"""Sign-in with a code that the user enters at the Hub (RFC 8628, device authorization).

huggingface_hub supports it since version 2, in private functions, which are used only here. It stores the resulting
token like ``hf auth login`` does, and renews it.
"""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.deadline import Deadline, call
from huggingnersc_lab.hub.failures import hub_failures, of_library
from huggingnersc_lab.hub.policy import Policy, RateLimit
from huggingnersc_lab.hub.transport import Limits, limits

DeviceState = Literal["pending", "done", "denied", "expired"]

OFFERING = ("https://huggingface.co",)
"""Hubs known to support it."""

_LONGEST_SECONDS = 3600.0
"""Maximum time to wait, even if a code is valid for longer."""

_NAME = "oauth-"
"""Prefix of huggingface_hub's names for tokens from such a sign-in."""


def is_offered(hub_url: str) -> bool:
    """Whether this Hub supports it, and huggingface_hub, which uses only the Hub of its environment, can use it."""
    if hub_url not in OFFERING:
        return False
    try:
        from huggingface_hub import constants
        from huggingface_hub._login import _save_oauth_token  # noqa: F401
        from huggingface_hub.utils._oauth_device import poll_device_token, request_device_code  # noqa: F401
    except ImportError:
        return False
    return bool(hub_url == constants.ENDPOINT)


def sign_out() -> None:
    """Forget the current token if it came from a sign-in by code; one of ``hf auth login`` is kept."""
    from huggingface_hub import logout

    if (name := _active_name()) is not None:
        logout(name)


def is_signed_in() -> bool:
    """Whether the current token came from a sign-in by code."""
    return _active_name() is not None


class DeviceSignIn:
    """A sign-in, with its own thread that waits for the user.

    Raises ``upstream`` if the Hub returns no code.

    Args:
        policy: time limits.

    Attributes:
        id: 32 hexadecimal digits.
        user_code: the code to enter.
        verification_uri: where to enter it.
        expires_in: validity of the code in seconds.
        interval: seconds between two polls of the state.
    """

    def __init__(self, policy: Policy | None = None) -> None:
        info = _ask_for_code(policy or Policy())
        self.id = uuid.uuid4().hex
        self.user_code = str(info["user_code"])
        self.verification_uri = str(info["verification_uri_complete"])
        self.expires_in = float(info["expires_in"])
        self.interval = float(info["interval"])
        self._state: DeviceState = "pending"
        self._end = time.monotonic() + self.expires_in
        self._given_up = False
        threading.Thread(target=self._wait, args=(info,), name="device-sign-in", daemon=True).start()

    @property
    def state(self) -> DeviceState:
        """``pending`` until the user has responded at the Hub, or the code has expired."""
        if self._state == "pending" and (self._given_up or time.monotonic() > self._end):
            return "expired"
        return self._state

    def give_up(self) -> None:
        """Ignore any later response."""
        self._given_up = True

    def _wait(self, info: Any) -> None:
        from huggingface_hub import constants
        from huggingface_hub._login import _save_oauth_token
        from huggingface_hub.errors import DeviceCodeError
        from huggingface_hub.utils._oauth_device import poll_device_token

        end: DeviceState = "expired"
        try:
            with limits(Limits(Policy(), RateLimit(), Deadline(self.expires_in), constants.ENDPOINT)):
                answer = poll_device_token(info)
                if not self._given_up and _is_token(answer.get("access_token")):
                    _save_oauth_token(answer)
                    end = "done"
        except DeviceCodeError as err:
            end = "denied" if err.error_code == "access_denied" else "expired"
        except Exception:  # noqa: BLE001 - whatever it is, the sign-in has come to nothing and whoever waits is told
            end = "expired"
        if not self._given_up:
            self._state = end


def _ask_for_code(policy: Policy) -> dict[str, Any]:
    """The Hub's response to a request for a code; raises ``upstream`` if it has none."""
    from huggingface_hub import constants
    from huggingface_hub.errors import DeviceCodeError
    from huggingface_hub.utils._oauth_device import request_device_code

    url = constants.ENDPOINT

    def ask(deadline: Deadline) -> dict[str, Any]:
        with limits(Limits(policy, RateLimit(), deadline, url)), of_library():
            try:
                return _checked({**request_device_code()}, url)
            except DeviceCodeError as err:
                detail = "The Hub returned no sign-in code. Nothing was changed: try again, or use an access token."
                raise CatalogError("upstream", detail) from err

    with hub_failures("get a sign-in code", url):
        return call(ask, policy.total)


def _checked(info: dict[str, Any], hub_url: str) -> dict[str, Any]:
    """The same, with limited times; only a web page is accepted for the user to open."""
    texts = [info.get(member) for member in ("device_code", "user_code", "verification_uri_complete")]
    if not all(isinstance(text, str) and text and text.isprintable() for text in texts):
        raise WrongAnswerError("it contains no code")
    if not str(texts[2]).startswith(("https://", f"{hub_url}/")):
        raise WrongAnswerError("the page for entering the code is not an HTTPS page")
    for member in ("expires_in", "interval"):
        seconds = info.get(member)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 < seconds < float("inf"):
            raise WrongAnswerError("it does not state how long the code is valid")
        info[member] = min(seconds, _LONGEST_SECONDS)
    return info


def _is_token(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value


def _active_name() -> str | None:
    from huggingface_hub import constants, get_token
    from huggingface_hub.utils import _auth

    if not hasattr(constants, "HF_STORED_TOKENS_PATH"):
        return None
    token = get_token()
    stored = _auth.get_stored_tokens() if token else {}
    return next((name for name, value in stored.items() if value == token and name.startswith(_NAME)), None)
