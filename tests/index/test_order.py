"""Equal hits come by title, then by nickname, whatever has happened to the index before."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tantivy import DocAddress, Query, Searcher

from huggingnersc_lab.index import Index, IndexEntry, Search, Sort
from huggingnersc_lab.index.order import LARGEST, NEWEST, TITLE, by_fields, by_score
from huggingnersc_lab.index.schema import ID, schema, sort_key

TITLES = (
    "",
    "A",
    "a",
    "Ångström",
    "Zebra",
    "zebra fish",
    "Maps",
    "Maps of the sky",
    "Maps of the sky in 12 colours and",
    "Maps of the sky in 12 colours and more",  # equal in the first 32 bytes
    "Maps of the sky in 12 colours and much more",
    "\u05d0\u05d1",
)


def entries_of(chance: random.Random, count: int) -> list[IndexEntry]:
    return [
        IndexEntry(
            f"set-{chance.randrange(10**6)}-{number}",
            chance.choice(TITLES),
            ("zodiac",),
            description=" ".join(["dark"] * chance.randint(1, 3)),
            updated=chance.choice([0, 100, 200]),
            n_bytes=chance.choice([None, 0, 10, 2**40]),
        )
        for number in range(count)
    ]


def scattered(folder: Path, entries: list[IndexEntry], chance: random.Random) -> Index:
    """An index of the entries that was written in several steps, with others that were removed again."""
    index = Index(folder)
    known = {entry.id: entry for entry in entries}
    keys = list(known)
    chance.shuffle(keys)
    extra = [f"gone-{number}" for number in range(20)]
    for end in (len(keys) // 2, len(keys) * 3 // 4, len(keys)):
        present = [*keys[:end], *chance.sample(extra, 10)]
        index.refresh(dict.fromkeys(present, "1"), lambda key: known.get(key) or IndexEntry(key, "Maps", ("zodiac",)))
    index.refresh(dict.fromkeys(keys, "1"), known.get)
    return index


def searcher_of(index: Index) -> Searcher:
    index.search()
    assert index._snapshot is not None
    return index._snapshot.index.searcher()


@pytest.fixture(scope="module")
def entries() -> list[IndexEntry]:
    return entries_of(random.Random(2), 400)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, entries: list[IndexEntry]) -> Index:
    return scattered(tmp_path_factory.mktemp("index"), entries, random.Random(3))


def by_title(entry: IndexEntry) -> bytes:
    return sort_key(entry)


KEYS: dict[Sort, Callable[[IndexEntry], object]] = {
    "name": by_title,
    "relevance": by_title,
    "newest": lambda entry: (-entry.updated, by_title(entry)),
    "size": lambda entry: (1 if entry.n_bytes is None else -entry.n_bytes, by_title(entry)),
}


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize("query", ["", "tag:zodiac ", "size:>=0B", "-nonsense ", "zodiac "])
@pytest.mark.parametrize("limit", [400, 23, 64])
def test_pages_make_up_the_whole_list(
    index: Index, entries: list[IndexEntry], sort: Sort, query: str, limit: int
) -> None:
    """All of these queries fit equally well, so that the titles decide."""
    fitting = [entry for entry in entries if "size" not in query or entry.n_bytes is not None]
    expected = [entry.name for entry in sorted(fitting, key=KEYS[sort])]  # type: ignore[arg-type]
    found: list[str] = []
    for offset in range(0, len(entries) + limit, limit):
        page = index.search(Search(query, sort=sort, limit=limit, offset=offset, counts=False))
        assert page.total == len(fitting)
        found += page.names
    assert found == expected


def test_the_title_comes_without_case_then_the_nickname(tmp_path: Path) -> None:
    index = Index(tmp_path)
    known = {
        name: IndexEntry(name, title)
        for name, title in {"b": "Sky", "c": "SKY", "a": "sky", "z": "Earth", "sea": "", "skx": "Sky x"}.items()
    }
    index.refresh(dict.fromkeys(known, "1"), known.get)
    assert index.search().names == ("z", "sea", "a", "b", "c", "skx")
    assert index.search(Search("sky ")).names == ("a", "b", "c", "skx")


def test_better_hits_come_first_and_equal_ones_by_title(index: Index, entries: list[IndexEntry]) -> None:
    searcher = searcher_of(index)
    query = Query.term_query(schema(), "description", "dark")
    scores = {address_key(address): score for score, address in searcher.search(query, 400).hits}
    assert len({round(score, 4) for score in scores.values()}) == 3  # three lengths of descriptions
    titles = {entry.id: sort_key(entry) for entry in entries}

    def expected(address: DocAddress) -> tuple[float, bytes]:
        return -round(scores[address_key(address)], 4), titles[str(searcher.doc(address)[ID][0])]

    window = by_score(searcher, query, 0, 400)
    assert window.total == 400
    assert [expected(address) for address in window.addresses] == sorted(expected(it) for it in window.addresses)
    keys = [address_key(address) for address in window.addresses]
    for offset in range(0, 420, 30):
        part = by_score(searcher, query, offset, 30)
        assert [address_key(address) for address in part.addresses] == keys[offset : offset + 30]


def address_key(address: DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def test_more_equal_hits_than_are_asked_for_at_first(
    index: Index, entries: list[IndexEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingnersc_lab.index.order._AHEAD", 1)
    monkeypatch.setattr("huggingnersc_lab.index.order._GROWTH", 2)
    expected = [entry.name for entry in sorted(entries, key=sort_key)]
    for offset in (0, 1, 123, 395):
        assert list(index.search(Search("zodiac ", limit=5, offset=offset)).names) == expected[offset : offset + 5]


def test_behind_the_last_hit_there_is_nothing(index: Index) -> None:
    searcher = searcher_of(index)
    everything = Query.all_query()
    for offset in (400, 401, 10_000, 1_000_000):
        assert by_score(searcher, everything, offset, 10) == ([], 400)
        for fields in (TITLE, (NEWEST, *TITLE), (LARGEST, *TITLE)):
            assert by_fields(searcher, everything, fields, offset, 10) == ([], 400)
    nothing = Query.empty_query()
    assert by_score(searcher, nothing, 0, 10) == by_fields(searcher, nothing, TITLE, 0, 10) == ([], 0)


def test_an_empty_index_has_no_hits(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.refresh({}, lambda _: None)
    for sort in KEYS:
        for query in ("", "x"):
            assert index.search(Search(query, sort=sort)).names == ()


def test_any_page_is_a_part_of_the_list(index: Index, entries: list[IndexEntry]) -> None:
    chance = random.Random(9)
    for sort, key in KEYS.items():
        expected = [entry.name for entry in sorted(entries, key=key)]  # type: ignore[arg-type]
        for _ in range(40):
            offset, limit = chance.randrange(410), chance.randint(1, 50)
            page = index.search(Search("zodiac ", sort=sort, limit=limit, offset=offset, counts=False))
            assert list(page.names) == expected[offset : offset + limit]


def test_similar_datasets_come_by_title_too(tmp_path: Path) -> None:
    names = [f"n{number:02}" for number in range(30)]
    random.Random(1).shuffle(names)
    entries = [IndexEntry(name, f"Title {name[-1]}", ("zodiac",)) for name in names]
    index = scattered(tmp_path, entries, random.Random(4))
    expected = [entry.name for entry in sorted(entries, key=sort_key)]
    found = index.related(IndexEntry("other", tags=("zodiac",)), limit=12)
    assert [hit.id for hit in found] == expected[:12]


def test_equally_frequent_values_of_a_facet_come_by_name(tmp_path: Path) -> None:
    values = [f"v{number:02}" for number in range(70)]
    random.Random(1).shuffle(values)
    entries = [IndexEntry(f"n{value}", facets={"format": (value,)}) for value in values]
    entries.append(IndexEntry("twice", facets={"format": ("v69",)}))
    index = scattered(tmp_path, entries, random.Random(4))
    expected = ["v69", *sorted(values)[:49]]
    assert list(index.search().facets["format"]) == expected
    assert list(index.values(Search(), "format", lambda value: True).counts) == expected
