"""What the index knows of a dataset."""

from __future__ import annotations

import pytest

from huggingnersc_lab.index.entry import SHOWN, IndexEntry, entry_of
from huggingnersc_lab.record.model import Author, Contents, DatasetRecord, Verification
from huggingnersc_lab.record.vocabulary import load_vocabulary

CARD_DATA = {"dataset_info": {"dataset_size": 5000}}


def test_an_entry_has_all_that_is_searched_of_a_record() -> None:
    record = DatasetRecord(
        name="sky",
        pretty_name="The sky",
        description="A *map*.",
        tags=("cosmology", "fits"),
        task_categories=("image-classification",),
        task_ids=("multi-class-image-classification",),
        papers=("arxiv:1502.01589", "https://example.org/p"),
        doi="10.5281/zenodo.1",
        data_path="/data/sky",
        repo_id="nersc/sky",
        homepage="https://example.org",
        authors=(Author("Vera Rubin"), Author("Ada Lovelace")),
        updated_at="1970-01-01T00:01:40Z",
        card_data={"dataset_info": {"dataset_size": 1000}},
    )
    entry = entry_of(record, load_vocabulary(), {"name": "sky"})
    assert entry == IndexEntry(
        name="sky",
        title="The sky",
        tags=("cosmology", "fits", "image-classification", "multi-class-image-classification"),
        description="A *map*.",
        other="arxiv:1502.01589 https://example.org/p 10.5281/zenodo.1 /data/sky nersc/sky https://example.org",
        by=("Vera Rubin", "Ada Lovelace"),
        path="/data/sky",
        facets={
            "task": ("image-classification",),
            "domain": ("cosmology",),
            "format": ("fits",),
            "verified": ("no",),
            "source": ("here",),
        },
        updated=100,
        n_bytes=1000,
        summary={"name": "sky"},
    )
    assert (entry.id, entry.plain_description) == ("sky", "A map.")


def test_a_record_that_says_nothing_is_an_entry_too() -> None:
    entry = entry_of(DatasetRecord(name="bare", pretty_name=""), load_vocabulary(), {})
    assert (entry.title, entry.tags, entry.description, entry.other, entry.by) == ("", (), "", "", ())
    assert (entry.updated, entry.n_bytes, entry.plain_description) == (0, None, "")


def test_the_key_tells_it_apart_where_there_is_one() -> None:
    assert IndexEntry("sky", key="nersc/sky").id == "nersc/sky"


def test_the_end_of_a_huge_description_keeps_its_markdown() -> None:
    entry = IndexEntry("sky", description="*a* " * SHOWN)
    assert entry.plain_description.startswith("a a a")
    assert entry.plain_description.endswith("*a* *a* ")


@pytest.mark.parametrize(
    ("contents", "n_bytes"),
    [(Contents(bytes=0), 0), (Contents(bytes=7, files=2), 7), (Contents(files=2), 5000), (None, 5000)]
    + [(Contents(bytes=odd), 5000) for odd in (-1, 2**63, 10**30)],
)
def test_the_size_is_that_of_the_data_and_else_what_the_card_says(contents: Contents | None, n_bytes: int) -> None:
    record = DatasetRecord("a", "A", contents=contents, card_data=CARD_DATA)
    assert entry_of(record, load_vocabulary(), {}).n_bytes == n_bytes


@pytest.mark.parametrize(
    ("verification", "verified"),
    [
        (None, "no"),
        (Verification("passed", "2026-01-31"), "yes"),
        (Verification("passed", "2026-01-31T10:00:00Z"), "yes"),
        (Verification("failed", "2026-01-31"), "no"),
        (Verification("passed", "some day"), "no"),
    ],
)
def test_a_loader_counts_as_verified_when_its_last_run_passed(verification: Verification, verified: str) -> None:
    record = DatasetRecord("a", "A", verification=verification)
    assert entry_of(record, load_vocabulary(), {}).facets["verified"] == (verified,)
