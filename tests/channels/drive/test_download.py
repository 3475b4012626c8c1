"""Downloads by the real rclone and the real gdown."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.download import Download
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import Distribution

from .conftest import Remotes, Serve, Share
from .google import Google

DOWNLOAD = Download()
FILES = {"ocean-waves.zip": b"PK" + bytes(range(256)) * 4000, "license.txt": b"CC BY\n"}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shared_on(google: Google, share: Share, **checksums: str) -> str:
    """Put the files into a shared folder, and that into the record; the folder's address."""
    folder = google.drive.add("ocean-waves", google.top)
    for name, content in FILES.items():
        google.drive.add(name, folder.id, content)
    inner = google.drive.add("more", folder.id)
    google.drive.add("readme.txt", inner.id, b"hello")
    url = f"https://drive.google.com/drive/folders/{folder.id}"
    share.change(distributions=(Distribution("drive", url, checksums=checksums, label="ocean-waves.zip"),))
    return url


def test_by_gdown_with_its_checksum(share: Share, google: Google, tmp_path: Path) -> None:
    shared_on(google, share, md5=hashlib.md5(FILES["ocean-waves.zip"]).hexdigest())
    outcome = share.run(DOWNLOAD, to=str(tmp_path / "new" / "out"))
    assert contents(tmp_path / "new" / "out") == {**FILES, "more/readme.txt": b"hello"}
    assert "Downloaded 3 files" in outcome.text
    assert "The checksums of 1 are those of the record. Of 2 the record holds no checksum." in outcome.text
    asked = len(google.drive.asked)
    share.run(DOWNLOAD, to=str(tmp_path / "new" / "out"))
    assert len(google.drive.asked) - asked < asked * 2


def test_goes_on_where_it_stopped(
    share: Share, google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = google.drive.add("large.bin", google.top, bytes(4 << 20))
    url = f"https://drive.google.com/file/d/{item.id}/view"
    calls: list[int] = []

    def stop(fraction: float | None = None, text: str = "", **told: int | None) -> None:
        calls.append(told["bytes_done"] or 0)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(share, "_report", stop)
    with pytest.raises(KeyboardInterrupt):
        share.run(DOWNLOAD, source=url, to=str(tmp_path / "out"))
    assert "large.bin" not in contents(tmp_path / "out")
    share.run(DOWNLOAD, source=url, to=str(tmp_path / "out"))
    assert contents(tmp_path / "out") == {"large.bin": bytes(4 << 20)}
    assert calls[2] > calls[0]


def test_a_wrong_checksum_is_told(share: Share, google: Google, tmp_path: Path) -> None:
    shared_on(google, share, md5="0" * 32)
    with pytest.raises(CatalogError, match=r"ocean-waves\.zip': not what the record says, since the checksum differs"):
        share.run(DOWNLOAD, to=str(tmp_path / "out"))


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", ".."])
def test_hostile_names_stay_out(share: Share, google: Google, tmp_path: Path, name: str) -> None:
    folder = google.drive.add("waves", google.top)
    google.drive.add(name, folder.id, b"evil")
    out = tmp_path / "deep" / "out"
    url = f"https://drive.google.com/drive/folders/{folder.id}"
    with suppress(CatalogError):  # gdown may make a harmless name of it
        share.run(DOWNLOAD, source=url, to=str(out))
    assert {path for path in tmp_path.rglob("*evil*") if not path.is_relative_to(out)} == set()


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [(429, "upstream", "Try again later"), (403, "upstream", "You may not do that"), (404, "not_found", "not there")],
)
def test_google_refuses(share: Share, google: Google, tmp_path: Path, status: int, code: str, told: str) -> None:
    shared_on(google, share)
    google.drive.faults["embeddedfolderview"] = (status, "no")
    with pytest.raises(CatalogError, match=told) as refused:
        share.run(DOWNLOAD, to=str(tmp_path / "out"))
    assert refused.value.code == code


def test_too_many_have_downloaded_it(share: Share, google: Google, tmp_path: Path) -> None:
    item = google.drive.add("large.bin", google.top, b"x")
    google.drive.over_quota.add(item.id)
    with pytest.raises(
        CatalogError, match=r"Try again tomorrow, or with rclone and a client id of your own"
    ) as refused:
        share.run(DOWNLOAD, source=f"https://drive.google.com/file/d/{item.id}/view", to=str(tmp_path / "out"))
    assert refused.value.code == "upstream"
    google.drive.over_quota.clear()
    share.run(DOWNLOAD, source=f"https://drive.google.com/file/d/{item.id}/view", to=str(tmp_path / "out"))
    assert contents(tmp_path / "out") == {"large.bin": b"x"}


def test_network_down(share: Share, google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared_on(google, share)
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with pytest.raises(CatalogError, match="It cannot be reached from here"):
        share.run(DOWNLOAD, to=str(tmp_path / "out"))


def test_by_rclone_from_drive(share: Share, google: Google, tmp_path: Path) -> None:
    shared_on(google, share, md5=hashlib.md5(FILES["ocean-waves.zip"]).hexdigest())
    outcome = share.run(DOWNLOAD, to=str(tmp_path / "out"), remote="gd:ocean-waves")
    assert contents(tmp_path / "out") == {**FILES, "more/readme.txt": b"hello"}
    assert "The checksums of 1 are those of the record" in outcome.text


@pytest.mark.parametrize("protocol", ["http", "webdav"])
def test_by_rclone_from_a_server(
    share: Share, data: Path, tmp_path: Path, remotes: Remotes, serve: Serve, protocol: str
) -> None:
    options = {"vendor": "other"} if protocol == "webdav" else {}
    remotes.add("web", type=protocol, url=serve(protocol, data), **options)
    share.run(DOWNLOAD, source="web:", to=str(tmp_path / "out"))
    assert contents(tmp_path / "out") == contents(data)


def test_nothing_to_be_had(share: Share, tmp_path: Path, remotes: Remotes) -> None:
    share.change(
        distributions=(
            Distribution("drive", "https://drive.google.com/drive/folders/1abcdefghijkl", state="requested"),
        )
    )
    with pytest.raises(CatalogError, match="cannot be had from Google Drive yet"):
        share.run(DOWNLOAD, to=str(tmp_path / "out"))
    for source in ("--config=x:", ":local:/etc", "nothing"):
        with pytest.raises(CatalogError, match=r"is no dataset, no link to Google Drive and no REMOTE:PATH"):
            share.run(DOWNLOAD, source=source, to=str(tmp_path / "out"))
    with pytest.raises(CatalogError, match="A place for rclone has the form"):
        share.run(DOWNLOAD, remote=":local:/etc", to=str(tmp_path / "out"))
    with pytest.raises(CatalogError, match="The link should lead to"):
        share.run(DOWNLOAD, url="https://example.org/x", to=str(tmp_path / "out"))
    with pytest.raises(CatalogError, match="listremotes"):
        share.run(DOWNLOAD, remote="nope:x", to=str(tmp_path / "out"))
