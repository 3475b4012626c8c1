"""Getting a torrent file: from a path, an address, an infohash, or a dataset's record."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.channels.torrent import academic_torrents, store
from huggingnersc_lab.channels.torrent.addresses import ACADEMIC_TORRENTS
from huggingnersc_lab.channels.torrent.metainfo.metainfo import MAX_BYTES, Metainfo, read_metainfo
from huggingnersc_lab.errors import CatalogError, ErrorCode
from huggingnersc_lab.regular import read_regular, reason
from huggingnersc_lab.sites import LOOPBACK

INFOHASH = re.compile(r"[0-9a-fA-F]{40}")
_SECONDS = 60.0
_CHUNK = 64 * 1024


def torrent_of(source: str, dataset: Dataset | None, url: str = ACADEMIC_TORRENTS) -> list[bytes]:
    """The torrent files that somebody means.

    Args:
        source: an infohash, the path of a torrent file, its address, or a nickname.
        dataset: the dataset of that nickname, if there is one.
        url: address of Academic Torrents, where an infohash is looked for.

    Raises:
        CatalogError: ``not_found`` if there is no such torrent, ``invalid_record`` for a harmful or malformed one,
            ``upstream`` if it cannot be had now.
    """
    if dataset is not None:
        return _of_dataset(dataset, url)
    if INFOHASH.fullmatch(source):
        return [checked(fetch(academic_torrents.file_of(source.lower(), url)), source.lower())]
    if source.startswith(("http://", "https://")):
        return [checked(fetch(source))]
    path = Path(source).expanduser()
    try:
        size, data = read_regular(path, MAX_BYTES)
    except (OSError, ValueError) as err:
        detail = f"'{source[:200]}' is no dataset of the catalog, no infohash and no torrent file ({reason(err)})."
        raise CatalogError("not_found", f"{detail} Nothing was downloaded.") from err
    if size > MAX_BYTES:
        raise CatalogError("invalid_record", f"'{path}' is too large for a torrent file. Nothing was downloaded.")
    return [checked(data)]


def checked(data: bytes, infohash: str | None = None) -> bytes:
    """A torrent file that may be used; raises ``invalid_record`` for any other."""
    found = read_metainfo(data)
    if infohash is not None and found.infohash != infohash:
        detail = f"The torrent file that came has another infohash ({found.infohash}). Nothing was downloaded."
        raise CatalogError("upstream", detail)
    return data


def fetch(address: str) -> bytes:
    """What is at an address, if it is not too large; raises ``not_found`` or ``upstream``."""
    host = urlsplit(address).hostname or ""
    opener = build_opener(*([ProxyHandler({})] if host in LOOPBACK else []))
    try:
        request = Request(address, headers={"User-Agent": "huggingnersc"})  # noqa: S310 - http(s) only, see callers
        data = bytearray()
        with opener.open(request, timeout=_SECONDS) as response:
            while chunk := response.read1(_CHUNK):
                data += chunk
                if len(data) > MAX_BYTES:
                    raise CatalogError("upstream", f"{host} sends too much for a torrent file. Nothing was downloaded.")
    except HTTPError as err:
        err.close()
        code: ErrorCode = "not_found" if err.code in (404, 410) else "upstream"
        detail = f"{host} answered {err.code} when asked for the torrent file. Nothing was downloaded."
        raise CatalogError(code, detail) from err
    except (OSError, ValueError) as err:
        detail = f"The torrent file cannot be had from {host} ({err}). Nothing was downloaded: try again later."
        raise CatalogError("upstream", detail) from err
    return bytes(data)


def _of_dataset(dataset: Dataset, url: str) -> list[bytes]:
    torrents = store.own(dataset)
    if not torrents:
        raise CatalogError("not_found", f"'{dataset.name}' is not shared as a torrent. Nothing was downloaded.")
    mine = {metainfo.infohash: data for _, metainfo, data in store.kept(dataset)}
    return [mine.get(str(one.infohash)) or _fetch_one(one.url, str(one.infohash), url) for one in torrents]


def _fetch_one(address: str, infohash: str, url: str) -> bytes:
    """The torrent file of a distribution: at its address if that is one, else at Academic Torrents."""
    if address.startswith(("http://", "https://")) and address.endswith(".torrent"):
        return checked(fetch(address), infohash)
    try:
        return checked(fetch(academic_torrents.file_of(infohash, url)), infohash)
    except CatalogError:
        seeds = parse_qs(urlsplit(address).query).get("xs", []) if address.startswith("magnet:") else []
        for seed in seeds:
            if seed.startswith(("http://", "https://")):
                return checked(fetch(seed), infohash)
        raise


def describe(metainfo: Metainfo) -> str:
    """A torrent in words."""
    count = len(metainfo.files)
    return f"{metainfo.name} ({count:,} {'file' if count == 1 else 'files'}, {metainfo.total_bytes:,} bytes)"
