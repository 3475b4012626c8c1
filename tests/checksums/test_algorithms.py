"""The digests by name, next to known values."""

from __future__ import annotations

import pytest

from huggingnersc_lab.checksums import algorithms
from huggingnersc_lab.checksums.algorithms import HASHERS, Hasher, blake3, chosen, ranges_of, sha1
from huggingnersc_lab.errors import CatalogError

from .conftest import RANGE


def digest_of(hasher: Hasher) -> str:
    hasher.update(memoryview(b"ab"))
    hasher.update(memoryview(b"c"))
    return hasher.digest().hex()


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("md5", "900150983cd24fb0d6963f7d28e17f72"),  # RFC 1321, A.5
        ("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),  # FIPS 180-2, B.1
        ("blake3", "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85"),  # b3sum
    ],
)
def test_digests_of_files(name: str, digest: str) -> None:
    assert digest_of(HASHERS[name]()) == digest


def test_digests_of_pieces_and_ranges() -> None:
    assert digest_of(sha1()) == "a9993e364706816aba3e25717850c26c9cd0d89d"  # RFC 3174, 7.3
    assert digest_of(blake3()) == digest_of(HASHERS["blake3"]())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([], ()),
        (["blake3", "md5", "blake3"], ("md5", "blake3")),
        (["sha256", "blake3", "md5"], ("md5", "sha256", "blake3")),
    ],
)
def test_chosen_come_once_and_in_order(asked: list[str], expected: tuple[str, ...]) -> None:
    assert chosen(asked) == expected


def test_the_first_unknown_one_is_named() -> None:
    with pytest.raises(CatalogError) as raised:
        chosen(["sha1", "md5", "crc32"])
    assert raised.value.code == "invalid_record"
    assert raised.value.detail == ("There is no digest 'crc32'. Use one of md5, sha256, blake3. Nothing was read.")
    assert [(fault.pointer, fault.code) for fault in raised.value.fields] == [("/algorithms", "unknown_value")]


@pytest.mark.parametrize(
    ("size", "ranges"), [(0, 1), (1, 1), (RANGE - 1, 1), (RANGE, 1), (RANGE + 1, 2), (3 * RANGE, 3), (3 * RANGE + 1, 4)]
)
def test_ranges_of_a_file(size: int, ranges: int) -> None:
    assert ranges_of(size) == ranges


def test_ranges_are_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fingerprints and manifests of before depend on it."""
    monkeypatch.undo()
    assert algorithms.RANGE_BYTES == 67_108_864
