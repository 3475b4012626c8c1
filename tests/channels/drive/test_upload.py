"""Uploads through the real rclone, to places that need no network."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.bundle import Bundle
from huggingnersc_lab.channels.drive.upload import Upload, UploadOptions
from huggingnersc_lab.errors import CatalogError

from .conftest import Remotes, Serve, Share

UPLOAD = Upload()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_to_a_folder_by_an_alias_and_again(share: Share, data: Path, tmp_path: Path, remotes: Remotes) -> None:
    out = tmp_path / "out"
    remotes.add("al", type="alias", remote=str(out))
    outcome = share.run(UPLOAD, remote="al:sub/waves")
    assert contents(out / "sub" / "waves") == contents(data)
    assert "Uploaded to al:sub/waves, and checked that 5 files are there." in outcome.text
    assert "'complete' writes it into the entry" in outcome.text
    assert outcome.distributions is None
    (out / "sub/waves/readme.txt").unlink()
    share.run(UPLOAD, remote="al:sub/waves", url="https://share.example.org/waves")
    assert contents(out / "sub" / "waves") == contents(data)
    assert [one.url for one in share.dataset.distributions] == ["https://share.example.org/waves"]
    assert [step[:2] for step in share.steps[-4:]] == [
        ("upload", "begin"),
        ("upload", "done"),
        ("check", "begin"),
        ("check", "done"),
    ]


def test_to_webdav_by_size(share: Share, data: Path, tmp_path: Path, remotes: Remotes, serve: Serve) -> None:
    out = tmp_path / "out"
    out.mkdir()
    remotes.add("dav", type="webdav", url=serve("webdav", out), vendor="other")
    share.set(remote="dav")
    outcome = share.run(UPLOAD)
    assert contents(out / "ocean-waves") == contents(data)
    assert "by their size alone" in outcome.text


def test_the_bundle_where_there_is_one(share: Share, tmp_path: Path, remotes: Remotes) -> None:
    out = tmp_path / "out"
    remotes.add("al", type="alias", remote=str(out))
    with pytest.raises(CatalogError, match="There is no bundle of this dataset"):
        share.run(UPLOAD, remote="al:waves", what="bundle")
    share.run(Bundle())
    share.run(UPLOAD, remote="al:waves", url="https://drive.google.com/drive/folders/1AbCdEfGhIjKl?usp=sharing")
    assert set(contents(out / "waves")) >= {"ocean-waves.zip", "license.txt", "md5sums.txt"}
    (one,) = share.dataset.distributions
    assert (one.url, one.state, one.label) == (
        "https://drive.google.com/drive/folders/1AbCdEfGhIjKl",
        None,
        "ocean-waves.zip",
    )
    share.run(UPLOAD, remote="al:data", what="data")
    assert "readme.txt" in contents(out / "data")


def test_the_check_finds_what_is_missing(share: Share, remotes: Remotes) -> None:
    remotes.add("mem", type="memory")  # which is empty again when its process ends
    with pytest.raises(CatalogError, match=r"The copy at mem:waves is not complete: .*is missing there") as error:
        share.run(UPLOAD, remote="mem:waves")
    assert error.value.code == "upstream"
    assert share.dataset.distributions == ()


def test_where_nothing_can_be_written(share: Share, tmp_path: Path, remotes: Remotes, serve: Serve) -> None:
    remotes.add("web", type="http", url=serve("http", tmp_path / "transit"))
    with pytest.raises(CatalogError, match=r"The upload to web:waves failed: .*What was copied is kept") as error:
        share.run(UPLOAD, remote="web:waves")
    assert error.value.code == "upstream"


def test_network_down(share: Share, remotes: Remotes) -> None:
    remotes.add("dav", type="webdav", url="http://127.0.0.1:1", vendor="other")
    with pytest.raises(CatalogError, match=r"It cannot be reached from here\. Check the network") as error:
        share.run(UPLOAD, remote="dav:waves")
    assert error.value.code == "upstream"


def test_no_such_remote(share: Share, remotes: Remotes) -> None:
    with pytest.raises(CatalogError, match=r"rclone knows no remote 'mila-gdrive'\. Nothing was uploaded"):
        share.run(UPLOAD, remote="mila-gdrive:waves")


def test_links_are_not_followed(share: Share, data: Path, tmp_path: Path, remotes: Remotes) -> None:
    out = tmp_path / "out"
    remotes.add("al", type="alias", remote=str(out))
    (data / "secret").symlink_to("/etc/passwd")
    (data / "inner.csv").symlink_to("train/a.csv")
    with pytest.raises(CatalogError, match=r"2 of the data cannot be uploaded as they are: secret: it is a link that"):
        share.run(UPLOAD, remote="al:waves")
    assert not out.exists()
    outcome = share.run(UPLOAD, remote="al:waves", skip_unreadable=True)
    assert not {"secret", "inner.csv"} & set(contents(out / "waves"))
    assert "2 were left out" in outcome.text


@pytest.mark.parametrize("remote", ["--config=x:", ":local:/etc", "x,env_auth=true:", "plain"])
def test_hostile_places(share: Share, remote: str) -> None:
    faults = UPLOAD.missing(share.dataset, UploadOptions(remote=remote))
    assert [fault.pointer for fault in faults] == ["/options/remote"]


def test_asks_for_data_and_licence(share: Share) -> None:
    share.change(data_path=None, license=None)
    assert [fault.pointer for fault in UPLOAD.missing(share.dataset)] == ["/data_path", "/license"]
    assert "mila-gdrive" not in " ".join(UPLOAD.describe(share.dataset, UploadOptions(remote="al:x")))
