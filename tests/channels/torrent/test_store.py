from __future__ import annotations

import stat
from pathlib import Path

import pytest

from huggingnersc_lab.channels.torrent import store
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk


def test_the_file_is_its_owners(desk: Desk) -> None:
    desk.run("create")
    ((way, metainfo, data),) = store.require_kept(desk.dataset)
    path = store.path_of(desk.dataset, metainfo)
    assert (path.read_bytes(), way.infohash) == (data, metainfo.infohash)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"", b"garbage", b"d4:infod4:name1:aee"])
def test_a_damaged_file_counts_as_missing(desk: Desk, damage: bytes) -> None:
    desk.run("create")
    ((_, metainfo, _),) = store.require_kept(desk.dataset)
    store.path_of(desk.dataset, metainfo).write_bytes(damage)
    assert list(store.kept(desk.dataset)) == []
    with pytest.raises(CatalogError, match="is not among yours") as caught:
        store.require_kept(desk.dataset)
    assert caught.value.code == "not_found"
    desk.run("create")
    assert len(store.require_kept(desk.dataset)) == 1


def test_a_public_folder_that_cannot_be_written_to_is_told(desk: Desk, tmp_path: Path) -> None:
    desk.settings.update(folder=str(tmp_path / "gone"), url="https://example.org")
    with pytest.raises(CatalogError, match="need not be computed again") as caught:
        desk.run("create")
    assert caught.value.code == "storage"
    assert desk.record.distributions == ()
