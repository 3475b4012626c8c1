from __future__ import annotations

import stat
from pathlib import Path

import pytest

from huggingnersc_lab.channels import Ledger
from huggingnersc_lab.errors import CatalogError


@pytest.fixture
def ledger() -> Ledger:
    return Ledger.open("0123", "iris", "doi")


def test_notes_are_kept_and_private(ledger: Ledger) -> None:
    assert ledger.read() == {}
    ledger.note(article=12, reserved=True)
    ledger.note(article=13, reserved=None)
    assert Ledger.open("0123", "iris", "doi").read() == {"article": 13}
    assert ledger.get("nothing", "else") == "else"
    assert stat.S_IMODE(ledger.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(ledger.path.parent.stat().st_mode) == 0o700
    assert Ledger.open("0123", "iris", "torrent").read() == {}
    assert Ledger.open("4567", "iris", "doi").read() == {}


def test_without_notes_there_is_no_file(ledger: Ledger) -> None:
    ledger.note(article=12)
    ledger.note(article=None)
    assert not ledger.path.exists()
    ledger.clear()
    ledger.note(article=12)
    ledger.clear()
    assert ledger.read() == {}


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', "x" * (1024 * 1024 + 1)])
def test_one_that_cannot_be_read_stops_everything(content: str, ledger: Ledger) -> None:
    ledger.note(article=12)
    ledger.path.write_text(content)
    for do in (ledger.read, lambda: ledger.note(article=13)):
        with pytest.raises(CatalogError, match="might be a second time") as caught:
            do()
        assert caught.value.code == "storage"
    assert ledger.path.read_text() == content


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        Ledger(tmp_path).read()
    assert caught.value.code == "storage"
