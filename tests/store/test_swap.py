"""Putting a staged entry in its place and taking it out again, from every point of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store, swap
from huggingnersc_lab.store.swap import holds, is_of

from .conftest import FILES, names, put, staged, update


@pytest.fixture(params=[True, False], ids=["exchange", "renames"])
def can_exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if not request.param:
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    return bool(request.param)


@pytest.mark.usefixtures("can_exchange")
def test_an_update_is_swapped_in_and_out(store: Store) -> None:
    put(store)
    staging = store.stage("sky", update("New", "2"), {"publish_id": "2"})
    for _ in range(2):  # each is repeatable
        staging.swap_in()
        assert store.read("sky").record.pretty_name == "New"
    for _ in range(2):
        staging.swap_out()
        assert store.read("sky").record.pretty_name == "Sky"
    staging.close()
    assert names(store.root) == ["sky"]


@pytest.mark.usefixtures("can_exchange")
def test_a_new_entry_is_swapped_in_and_out(store: Store) -> None:
    staging = store.stage("sky", FILES, {"publish_id": "1"})
    staging.swap_in()
    assert store.names() == ["sky"]
    staging.swap_out()
    assert store.names() == []
    staging.swap_in()
    staging.close()
    assert names(store.root) == ["sky"]


@pytest.mark.usefixtures("can_exchange")
@pytest.mark.parametrize("instead", ["nothing", "link", "file", "somebody's entry"])
def test_what_others_put_in_the_place_is_taken_out_not_followed(store: Store, tmp_path: Path, instead: str) -> None:
    put(store)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis").write_text("mine")
    staging = store.stage("sky", update("New", "2"), {"publish_id": "2"})
    place = store.root / "sky"
    place.rename(store.root / "moved")
    if instead == "link":
        place.symlink_to(tmp_path / "home")
    elif instead == "file":
        place.write_text("")
    elif instead == "somebody's entry":
        place.mkdir()
        (place / "record.json").write_text('{"name": "sky", "pretty_name": "Other"}')
    staging.swap_in()
    staging.close()
    assert store.read("sky").record.pretty_name == "New"
    assert names(store.root) == ["moved", "sky"]
    assert (tmp_path / "home" / "thesis").read_text() == "mine"


def test_an_entry_is_told_by_the_publish_id_of_its_record(tmp_path: Path) -> None:
    (tmp_path / "sky").mkdir()
    (tmp_path / "sky" / "record.json").write_text('{"publish_id": "1"}')
    (tmp_path / "link").symlink_to("sky")
    above = os.open(tmp_path, os.O_RDONLY)
    assert [holds(above, name, "1") for name in ("sky", "link", "none")] == [True, False, False]
    assert not holds(above, "sky", "2")
    (tmp_path / "sky" / "record.json").unlink()
    os.mkfifo(tmp_path / "sky" / "record.json")
    assert not holds(above, "sky", "1")
    os.close(above)


@pytest.mark.parametrize("record", [None, b"", b"[]", b"1", b"[" * 100_000, b'{"publish_id": 1}', b"\xff", b'"1"'])
def test_what_is_no_record_is_of_no_publication(record: bytes | None) -> None:
    assert not is_of(record, "1")


def test_what_is_put_in_has_the_rights_of_the_catalog(tmp_path: Path) -> None:
    store = Store(tmp_path, 0o2775, 0o664)
    staging = store.stage("sky", FILES, {"publish_id": "1"})
    assert (staging.folder / "files").stat().st_mode & 0o777 == 0o755
    staging.replace_file("record.json", json.dumps({"name": "sky", "pretty_name": "S", "publish_id": "1"}).encode())
    staging.swap_in()
    for path in (tmp_path / "sky", *(tmp_path / "sky").iterdir()):
        assert path.stat().st_mode & 0o7777 == (0o2775 if path.is_dir() else 0o664)


def test_nobody_who_was_overtaken_swaps(store: Store) -> None:
    staging = store.stage("sky", FILES, {"publish_id": "1"})
    staging.folder.rename(store.root / "stolen")
    for act in (staging.swap_in, staging.swap_out, lambda: staging.note("catalog")):
        with pytest.raises(CatalogError, match="taken over by somebody else") as err:
            act()
        assert err.value.code == "conflict"
    assert names(store.root) == ["stolen"]
    staging.close()
    assert names(store.root) == ["stolen"]
    assert not store.has_staging("sky")
    (store.root / "stolen").rename(staging.folder)
    assert staged(store).publish_id == "1"
