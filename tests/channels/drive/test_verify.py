"""Files next to the record's digests."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.verify import verify
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import Distribution


def way(label: str | None, **checksums: str) -> Distribution:
    return Distribution("drive", "https://example.org/", checksums=checksums, label=label)


def test_tells_right_from_unknown_and_wrong(tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    one.write_bytes(b"one")
    two.write_bytes(b"two")
    md5 = hashlib.md5(b"one").hexdigest()
    found = verify([one, two], [way("one.zip", md5=md5)])
    assert (found.right, found.unknown) == ([one], [two])
    with pytest.raises(CatalogError, match=r"one\.zip.*the checksum differs") as wrong:
        verify([one, two], [way("one.zip", md5=md5, sha256="0" * 64)])
    assert wrong.value.code == "upstream"


def test_one_file_without_a_label(tmp_path: Path) -> None:
    one = tmp_path / "any-name"
    one.write_bytes(b"one")
    ways = [way(None, sha256=hashlib.sha256(b"one").hexdigest())]
    assert verify([one], ways).right == [one]
    assert verify([one, one], ways).unknown == [one, one]
