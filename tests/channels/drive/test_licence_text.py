"""The text of the licence, and advice on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huggingnersc_lab.channels.drive import licence_text as module
from huggingnersc_lab.channels.drive.licence_text import licence_advice, licence_text
from huggingnersc_lab.record.model import DatasetRecord

from .conftest import Share


def test_full_text_from_the_spdx_list(share: Share) -> None:
    text = licence_text(share.dataset)
    assert text.startswith("Ocean waves\nLicence: Creative Commons Attribution 4.0 International\n")
    assert "https://spdx.org/licenses/CC-BY-4.0.html" in text
    assert "Section 8" in text
    assert len(text) > 15_000


def test_name_and_address_without_the_package(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_texts", dict)
    text = licence_text(share.dataset)
    assert text == (
        "Ocean waves\nLicence: Creative Commons Attribution 4.0 International\nhttps://spdx.org/licenses/CC-BY-4.0.html\n"
    )


def test_a_file_of_the_entry(share: Share) -> None:
    share.change(license="other", license_name="House licence", license_link="LICENSE")
    files = {"LICENSE": b"Do as you like.\n\n"}
    assert licence_text(share.dataset) == "Ocean waves\nLicence: House licence\n"
    text = licence_text(replace(share.dataset, read_file=files.get))
    assert text == "Ocean waves\nLicence: House licence\n\nDo as you like.\n"


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("cc-by-4.0", None),
        ("cc-by-nc-nd-4.0", "No Derivatives"),
        ("cc0-1.0", "lacks the option Attribution"),
        ("mit", None),
        (None, None),
    ],
)
def test_advice(licence: str | None, told: str | None) -> None:
    advice = licence_advice(DatasetRecord(name="a", pretty_name="A", license=licence))
    assert (advice is None) if told is None else (told in (advice or ""))
