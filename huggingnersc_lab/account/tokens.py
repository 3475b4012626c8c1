"""Access tokens that were given in JupyterLab: one private file for each Hub, in the user's configuration folder."""

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
"""What a token of the practice Hub begins with."""

SOURCE = "given in JupyterLab"
"""Where a token from here was found, for people."""

_LONGEST = 4096


def check_token(site: Site, token: str) -> str:
    """A token as a person pasted it, without blanks around it.

    Raises:
        CatalogError: ``invalid_record`` for what cannot be a token of the site's Hub; it does not repeat the text.
    """
    token = token.strip()
    fault = None
    # Anything else could not stand in a request's header, whose library would then quote it in its error.
    if not re.fullmatch(r"[!-~]+", token) or len(token) > _LONGEST:
        fault = "This is no access token: one is a single word such as hf_… from your settings on the Hub."
    elif site.is_practice and not token.startswith(PRACTICE_TOKEN):
        fault = f"The practice Hub takes practice tokens only, which begin with {PRACTICE_TOKEN}."
    elif token.startswith(PRACTICE_TOKEN) and not _is_here(site):
        fault = f"This is a token of the practice Hub, not of {site.hub_url}."
    if fault:
        raise CatalogError(
            "invalid_record", f"{fault} Nothing was sent or kept.", [FieldError("/token", "type", fault)]
        )
    return token


def read_token(site: Site) -> str | None:
    """The token that was kept for the site's Hub; None where there is none, or it cannot be read."""
    try:
        return _path(site).read_text("ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def keep_token(site: Site, token: str) -> None:
    """Keep a token for the site's Hub, in the place of the one that was there."""
    path = _path(site)
    with storage_errors("keep the token"):
        make_private_folder(path.parent)
        write_private(path, token.encode("ascii"))


def forget_token(site: Site) -> None:
    """Forget the token for the site's Hub, if one was kept."""
    with storage_errors("forget the token", "It is kept."):
        _path(site).unlink(missing_ok=True)


def _path(site: Site) -> Path:
    from platformdirs import user_config_path

    if site.is_practice:  # each practice Hub makes tokens of its own
        host = f"practice-{hashlib.sha256(os.fsencode(site.practice_dir or '')).hexdigest()[:12]}"
    else:
        host = urlsplit(site.hub_url).netloc.rpartition("@")[2]
    return user_config_path("huggingnersc") / "tokens" / re.sub(r"[^a-z0-9.-]", "_", host.lower())


def _is_here(site: Site) -> bool:
    return site.is_practice or urlsplit(site.hub_url).hostname in LOOPBACK
