"""What the words of other programs mean. The messages are those of rclone 1.75, gdown 6.5 and Drive v3."""

from __future__ import annotations

import pytest

from huggingnersc_lab.channels.drive.rclone.failures import failure, without_secrets


@pytest.mark.parametrize(
    ("message", "code", "told"),
    [
        ('Failed to create file system for "x:": didn\'t find section in config file', "not_found", "listremotes"),
        ('oauth2: "invalid_grant" "Token has been expired or revoked."', "upstream", "config reconnect"),
        (
            "googleapi: Error 403: The user's Drive storage quota has been exceeded., storageQuotaExceeded",
            "upstream",
            "no space",
        ),
        ("googleapi: Error 403: User rate limit exceeded., userRateLimitExceeded", "upstream", "Try again later"),
        ("googleapi: got HTTP response code 429 with body: slow down", "upstream", "Try again later"),
        ("googleapi: Error 403: Insufficient permission, insufficientFilePermissions", "upstream", "may not do that"),
        ("dial tcp: lookup www.googleapis.com: no such host", "upstream", "cannot be reached"),
        ("dial tcp 127.0.0.1:1: connect: connection refused", "upstream", "cannot be reached"),
        ("write /x: no space left on device", "storage", "This disk is full"),
        ("directory not found", "not_found", "It is not there"),
        ("googleapi: Error 503: Backend Error, backendError", "upstream", "trouble of its own"),
        ("Too many users have viewed or downloaded this file recently.", "upstream", "Try again tomorrow"),
        ("Cannot retrieve the public link of the file.", "upstream", "not shared with everybody"),
        ("something new", "upstream", "something new"),
    ],
)
def test_each_gets_its_advice(message: str, code: str, told: str) -> None:
    error = failure("The upload", [message], "What was copied is kept.")
    assert error.code == code
    assert told in error.detail
    assert error.detail.startswith("The upload failed: ")
    assert error.detail.endswith("What was copied is kept.")


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ('{"access_token":"ya29.abcDEF-123","x":1}', "abcDEF"),
        ("client_secret = GOCSPX-abcdefghijk", "GOCSPX"),
        ("Authorization: Bearer abcdef.ghijkl", "ghijkl"),
        ("Get https://user:pa55word@host/x failed", "pa55word"),
        ("token ya29.a0AfH6SMBx", "a0AfH6SMBx"),
    ],
)
def test_hides_secrets(text: str, hidden: str) -> None:
    assert hidden not in without_secrets(text)
    assert hidden not in failure("It", [text], "").detail


def test_no_reason() -> None:
    assert failure("It", [], "Kept.").detail == "It failed: no reason was given. Kept."
