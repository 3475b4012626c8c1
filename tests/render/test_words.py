"""Values in words for people."""

from __future__ import annotations

import pytest

from huggingnersc_lab.render.words import byte_size, labels, size_label, term_of


def test_a_value_that_no_vocabulary_holds_stands_for_itself() -> None:
    assert list(labels("languages", ("en", "xx-none"))) == ["English", "xx-none"]
    assert size_label("n<1K") == "Fewer than 1,000 rows"
    assert size_label("some") == "some"
    assert term_of("licenses", "moon-1.0") is None


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (1_234_567_890, "1.23 GB"),
        (10**18, "1 EB"),
    ],
)
def test_sizes(count: int, text: str) -> None:
    assert byte_size(count) == text
