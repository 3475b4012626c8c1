"""How rclone is set up; nothing of it is done for the person."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.rclone.program import Rclone
from huggingnersc_lab.channels.drive.setup import Setup, SetupOptions

from .conftest import Remotes, Share

SETUP = Setup()


def test_shows_the_lines_of_the_guide(share: Share, remotes: Remotes) -> None:
    share.set(remote="mila-gdrive")
    outcome = share.run(SETUP, client_id="123-abc.apps.googleusercontent.com")
    assert outcome.copy_text == (
        "read -rs -p 'Client secret: ' CLIENT_SECRET\n"
        "rclone config create mila-gdrive drive client_id 123-abc.apps.googleusercontent.com \\\n"
        '    client_secret "$CLIENT_SECRET" \\\n'
        "    scope drive.readonly \\\n"
        "    root_folder_id 1peJ6VF9wQ-LeETgcdG \\\n"
        "    config_is_local false \\\n"
        "    config_refresh_token false\n"
        "unset CLIENT_SECRET\n"
        "rclone config reconnect mila-gdrive:\n"
    )
    assert "Sign in with Google" in outcome.text
    assert remotes.path.read_text() == ""


def test_the_lines_work(share: Share, remotes: Remotes, tmp_path: Path) -> None:
    share.set(remote="gd", client_id="123.apps.googleusercontent.com")
    text = share.run(SETUP, write=True).copy_text
    assert text is not None
    commands = "\n".join(text.splitlines()[1:-2])
    bash = shutil.which("bash")
    assert bash is not None
    environment = {
        "PATH": f"{Rclone.find().program.parent}:/usr/bin:/bin",
        "RCLONE_CONFIG": str(remotes.path),
        "CLIENT_SECRET": "a secret",
    }
    subprocess.run([bash, "-ec", commands], check=True, env=environment, capture_output=True, timeout=60)
    written = remotes.path.read_text()
    for line in ("[gd]", "type = drive", "scope = drive", "client_secret = a secret"):
        assert line in written.splitlines()
    assert "root_folder_id = 1peJ6VF9wQ-LeETgcdG" in written
    again = share.run(SETUP)
    assert again.copy_text == "rclone config reconnect gd:\n"
    assert "knows the remote 'gd' already" in again.text


def test_asks_for_a_client_id_of_ones_own(share: Share, remotes: Remotes) -> None:
    share.set(root_folder_id="")
    outcome = share.run(SETUP)
    assert "Make a client id of your own (https://rclone.org/drive/#making-your-own-client-id)" in outcome.text
    assert "The site file names no folder" in outcome.text
    assert "client_id CLIENT_ID" in (outcome.copy_text or "")
    assert "root_folder_id" not in (outcome.copy_text or "")


def test_without_rclone(share: Share, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "1. Install rclone." in share.run(SETUP).text


def test_a_remote_of_another_kind(share: Share, remotes: Remotes) -> None:
    remotes.add("drive", type="memory")
    assert "rclone has a remote 'drive' of the kind memory already" in share.run(SETUP).text


def test_no_words_that_a_shell_would_take(share: Share) -> None:
    options = SetupOptions(client_id="$(id)", name="-x; rm")
    assert [fault.pointer for fault in SETUP.missing(share.dataset, options)] == ["/options/client_id", "/options/name"]
