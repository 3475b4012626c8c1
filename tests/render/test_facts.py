"""The facts of a dataset, as each face shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from huggingnersc_lab.record.model import Author, DatasetRecord, Verification
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.facts import FACTS, MAX_ITEMS, MAX_SHOWN, Face, Subject, facts_of, markdown_rows
from huggingnersc_lab.sites import load_site

NERSC = load_site("nersc", environ={})


def shown(record: DatasetRecord, face: Face, **more: str) -> dict[str, str]:
    return {fact.label: fact.to_text() for fact in facts_of(Subject(Entry(record, NERSC), **more), face)}


def test_each_fact_is_declared_once_and_shown_somewhere() -> None:
    names, labels = [fact.name for fact in FACTS], [fact.label for fact in FACTS]
    assert len(set(names)) == len(names)
    assert len(set(labels)) == len(labels)
    assert all(fact.faces and fact.faces <= set(get_args(Face)) for fact in FACTS)


def test_what_nobody_has_said_is_not_shown() -> None:
    record = DatasetRecord("a", "A")
    assert shown(record, "panel") == {"On the Hub": "NERSC/a"}
    assert shown(record, "card") == shown(record, "show") == {}


def test_everything_of_one_dataset(entry_named: Callable[[str], Entry]) -> None:
    assert shown(entry_named("shared").record, "inspect", folder="/catalog/shared") == {
        "Size": "6,000 rows",
        "Contents": "3 files, 1.23 GB, csv, parquet",
        "Licence": "Creative Commons Attribution 4.0 International",
        "Code": "https://github.com/example/shared\nhttps://example.org/a_b(c)|d",
        "Funding": "U.S. Department of Energy (DE-AC02-05CH11231)\nA | B <i>",
        "Loader": "load.py",
        "Kernel": "science",
        "Loader seen to run": "2026-11-03T10:00:00Z (science)",
        "Data": "/global/cfs/cdirs/m1234/shared",
        "Download": (
            "https://example.org/shared.zip (4.61 kB)\nhttps://torrents.example/1 (torrent)\n"
            f"magnet:?xt=urn:btih:{'0' * 40} (torrent)\ns3://bucket/a|b`c (portal)"
        ),
        "Catalog folder": "/catalog/shared",
        "Published": "2026-02-03T04:05:06Z",
        "Other fields": 'instrument: {"name": "| <b>"}',
    }


def test_what_is_not_known_here_is_shown_as_it_is_at_the_site_only() -> None:
    more = {"role": "measured"}
    record = DatasetRecord("a", "A", authors=(Author("Ann", unknown=more),), unknown={"x": None, "long": "y" * 5000})
    for face in get_args(Face):
        found = shown(record, face).get("Other fields", "")
        assert (found != "") is (face in ("show", "inspect", "panel"))
        if found:
            assert found.splitlines()[0] == "x: null"
            assert found.splitlines()[1] == f'long: "{"y" * (MAX_SHOWN - 1)}…'
            assert found.splitlines()[2] == 'authors/0/role: "measured"'


def test_more_values_than_a_record_may_have_are_not_shown() -> None:
    record = DatasetRecord("a", "A", code=("https://a.org",) * 10 * MAX_ITEMS)
    (fact,) = (fact for fact in facts_of(Subject(Entry(record, NERSC)), "panel") if fact.name == "code")
    assert len(fact.items) == MAX_ITEMS


def test_a_label_for_those_who_are_elsewhere(entry_named: Callable[[str], Entry]) -> None:
    entry = entry_named("hostile")
    assert dict(markdown_rows(entry, "card")).keys() >= {"Path at NERSC", "To get access"}
    assert "Data" in shown(entry.record, "panel")
    odd = replace(entry, site=replace(entry.site, title="A | <b>"))
    assert "Path at A \\| &lt;b&gt;" in dict(markdown_rows(odd, "notebook"))


def test_a_loader_that_failed_is_not_seen_to_run() -> None:
    record = DatasetRecord("a", "A", verification=Verification("failed", "2026-01-31"))
    assert shown(record, "show") == {"Loader failed": "2026-01-31"}
    assert record.verified_at is None


def test_where_nobody_counted_the_rows_the_category_is_told() -> None:
    assert shown(DatasetRecord("a", "A", ("n<1K", "mine")), "show")["Size"] == "Fewer than 1,000 rows, mine"


def test_values_are_harmless_in_markdown(entry_named: Callable[[str], Entry]) -> None:
    rows = dict(markdown_rows(entry_named("shared"), "notebook"))
    assert rows["Funding"] == "U.S. Department of Energy (DE-AC02-05CH11231), A \\| B &lt;i&gt;"
    assert rows["Download"] == (
        "<https://example.org/shared.zip> (4.61 kB), <https://torrents.example/1> (torrent), "
        f"`magnet:?xt=urn:btih:{'0' * 40}` (torrent), ``s3://bucket/a|b`c`` (portal)"
    )
    assert rows["Code"] == "<https://github.com/example/shared>, <https://example.org/a_b(c)|d>"
    own = DatasetRecord("a", "A", license="other", license_name="[x]", license_link="LICENSE")
    assert dict(markdown_rows(Entry(own, NERSC), "notebook"))["Licence"] == "[\\[x\\]](<LICENSE>)"
