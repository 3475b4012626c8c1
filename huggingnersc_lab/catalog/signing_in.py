"""Who one is for the Hub: asking it, and signing in and out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from huggingnersc_lab.catalog.connection import STORED, Token, connect, find_token
from huggingnersc_lab.catalog.tokens import SOURCE, check_token, forget_token, keep_token
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import device
from huggingnersc_lab.hub.account import Account
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.sites import Site

IMPATIENT = Policy(timeout=4.0, tries=1, total=6.0)
"""For questions that a person waits for."""


@dataclass(frozen=True)
class HubAnswer:
    """What is known of the Hub and of the account there.

    Attributes:
        url: the Hub's address.
        reachable: whether it answers; None where it was not asked.
        account: whose the token is.
        token_source: where the token was found; None where there is none.
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
    """Ask the site's Hub whose the token is. Starts the practice Hub where that is the site's and none runs."""
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
        # One that refuses the token answers all the same.
        return replace(known, reachable=err.code == "forbidden", detail=err.detail)


def sign_in(site: Site, token: str) -> None:
    """Keep a token for the site's Hub once the Hub has said whose it is.

    Raises:
        CatalogError: ``invalid_record`` for what is no token of this Hub, ``conflict`` while HF_TOKEN goes first,
            ``forbidden`` when the Hub does not accept it, ``upstream`` when it does not answer.
    """
    token = check_token(site, token)
    _require_no_variable(site)
    connect(site, token, policy=IMPATIENT).account()
    keep_token(site, token)


def sign_out(site: Site) -> None:
    """Forget the token that was given in JupyterLab, and that of a sign-in by code."""
    forget_token(site)
    if device.is_offered(site.hub_url):
        device.sign_out()


class CodeSignIns:
    """Sign-ins with a code that is entered at the site's Hub; only the newest counts."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._newest: device.DeviceSignIn | None = None

    @property
    def is_offered(self) -> bool:
        """Whether there is this way to sign in."""
        return device.is_offered(self._site.hub_url)

    def begin(self) -> device.DeviceSignIn:
        """Ask the Hub for a code.

        Raises:
            CatalogError: ``not_found`` where it offers none, ``conflict`` while HF_TOKEN goes first, ``upstream``.
        """
        if not self.is_offered:
            detail = (
                f"{self._site.hub_url} offers no sign-in by code here: use an access token from your settings there."
            )
            raise CatalogError("not_found", detail)
        _require_no_variable(self._site)
        if self._newest is not None:
            self._newest.give_up()
        self._newest = device.DeviceSignIn()
        return self._newest

    def state(self, sign_in_id: str) -> device.DeviceState:
        """How a sign-in stands; raises ``not_found``. Once done, a token that was given by hand is forgotten."""
        newest = self._newest
        if newest is None or newest.id != sign_in_id:
            raise CatalogError("not_found", "There is no such sign-in, or a newer one was begun: ask for a new code.")
        if newest.state == "done":
            forget_token(self._site)
        return newest.state


def _known(site: Site, token: Token | None) -> HubAnswer:
    source = token.source if token else "made by the practice Hub" if site.is_practice else None
    kept = source == SOURCE
    if source == STORED and device.is_offered(site.hub_url):
        kept = device.is_signed_in()
    return HubAnswer(site.hub_url, token_source=source, token_kept=kept)


def _require_no_variable(site: Site) -> None:
    used = find_token(site)
    if used is not None and used.source == "HF_TOKEN":
        raise CatalogError(
            "conflict",
            "The server was started with HF_TOKEN in its environment, and that goes first. Nothing was kept: start the "
            "server without it to sign in here.",
        )
