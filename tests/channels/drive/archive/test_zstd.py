"""Zstandard under one interface, whatever Python it is."""

from __future__ import annotations

import io
import sys

import pytest

from huggingnersc_lab.channels.drive.archive.zstd import compressor, zstd_module
from huggingnersc_lab.errors import CatalogError

TEXT = b"".join(b"%d, " % number for number in range(2_000_000))


def compressed(threads: int) -> bytes:
    target = io.BytesIO()
    with compressor(target, threads) as stream:
        stream.write(TEXT)
    assert not target.closed
    return target.getvalue()


def test_bytes_do_not_depend_on_the_number_of_threads() -> None:
    one = compressed(1)
    assert compressed(3) == one
    assert zstd_module().decompress(one) == TEXT


def test_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "compression.zstd" if sys.version_info >= (3, 14) else "backports", None)
    with pytest.raises(CatalogError, match=r"pip install 'huggingnersc_lab\[drive\]', or make \.zip archives"):
        zstd_module()
