"""The real ``drive`` backend of rclone against a stand-in for Google Drive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.upload import Upload
from huggingnersc_lab.errors import CatalogError

from ..conftest import Remotes, Share  # noqa: TID252 - fixtures of the folder above
from ..google import Google  # noqa: TID252

UPLOAD = Upload()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_uploads_small_and_large_files_and_finds_the_link(
    share: Share, data: Path, google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RCLONE_DRIVE_UPLOAD_CUTOFF", "256Ki")
    monkeypatch.setenv("RCLONE_DRIVE_CHUNK_SIZE", "256Ki")
    (data / "large.bin").write_bytes(os.urandom(900_000))
    outcome = share.run(UPLOAD, remote="gd:waves")
    assert google.drive.tree(google.top) == {f"waves/{path}": content for path, content in contents(data).items()}
    (folder,) = (item for item in google.drive.items.values() if item.name == "waves")
    assert outcome.url == f"https://drive.google.com/drive/folders/{folder.id}"
    assert [(one.url, one.state) for one in share.dataset.distributions] == [(outcome.url, None)]
    assert "checked that 6 files are there." in outcome.text
    pieces = [path for path in google.drive.asked if "/upload/session/" in path]
    assert len(pieces) == 4  # of 256 KiB
    written = len([path for path in google.drive.asked if "/upload/" in path])
    share.run(UPLOAD, remote="gd:waves")
    assert len([path for path in google.drive.asked if "/upload/" in path]) == written


@pytest.mark.parametrize(
    ("status", "reason", "told"),
    [
        (403, "storageQuotaExceeded", "There is no space left on it"),
        (403, "insufficientFilePermissions", "You may not do that there"),
        (429, "rateLimitExceeded", "It does not take more requests for now"),
        (401, "authError", "rclone config reconnect"),
        (503, "backendError", "It has trouble of its own"),
    ],
)
def test_each_refusal_says_what_to_do(share: Share, google: Google, status: int, reason: str, told: str) -> None:
    google.drive.faults["POST www.googleapis.com/upload/"] = (status, reason)
    with pytest.raises(CatalogError) as refused:
        share.run(UPLOAD, remote="gd:waves")
    assert refused.value.code == "upstream"
    assert told in refused.value.detail
    assert "What was copied is kept" in refused.value.detail
    google.drive.faults.clear()
    share.run(UPLOAD, remote="gd:waves")


def test_no_secret_is_told(share: Share, google: Google, remotes: Remotes) -> None:
    google.drive.faults["GET www.googleapis.com/drive/v3/files"] = (401, "authError token ya29.test-token")
    with pytest.raises(CatalogError) as refused:
        share.run(UPLOAD, remote="gd:waves")
    said = "\n".join([refused.value.detail, *share.lines, *map(str, share.steps)])
    for secret in ("ya29.test-token", "client-secret-value"):
        assert secret in remotes.path.read_text()
        assert secret not in said
