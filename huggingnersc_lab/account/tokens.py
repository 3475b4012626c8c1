"""Access tokens entered in JupyterLab: one private file per Hub, in the user's configuration folder."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.private_files import make_private_folder, storage_errors, write_private
from huggingnersc_lab.sites import LOOPBACK, Site

PRACTICE_TOKEN = "hf_practice_"
"""Prefix of the practice Hub's tokens."""

SOURCE = "entered in JupyterLab"
"""Label for where a token from here was found."""

_LONGEST = 4096


def check_token(site: Site, token: str) -> str:
    """A token as pasted by the user, without surrounding whitespace.

    Raises:
        CatalogError: ``invalid_record`` for what cannot be a token of the site's Hub; the message does not repeat it.
    """
    token = token.strip()
    fault = None
    # Anything else is invalid in a request header, and the HTTP library would quote it in its error.
    if not re.fullmatch(r"[!-~]+", token) or len(token) > _LONGEST:
        fault = "This is not an access token: copy one, a single word such as hf_…, from your settings on the Hub."
    elif site.is_practice and not token.startswith(PRACTICE_TOKEN):
        fault = f"The practice Hub accepts only practice tokens, which start with {PRACTICE_TOKEN}."
    elif token.startswith(PRACTICE_TOKEN) and not _is_here(site):
        fault = f"This is a token for the practice Hub, not for {site.hub_url}."
    if fault:
        raise CatalogError(
            "invalid_record", f"{fault} Nothing was sent or stored.", [FieldError("/token", "type", fault)]
        )
    return token


def read_token(site: Site) -> str | None:
    """The stored token for the site's Hub; None if there is none or it cannot be read."""
    try:
        return _path(site).read_text("ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def keep_token(site: Site, token: str) -> None:
    """Store a token for the site's Hub, replacing the previous one."""
    path = _path(site)
    with storage_errors("store the token"):
        make_private_folder(path.parent)
        write_private(path, token.encode("ascii"))


def forget_token(site: Site) -> None:
    """Delete the stored token for the site's Hub, if there is one."""
    with storage_errors("delete the token", "It is still stored."):
        _path(site).unlink(missing_ok=True)


def _path(site: Site) -> Path:
    from platformdirs import user_config_path

    if site.is_practice:  # each practice Hub creates its own tokens
        host = f"practice-{hashlib.sha256(os.fsencode(site.practice_dir or '')).hexdigest()[:12]}"
    else:
        host = urlsplit(site.hub_url).netloc.rpartition("@")[2]
    return user_config_path("huggingnersc") / "tokens" / re.sub(r"[^a-z0-9.-]", "_", host.lower())


def _is_here(site: Site) -> bool:
    return site.is_practice or urlsplit(site.hub_url).hostname in LOOPBACK
