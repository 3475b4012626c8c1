from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.channels import Dataset, Keys, Ledger, NoOptions, Work, channels
from huggingnersc_lab.channels.base import UNRECORDED
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import Contents, DatasetRecord, Distribution
from huggingnersc_lab.sites import Site
from tests.channel_example import installed


def test_a_dataset_tells_what_channels_ask(site: Site) -> None:
    bare = Dataset(DatasetRecord(name="sky", pretty_name="Sky"), site)
    assert (bare.name, bare.data_path, bare.fingerprint, bare.distributions) == ("sky", None, None, ())
    one = Distribution("link", "https://example.org")
    record = DatasetRecord(
        "sky", "Sky", data_path="/data/sky", contents=Contents(fingerprint="b3:1"), distributions=(one,)
    )
    full = Dataset(record, site)
    assert (full.data_path, full.fingerprint, full.distributions) == (Path("/data/sky"), "b3:1", (one,))


def test_every_channel_can_write_down_what_was_shared(tmp_path: Path, site: Site) -> None:
    with installed(tmp_path / "lib"):
        channel = channels()["mirror"]
        record = channel.action("record")
    assert channel.action("fly") is None
    assert record is not None
    ledger = Ledger(tmp_path / "ledger.json")
    dataset = Dataset(DatasetRecord("sky", "Sky"), site)
    assert not record.is_offered(dataset, ledger)
    ledger.note(**{UNRECORDED: {"values": {"doi": "10.5072/1"}}})
    assert record.is_offered(dataset, ledger)


def test_work_without_an_entry_says_so(tmp_path: Path) -> None:
    work = Work("sky", NoOptions(), Keys(()), Ledger(tmp_path / "l"), tmp_path, print, print, print)  # type: ignore[arg-type]
    with pytest.raises(CatalogError) as caught:
        _ = work.dataset
    assert caught.value.code == "not_found"
