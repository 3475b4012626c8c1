"""Addresses in a torrent: trackers, which must not tell who somebody is, and web seeds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.errors import FieldError, json_pointer

ACADEMIC_TORRENTS = "https://academictorrents.com"
TRACKER = f"{ACADEMIC_TORRENTS}/announce.php"
"""Tracker of Academic Torrents; it takes torrents that are registered there."""

_SECRET = re.compile(r"[0-9a-fA-F]{16,}|[A-Za-z0-9_-]{24,}")
_SCHEMES = ("http", "https", "udp")


def trackers(dataset: Dataset, given: Sequence[str] = ()) -> tuple[str, ...]:
    """The announce addresses: those given, else the site's, else Academic Torrents'."""
    return tuple(given) or tuple(dataset.settings.get("trackers", ())) or (TRACKER,)


def faults(given: Sequence[str], option: str) -> list[FieldError]:
    """Addresses that cannot stand in a torrent that everybody reads.

    Args:
        given: the addresses.
        option: name of the option that they come from.
    """
    found = []
    for index, address in enumerate(given):
        pointer = json_pointer("options", option, index)
        parts = urlsplit(address) if address.isprintable() and " " not in address else None
        if parts is None or parts.scheme not in _SCHEMES or not parts.hostname:
            detail = f"'{address[:100]}' is not an address: it starts with http://, https:// or udp://."
            found.append(FieldError(pointer, "pattern", detail))
        elif option == "tracker" and (parts.username or parts.query or _SECRET.search(parts.path)):
            host = parts.hostname
            detail = (
                f"The tracker address at {host} holds a key of yours (a passkey), which everybody could read in the "
                "torrent. Give the public address of the tracker."
            )
            found.append(FieldError(pointer, "secret", detail))
    return found


def web_seeds(dataset: Dataset, label: str = "", given: Sequence[str] = (), *, is_file: bool) -> tuple[str, ...]:
    """Where the data can be had over HTTP: the portal link, and what is given.

    As BEP 19 has it: the full address of a single file; of a folder that of its *parent*, with a slash at its end,
    since clients append name and path.

    Args:
        dataset: the dataset.
        label: the folder of the data that the torrent is of; empty for all of it.
        given: further addresses, of the data or of the folder ``label``.
        is_file: whether the torrent is a single file.
    """
    link = dataset.record.portal_link
    bases = [*([f"{link.rstrip('/')}{'/' + quote(label) if label else ''}"] if link else []), *given]
    found = (base if is_file else f"{base.rstrip('/').rpartition('/')[0]}/" for base in bases)
    return tuple(dict.fromkeys(found))
