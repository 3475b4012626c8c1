from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.channels.torrent import engine, store
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk


@pytest.fixture
def target(tmp_path: Path, desk: Desk) -> Path:
    desk.run("create")
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


def brings(monkeypatch: pytest.MonkeyPatch, source: Path, damage: str = "") -> None:
    """Let what is downloaded be a copy of a folder, with some damage."""

    def download(_torrent: Path, metainfo: object, folder: Path, *_: object, **__: object) -> None:
        import shutil

        shutil.copytree(source, folder / "sky", dirs_exist_ok=True)
        if damage == "missing":
            (folder / "sky" / "maps.txt").unlink()
        elif damage == "cut":
            (folder / "sky" / "maps.txt").write_text("")
        elif damage == "other":
            size = (folder / "sky" / "maps.txt").stat().st_size
            (folder / "sky" / "maps.txt").write_bytes(b"x" * size)

    monkeypatch.setattr(engine, "download", download)


def test_every_piece_is_compared(desk: Desk, data: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    brings(monkeypatch, data)
    outcome = desk.run("download", to=str(target))
    assert outcome.path == target / "sky"
    assert "download 0 done sky is whole: every piece was compared" in desk.logged


@pytest.mark.parametrize(
    ("damage", "reason"),
    [("missing", "missing or cut: maps.txt"), ("cut", "missing or cut"), ("other", "does not fit the torrent")],
)
def test_what_is_not_whole_is_told(
    desk: Desk, data: Path, target: Path, damage: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brings(monkeypatch, data, damage)
    with pytest.raises(CatalogError, match=reason) as caught:
        desk.run("download", to=str(target))
    assert caught.value.code == "upstream"


def test_a_place_that_is_taken_is_left_alone(desk: Desk, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "download", lambda *_, **__: pytest.fail("something was downloaded"))
    (target / "sky").write_text("mine")
    with pytest.raises(CatalogError, match="is something else"):
        desk.run("download", to=str(target))
    (target / "sky").unlink()
    (target / "sky").symlink_to(target.parent)
    with pytest.raises(CatalogError, match="is something else"):
        desk.run("download", to=str(target))


def test_a_folder_that_is_not_there_is_told(desk: Desk, target: Path) -> None:
    with pytest.raises(CatalogError, match="There is no folder") as caught:
        desk.run("download", to=str(target / "nowhere"))
    assert caught.value.code == "not_found"
    assert store.own(desk.dataset)
