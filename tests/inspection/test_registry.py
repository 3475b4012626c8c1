"""Which formats there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from huggingnersc_lab.inspection import registry
from huggingnersc_lab.inspection.description import Description
from huggingnersc_lab.inspection.formats.base import Format


class Toy(Format):
    name = "toy"
    title = "Toy"
    suffixes = ("toy", "csv")
    magic = (b"TOY",)

    def describe(self, path: str) -> Description:
        return Description(rows=3)


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    points: list[EntryPoint] = []
    monkeypatch.setattr(registry, "entry_points", lambda group: [one for one in points if one.group == group])
    registry.forget()
    yield points
    monkeypatch.undo()
    registry.forget()


def test_ids_can_stand_in_a_record() -> None:
    for name, one in registry.formats().items():
        assert one.name == name
        assert re.fullmatch(r"[a-z0-9][a-z0-9._+-]{0,59}", name)
        assert one.title
        assert all(suffix == suffix.lower() and not suffix.startswith(".") for suffix in one.suffixes)


def test_no_two_formats_share_a_suffix() -> None:
    suffixes = [suffix for one in registry.formats().values() for suffix in one.suffixes]
    assert sorted(suffixes) == sorted(set(suffixes))


def test_another_package_offers_a_format(offered: list[EntryPoint]) -> None:
    offered.append(EntryPoint("toy", f"{__name__}:Toy", registry.GROUP))
    toy = registry.of_suffix("toy")
    assert toy is not None
    assert toy.name == "toy"
    csv = registry.of_suffix("csv")
    assert csv is not None
    assert csv.name == "csv"
    found = registry.of_content("x", b"TOY 1")
    assert found is toy
    assert registry.faults() == {}


def test_one_that_cannot_be_used_is_left_out(offered: list[EntryPoint]) -> None:
    offered += [
        EntryPoint("csv", f"{__name__}:Toy", registry.GROUP),
        EntryPoint("other", f"{__name__}:Toy", registry.GROUP),
        EntryPoint("gone", "no_such_module:Format", registry.GROUP),
    ]
    assert set(registry.faults()) == {"csv", "other", "gone"}
    assert "toy" not in registry.formats()


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\x89HDF\r\n\x1a\n", "hdf5"),
        (b"PAR1", "parquet"),
        (b"a,b\n1,2\n", "text"),
        (b"PK\x03\x04", "zip"),
        (b"\0\1\2", None),
        (b"\x1f\x8b\x08", None),
    ],
)
def test_by_content(head: bytes, name: str | None) -> None:
    found = registry.of_content("data", head)
    assert (found and found.name) == name
