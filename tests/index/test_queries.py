"""Whatever is typed is answered, and by the rules."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huggingnersc_lab.index import FACETS, Index, IndexEntry, Page, Search

WORDS = ("plasma", "plasmoid", "lattice", "größe", "galaxy", "galaxies", "dark", "matter", "\u05d0\u05d1\u05d2", "زهرة")
SIGNS = (
    '"',
    "-",
    "*",
    ":",
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    "NEAR/2",
    "^",
    "~1",
    "[a TO b]",
    "🙂",
    "\u202e",
    "\0",
    "\ud800",
)
FIELDS = ("tag:", "format:", "license:", "size:", "by:", "source:", "nonsense:", "TAG:")
SIZES = ("size:>1KB", "size:<=20GiB", "size:n<1K", "-size:>1PB", "size:>", "size:99999999999999999999EB")
NAMES = frozenset(f"n{number}" for number in range(60))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    chance = random.Random(3)
    entries = {}
    for name in sorted(NAMES):
        title, *tags = chance.sample(WORDS, 3)
        texts = " ".join(chance.choices(WORDS, k=6))
        facets = {"format": tuple(tags), "license": (chance.choice(["mit", "cc0-1.0"]),)}
        size = chance.choice([None, 10**3, 10**6, 10**12])
        summary = {"name": name, "pretty_name": title}
        entries[name] = IndexEntry(
            name, title, tuple(tags), texts, by=(chance.choice(WORDS),), facets=facets, n_bytes=size, summary=summary
        )
    index = Index(tmp_path_factory.mktemp("index"))
    index.refresh(dict.fromkeys(entries, "1"), entries.get)
    return index


def items() -> st.SearchStrategy[str]:
    pieces = st.sampled_from((*WORDS, *SIGNS, *FIELDS, *SIZES)) | st.text(max_size=6)
    return st.lists(pieces, max_size=8).flatmap(
        lambda parts: st.sampled_from([" ", ""]).map(lambda between: between.join(parts))
    )


def check(page: Page) -> None:
    assert 0 <= len(page.hits) <= page.total <= len(NAMES)
    assert set(page.names) <= NAMES
    assert tuple(page.facets) == tuple(FACETS)
    for hit in page.hits:
        for member, spans in hit.highlights.items():
            assert all(0 <= start < end <= len(hit.summary[member]) for start, end in spans)


anything = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


@anything
@given(
    query=items() | st.text(max_size=60),
    filters=st.dictionaries(st.sampled_from(list(FACETS)), st.lists(st.text(max_size=5))),
)
def test_nothing_that_is_typed_is_an_error(index: Index, query: str, filters: dict[str, list[str]]) -> None:
    check(index.search(Search(query, filters)))


@anything
@given(
    pair=st.tuples(
        st.sampled_from((*WORDS, "plas*", '"dark matter"', "format:dark", "size:>1MB")), st.sampled_from(WORDS)
    )
)
def test_all_parts_have_to_be_met(index: Index, pair: tuple[str, str]) -> None:
    first, second = (set(index.search(Search(f"{part} ", sort="name")).names) for part in pair)
    both = index.search(Search(f"{pair[0]} {pair[1]} "))
    if not both.is_forgiving:
        assert set(both.names) == first & second
    assert set(index.search(Search(f"{pair[0]} -{pair[1]} ")).names) == first - second
    assert set(index.search(Search(f"-{pair[0]} ")).names) == NAMES - first


@pytest.mark.parametrize("piece", ["plasma ", '"', "-", "a:", "🙂", "\u202e", "(", "*", "x", "size:>1TB ", "\\", "%_"])
def test_ten_thousand_characters_take_no_time(index: Index, piece: str) -> None:
    query = (piece * 10_000)[:10_000]
    start = time.process_time()
    page = index.search(Search(query))
    check(page)
    assert page.is_cut
    assert time.process_time() - start < 2


def test_words_from_right_to_left_are_found_and_marked(tmp_path: Path) -> None:
    index = Index(tmp_path)
    summary = {"name": "z", "pretty_name": "زهرة الربيع"}
    index.refresh({"z": "1"}, lambda name: IndexEntry(name, summary["pretty_name"], summary=summary))
    (hit,) = index.search(Search("الربيع")).hits
    assert hit.highlights == {"pretty_name": ((5, 11),)}
