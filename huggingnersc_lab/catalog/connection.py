"""Which Hub a site means, and which token goes to it.

A token goes only where it belongs: ``HF_TOKEN`` and the token of ``hf auth login`` to the Hub that was named, never to
the practice Hub, which has tokens of its own that start with ``hf_practice_``.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.transport import Policy
from huggingnersc_lab.sites import LOOPBACK, Site

if TYPE_CHECKING:
    from huggingnersc_lab.sandbox import Connection

PRACTICE_TOKEN = "hf_practice_"


@dataclass(frozen=True)
class Token:
    """An access token and where it was found; its text is not shown."""

    value: str
    source: str

    def __repr__(self) -> str:
        return f"Token(source={self.source!r})"


def connect(site: Site, token: str | None = None, environ: Mapping[str, str] | None = None) -> Hub:
    """The site's Hub, with the token that belongs to it.

    The practice Hub is started in this process when none is running on its folder.

    Args:
        site: whose Hub.
        token: a token that was given; found by itself when None.
        environ: the environment; that of the process when left out.
    """
    environ = os.environ if environ is None else environ
    policy = Policy(timeout=_seconds(environ))
    if not site.is_practice:
        found = find_token(site, environ)
        return Hub(site.hub_url, token or (found.value if found else None), site.organization, policy)
    from huggingnersc_lab.sandbox import connect as connect_to_practice_hub

    if site.practice_dir is None:
        raise CatalogError("not_found", "The practice Hub has no folder: use the site 'sandbox'.")
    practice = connect_to_practice_hub(site.practice_dir / "hub", organization=site.organization)
    if practice.started_here:
        _close_at_exit(practice)
    given = token or environ.get("HF_TOKEN", "")
    own = given if given.startswith(PRACTICE_TOKEN) else practice.token
    return Hub(practice.url, own, site.organization, policy)


_started_here: list[Connection] = []


def _close_at_exit(practice: Connection) -> None:
    if not _started_here:
        atexit.register(disconnect)
    _started_here.append(practice)


def disconnect() -> None:
    """Stop the practice Hubs that this process started, so that another may take their folders over at once."""
    while _started_here:
        _started_here.pop().close()


def find_token(site: Site, environ: Mapping[str, str] | None = None) -> Token | None:
    """The token for a site's Hub, as huggingface_hub finds it, except that a practice token goes to no other Hub."""
    environ = os.environ if environ is None else environ
    if given := environ.get("HF_TOKEN", "").strip():
        if given.startswith(PRACTICE_TOKEN) and urlsplit(site.hub_url).hostname not in LOOPBACK:
            return None
        return Token(given, "HF_TOKEN")
    from huggingface_hub import get_token

    stored = get_token()
    return Token(stored, "the token stored by 'hf auth login'") if stored else None


def _seconds(environ: Mapping[str, str]) -> float:
    try:
        return max(1.0, float(environ.get("HUGGINGNERSC_HUB_TIMEOUT", "")))
    except ValueError:
        return Policy.timeout
