"""Where the torrent files of a dataset are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.channels.torrent.metainfo import Metainfo, read_metainfo
from huggingnersc_lab.channels.torrent.metainfo.metainfo import MAX_BYTES
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import make_private_folder, own_folder, storage_errors, write_private
from huggingnersc_lab.record.model import Distribution
from huggingnersc_lab.regular import read_regular

NAME = "torrent"


def own(dataset: Dataset) -> tuple[Distribution, ...]:
    """The dataset's torrents, as its record has them."""
    return tuple(one for one in dataset.distributions if one.channel == NAME and one.infohash)


def keep(dataset: Dataset, metainfo: Metainfo) -> tuple[Path, str | None]:
    """Write a torrent file for its owner, and into the site's public folder if there is one.

    Returns:
        The file, and its public address.
    """
    data = metainfo.to_bytes()
    with storage_errors("write the torrent file", "The pieces are kept and need not be computed again."):
        path = path_of(dataset, metainfo)
        make_private_folder(path.parent)
        write_private(path, data)
        return path, _publish(dataset, metainfo, data)


def kept(dataset: Dataset) -> Iterator[tuple[Distribution, Metainfo, bytes]]:
    """The torrent files of the dataset's torrents that were made by this person."""
    for one in own(dataset):
        try:
            _, data = read_regular(_file(dataset, str(one.infohash)), MAX_BYTES)
            metainfo = read_metainfo(data)
        except (OSError, CatalogError):
            continue
        if metainfo.infohash == one.infohash:
            yield one, metainfo, data


def require_kept(dataset: Dataset) -> list[tuple[Distribution, Metainfo, bytes]]:
    """:func:`kept`, all of them; raises ``not_found`` if one is missing."""
    found = list(kept(dataset))
    if len(found) != len(own(dataset)) or not found:
        what = f"The torrent file of '{dataset.name}' is not among yours"
        detail = f"{what}. Create the torrent again: the same data gives the same one."
        raise CatalogError("not_found", detail)
    return found


def path_of(dataset: Dataset, metainfo: Metainfo) -> Path:
    """Where the torrent file of one is kept."""
    return _file(dataset, metainfo.infohash)


def _file(dataset: Dataset, infohash: str) -> Path:
    return own_folder("torrents") / dataset.site.name / f"{dataset.name}-{infohash}.torrent"


def _publish(dataset: Dataset, metainfo: Metainfo, data: bytes) -> str | None:
    """Copy a torrent file to where readers can get it; its address."""
    folder, url = dataset.settings.get("folder"), dataset.settings.get("url")
    if not folder or not url or metainfo.is_private:
        return None
    name = f"{dataset.name}-{metainfo.infohash}.torrent"
    target = Path(folder) / name
    temporary = target.with_name(f".{name}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.chmod(0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return f"{str(url).rstrip('/')}/{name}"
