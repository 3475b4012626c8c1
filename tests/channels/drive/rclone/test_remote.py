"""Which places are taken."""

from __future__ import annotations

import pytest

from huggingnersc_lab.channels.drive.rclone.remote import Remote, read_remote, remote_faults


@pytest.mark.parametrize(
    "text",
    [
        "--config=/tmp/x:",
        "-v:x",
        ":local:/etc",
        ":sftp,ssh='touch /tmp/x':",
        "drive,root_folder_id=x:y",
        "drive:a\nb",
        "drive:../up",
        "/etc/passwd",
        "no-colon",
        "a:" + "b" * 3000,
        "",
    ],
)
def test_refuses(text: str) -> None:
    assert read_remote(text) is None
    assert [fault.pointer for fault in remote_faults(text)] == ["/options/remote"]


def test_takes_remotes_that_are_set_up() -> None:
    assert read_remote("mila-gdrive:data sets/waves") == Remote("mila-gdrive", "data sets/waves")
    assert read_remote("My Drive:") == Remote("My Drive", "")
    assert str(Remote("a", "b/c")) == "a:b/c"
    assert remote_faults(None) == []
