"""The user's Hub account: query it, sign in and out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from huggingnersc_lab.account.connection import STORED, Token, connect, find_token
from huggingnersc_lab.account.tokens import SOURCE, check_token, forget_token, keep_token
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import device
from huggingnersc_lab.hub.account import Account
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.sites import Site

IMPATIENT = Policy(timeout=4.0, tries=1, total=6.0)
"""For requests that the user waits for."""


@dataclass(frozen=True)
class HubAnswer:
    """The state of the Hub and of the user's account there.

    Attributes:
        url: the Hub's URL.
        reachable: whether it responds; None if it was not asked.
        account: the account that the token belongs to.
        token_source: where the token was found; None if there is none.
        token_kept: whether it came from a sign-in that signing out ends.
        detail: what is wrong, and what to do.
    """

    url: str
    reachable: bool | None = None
    account: Account | None = None
    token_source: str | None = None
    token_kept: bool = False
    detail: str | None = None


def known_of(site: Site) -> HubAnswer:
    """What is known without asking the Hub."""
    return _known(site, find_token(site))


def ask_hub(site: Site) -> HubAnswer:
    """Ask the site's Hub which account the token belongs to. Starts the practice Hub if the site uses it."""
    token = find_token(site)
    known = _known(site, token)
    if known.token_source is None:
        return known
    try:
        hub = connect(site, token.value if token else None, policy=IMPATIENT)
    except CatalogError as err:
        return replace(known, reachable=False, detail=err.detail)
    known = replace(known, url=hub.url)
    try:
        return replace(known, reachable=True, account=hub.account())
    except CatalogError as err:
        # A Hub that rejects the token is still reachable.
        return replace(known, reachable=err.code == "forbidden", detail=err.detail)


def sign_in(site: Site, token: str) -> None:
    """Store a token for the site's Hub after the Hub has confirmed its account.

    Raises:
        CatalogError: ``invalid_record`` if it is not a token of this Hub, ``conflict`` if HF_TOKEN takes precedence,
        ``forbidden`` if the Hub rejects it, ``upstream`` if it does not respond.
    """
    token = check_token(site, token)
    _require_no_variable(site)
    connect(site, token, policy=IMPATIENT).account()
    keep_token(site, token)


def sign_out(site: Site) -> None:
    """Forget the token entered in JupyterLab, and that of a sign-in by code."""
    forget_token(site)
    if device.is_offered(site.hub_url):
        device.sign_out()


class CodeSignIns:
    """Sign-ins with a code that the user enters on the site's Hub; only the newest is valid."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._newest: device.DeviceSignIn | None = None

    @property
    def is_offered(self) -> bool:
        """Whether this way to sign in is available."""
        return device.is_offered(self._site.hub_url)

    def begin(self) -> device.DeviceSignIn:
        """Request a code from the Hub.

        Raises:
            CatalogError: ``not_found`` if the Hub offers none, ``conflict`` if HF_TOKEN takes precedence, ``upstream``.
        """
        if not self.is_offered:
            detail = (
                f"{self._site.hub_url} does not offer sign-in by code: use an access token from your settings there."
            )
            raise CatalogError("not_found", detail)
        _require_no_variable(self._site)
        if self._newest is not None:
            self._newest.give_up()
        self._newest = device.DeviceSignIn()
        return self._newest

    def state(self, sign_in_id: str) -> device.DeviceState:
        """The state of a sign-in; raises ``not_found``. Once done, a token entered by hand is forgotten."""
        newest = self._newest
        if newest is None or newest.id != sign_in_id:
            raise CatalogError("not_found", "There is no such sign-in, or a newer one was started: request a new code.")
        if newest.state == "done":
            forget_token(self._site)
        return newest.state


def _known(site: Site, token: Token | None) -> HubAnswer:
    source = token.source if token else "created by the practice Hub" if site.is_practice else None
    kept = source == SOURCE
    if source == STORED and device.is_offered(site.hub_url):
        kept = device.is_signed_in()
    return HubAnswer(site.hub_url, token_source=source, token_kept=kept)


def _require_no_variable(site: Site) -> None:
    used = find_token(site)
    if used is not None and used.source == "HF_TOKEN":
        raise CatalogError(
            "conflict",
            "HF_TOKEN is set in the server's environment and takes precedence. Nothing was stored: start the "
            "server without it to sign in here.",
        )
