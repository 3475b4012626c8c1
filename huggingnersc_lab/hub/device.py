"""Signing in with a code that is entered at the Hub (RFC 8628, device authorization).

huggingface_hub can do it since its major version 2, in functions that it keeps to itself; they are used here only.
It stores the token that comes of it as ``hf auth login`` does, and renews it.
"""

from __future__ import annotations

import threading
import uuid
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub.transport import Policy, RateLimit, limits

DeviceState = Literal["pending", "done", "denied", "expired"]

OFFERING = ("https://huggingface.co",)
"""Hubs that are known to offer it."""

_NAME = "oauth-"
"""What huggingface_hub's names for tokens from such a sign-in begin with."""


def is_offered(hub_url: str) -> bool:
    """Whether this Hub offers it and huggingface_hub, which asks the Hub of its environment only, can do it there."""
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
    """Forget the token in use if it came from a sign-in by code; another of ``hf auth login`` stays."""
    from huggingface_hub import logout

    if (name := _active_name()) is not None:
        logout(name)


def is_signed_in() -> bool:
    """Whether the token in use came from a sign-in by code."""
    return _active_name() is not None


class DeviceSignIn:
    """One sign-in, which a thread of its own waits for.

    Raises ``upstream`` when the Hub gives no code.

    Attributes:
        id: 32 hexadecimal digits.
        state: ``pending`` until the person has answered at the Hub, or the code has expired.
        user_code: to be entered there.
        verification_uri: where.
        expires_in: seconds that the code is good for.
        interval: seconds between two looks at the state.
    """

    def __init__(self) -> None:
        from huggingface_hub.errors import DeviceCodeError
        from huggingface_hub.utils._oauth_device import request_device_code

        try:
            with limits(Policy(), RateLimit()):
                info: dict[str, Any] = {**request_device_code()}
        except (DeviceCodeError, ValueError, KeyError) as err:
            detail = "The Hub gave no code to sign in with. Nothing was changed: try again, or use an access token."
            raise CatalogError("upstream", detail) from err
        self.id = uuid.uuid4().hex
        self.state: DeviceState = "pending"
        self.user_code = str(info["user_code"])
        self.verification_uri = str(info["verification_uri_complete"])
        self.expires_in = float(info["expires_in"])
        self.interval = float(info["interval"])
        self._given_up = False
        threading.Thread(target=self._wait, args=(info,), name="device-sign-in", daemon=True).start()

    def give_up(self) -> None:
        """Take no answer any more."""
        self._given_up = True
        if self.state == "pending":
            self.state = "expired"

    def _wait(self, info: Any) -> None:
        from huggingface_hub._login import _save_oauth_token
        from huggingface_hub.errors import DeviceCodeError
        from huggingface_hub.utils._oauth_device import poll_device_token

        end: DeviceState = "expired"
        try:
            with limits(Policy(), RateLimit()):
                answer = poll_device_token(info)
                if not self._given_up:
                    _save_oauth_token(answer)
                    end = "done"
        except DeviceCodeError as err:
            end = "denied" if err.error_code == "access_denied" else "expired"
        except Exception:  # noqa: BLE001 - whatever it is, the sign-in has come to nothing and whoever waits is told
            end = "expired"
        if not self._given_up:
            self.state = end


def _active_name() -> str | None:
    from huggingface_hub import constants, get_token
    from huggingface_hub.utils import _auth

    if not hasattr(constants, "HF_STORED_TOKENS_PATH"):
        return None
    token = get_token()
    stored = _auth.get_stored_tokens() if token else {}
    return next((name for name, value in stored.items() if value == token and name.startswith(_NAME)), None)
