"""What is cited: its address, and when it has none."""

from __future__ import annotations

from dataclasses import replace

from huggingnersc_lab.record.model import DatasetRecord, Distribution
from huggingnersc_lab.render.citation import citations
from huggingnersc_lab.render.citation.work import address
from huggingnersc_lab.render.entry import Entry, cataloged
from huggingnersc_lab.sites import load_site
from tests.render.citation.sky import NERSC


def test_a_way_to_have_the_data_is_an_address_where_there_is_no_better_one() -> None:
    ways = (Distribution("torrent", "https://t.org/1"), Distribution("link", "https://a.org"))
    record = DatasetRecord("a", "A", distributions=ways)
    practice = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": "/practice"})
    assert address(Entry(record, practice)) == "https://a.org"
    assert address(Entry(replace(record, distributions=ways[:1]), practice)) == "https://t.org/1"


def test_what_is_only_in_the_catalog_is_not_cited_by_a_page_that_is_not_there() -> None:
    record = DatasetRecord("sky", "Sky maps", ("n<1K",), published_at="2026-02-03T04:05:06Z")
    for cited in (record, replace(record, repo_id="NERSC/sky")):
        texts = [citation.text for citation in citations(cataloged(cited, NERSC))]
        assert texts
        assert not any("huggingface.co" in text for text in texts)
    published = replace(record, repo_id="NERSC/sky", revision="1" * 40)
    assert all(
        "https://huggingface.co/datasets/NERSC/sky" in citation.text
        for citation in citations(cataloged(published, NERSC))
    )
