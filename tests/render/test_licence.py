"""The licence by its name and address."""

from __future__ import annotations

from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.licence import Licence, licence_of


def record(**members: str) -> DatasetRecord:
    return DatasetRecord("a", "A", **members)  # type: ignore[arg-type]


def test_a_known_one_has_a_name_and_its_text() -> None:
    found = licence_of(record(license="cc-by-4.0"))
    label, address = "Creative Commons Attribution 4.0 International", "https://spdx.org/licenses/CC-BY-4.0.html"
    assert found == Licence(label, address, "CC-BY-4.0")


def test_ones_own_is_called_what_its_record_says() -> None:
    found = licence_of(record(license="other", license_name="Ours", license_link="LICENSE"))
    assert found == Licence("Ours", "LICENSE")


def test_one_that_no_vocabulary_has_stands_for_itself() -> None:
    assert licence_of(record(license="moon-1.0")) == Licence("moon-1.0")
    assert licence_of(record()) is None
