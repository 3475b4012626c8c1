"""Decides which Hub a site uses and which token is sent to it.

A token is sent only to the Hub it belongs to: one entered in JupyterLab to the Hub it was entered for, ``HF_TOKEN``
and the token of ``hf auth login`` to the configured Hub, never to the practice Hub, which has its own tokens that start
with ``hf_practice_``.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from huggingnersc_lab.account.tokens import PRACTICE_TOKEN, SOURCE, read_token
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.account import viewer_key
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.private_files import keep_private, storage_errors
from huggingnersc_lab.sites import LOOPBACK, Site

if TYPE_CHECKING:
    from huggingnersc_lab.sandbox import Connection


STORED = "the token that huggingface_hub keeps"
"""Label for where huggingface_hub's own token was found."""

PRACTICE_FOLDERS = frozenset({"hub", "catalog"})
"""Names of the entries in the practice site's folder."""

_LONGEST_TIMEOUT = 3600.0

LISTING_SECONDS = 15.0
"""Timeout of a page of the Hub's listing, which is requested in the background."""


@dataclass(frozen=True)
class Token:
    """An access token and where it was found; its repr does not show the token."""

    value: str
    source: str

    def __repr__(self) -> str:
        return f"Token(source={self.source!r})"


def connect(
    site: Site,
    token: str | None = None,
    environ: Mapping[str, str] | None = None,
    policy: Policy | None = None,
) -> Hub:
    """Connect to the site's Hub with the token that belongs to it.

    Starts the practice Hub in this process if none is running on its folder.

    Args:
        site: the site.
        token: the token to use; looked up if None.
        environ: the environment; that of the process if omitted.
        policy: timeouts and retries; patient ones if omitted.
    """
    environ = os.environ if environ is None else environ
    if not token or (site.is_practice and not token.startswith(PRACTICE_TOKEN)):
        found = find_token(site, environ)
        token = found.value if found else None
    return _hub(site, token, policy or _patient(environ))


@dataclass(frozen=True)
class Viewer:
    """A Hub as seen by one account.

    Attributes:
        key: identifies what the account may see; see :func:`huggingnersc_lab.hub.account.viewer_key`.
        connect: connects to the Hub as that account, even if another one has signed in meanwhile.
    """

    key: str
    connect: Callable[[], Hub]


def viewer(site: Site, environ: Mapping[str, str] | None = None) -> Viewer:
    """The current account on the site's Hub. Nothing is sent or started until it connects."""
    environ = os.environ if environ is None else environ
    found = find_token(site, environ)
    token = found.value if found else None
    place = str(site.practice_dir) if site.is_practice else site.hub_url
    patient = _patient(environ)
    policy = replace(patient, timeout=min(LISTING_SECONDS, patient.timeout), tries=2)
    return Viewer(viewer_key(place, site.organization, token), lambda: _hub(site, token, policy))


def viewer_of(hub: Callable[[], Hub]) -> Viewer:
    """The account of a Hub object that already exists."""
    made = hub()
    return Viewer(made.key, lambda: made)


def practice_folder(site: Site) -> Path:
    """Folder of the site's practice Hub, inside one that other users cannot read, unless it holds other things.

    Raises:
        CatalogError: ``not_found`` for a site without a practice Hub; ``forbidden`` or ``storage`` if its folder cannot
        be created.
    """
    if site.practice_dir is None:
        raise CatalogError("not_found", "The practice Hub has no folder: use the site 'sandbox'.")
    with storage_errors("create the practice Hub's folder"):
        keep_private(site.practice_dir, PRACTICE_FOLDERS)
    return site.practice_dir / "hub"


def _hub(site: Site, token: str | None, policy: Policy) -> Hub:
    """The site's Hub with exactly this token; the practice Hub uses its own if there is none."""
    if not site.is_practice:
        return Hub(site.hub_url, token, site.organization, policy)
    from huggingnersc_lab.sandbox import connect as connect_to_practice_hub

    practice = connect_to_practice_hub(practice_folder(site), organization=site.organization)
    if practice.started_here:
        _close_at_exit(practice)
    return Hub(practice.url, token or practice.token, site.organization, policy)


_started_here: list[Connection] = []


def _close_at_exit(practice: Connection) -> None:
    if not _started_here:
        atexit.register(disconnect)
    _started_here.append(practice)


def disconnect() -> None:
    """Stop the practice Hubs that this process started, so that others can use their folders at once."""
    while _started_here:
        _started_here.pop().close()


def find_token(site: Site, environ: Mapping[str, str] | None = None) -> Token | None:
    """Find the token for a site's Hub: ``HF_TOKEN``, then one entered in JupyterLab, then huggingface_hub's own.

    A practice token is never sent to another Hub, nor any other token to the practice Hub, which creates its own if
    none is found here.
    """
    environ = os.environ if environ is None else environ
    given = environ.get("HF_TOKEN", "").strip()
    if site.is_practice:
        if given.startswith(PRACTICE_TOKEN):
            return Token(given, "HF_TOKEN")
        kept = read_token(site)
        return Token(kept, SOURCE) if kept else None
    if given:
        if given.startswith(PRACTICE_TOKEN) and urlsplit(site.hub_url).hostname not in LOOPBACK:
            return None
        return Token(given, "HF_TOKEN")
    if kept := read_token(site):
        return Token(kept, SOURCE)
    from huggingface_hub import get_token

    stored = get_token()
    return Token(stored, STORED) if stored else None


def _patient(environ: Mapping[str, str]) -> Policy:
    """Timeouts from the environment: a longer timeout per request also extends that of the whole operation."""
    try:
        timeout = float(environ.get("HUGGINGNERSC_HUB_TIMEOUT", ""))
    except ValueError:
        return Policy()
    timeout = min(max(1.0, timeout), _LONGEST_TIMEOUT) if timeout == timeout else Policy.timeout  # noqa: PLR0124 - NaN
    return Policy(timeout=timeout, total=max(Policy.total, timeout))
