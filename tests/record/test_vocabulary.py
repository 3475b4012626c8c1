from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record import vocabulary as module
from huggingnersc_lab.record.term import Term
from huggingnersc_lab.record.vocabulary import (
    LISTS,
    REFRESHED_FILE,
    TAG_LISTS,
    Vocabulary,
    load_vocabulary,
)

HUB_REPLY = {
    "license": [
        {"id": "license:mit", "label": "mit", "type": "license"},
        {"id": "license:moon-1.0", "label": "Moon License 1.0", "type": "license"},
    ],
    "language": [{"id": "language:qxx", "label": "Moonish", "type": "language"}],
    "format": [{"id": "format:optimized-parquet", "label": "optimized-parquet", "type": "format"}],
    "region": [{"id": "region:us", "label": "Region: US", "type": "region"}],
}


@pytest.fixture
def words() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    yield
    module._refreshed.cache_clear()


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("licenses", 83),
        ("task_categories", 53),
        ("task_ids", 74),
        ("size_categories", 12),
        ("annotations_creators", 6),
        ("language_creators", 5),
        ("multilinguality", 4),
        ("libraries", 16),
        ("modalities", 8),
        ("languages", 8232),
    ],
)
def test_every_list_is_complete(words: Vocabulary, name: str, count: int) -> None:
    assert len(words.terms(name)) == count


@pytest.mark.parametrize("name", [*LISTS, "known_tags"])
def test_every_id_is_unique_and_every_term_has_a_label(words: Vocabulary, name: str) -> None:
    terms = words.terms(name)
    assert words.ids(name) == {term.id for term in terms}
    assert len(words.ids(name)) == len(terms)
    assert all(term.label.strip() for term in terms)


def test_every_list_names_its_source(words: Vocabulary) -> None:
    assert set(words.sources) == set(LISTS)
    assert "datasets 5.2.0" in words.sources["size_categories"]


def test_common_languages_come_first(words: Vocabulary) -> None:
    common = [term.common for term in words.terms("languages")]
    assert common == sorted(common, reverse=True)
    two_letters = [term for term in words.terms("languages") if len(term.id) == 2 and term.common]
    assert len(two_letters) == 184
    assert {"no", "eng", "code", "multilingual"} <= words.ids("languages")


def test_sizes_follow_each_other_without_a_gap(words: Vocabulary) -> None:
    *sizes, unknown = words.terms("size_categories")
    assert sizes[0].min_rows == 0
    assert sizes[-1].max_rows is None
    assert all(low.max_rows == high.min_rows for low, high in pairwise(sizes))
    assert (unknown.id, unknown.min_rows) == ("unknown", None)


def test_subtasks_belong_to_tasks(words: Vocabulary) -> None:
    parents = {one.id: one.task_categories for one in words.terms("task_ids")}
    assert parents["closed-domain-qa"] == ("question-answering", "text-generation")
    hidden = {"document-question-answering", "keypoint-detection"}
    named = {task for tasks in parents.values() for task in tasks}
    assert named <= words.ids("task_categories") | hidden


def test_gnu_licences_have_no_spdx_identifier_since_only_or_later_is_not_said(
    words: Vocabulary,
) -> None:
    licences = {term.id: term for term in words.terms("licenses")}
    assert licences["cc-by-4.0"].spdx == "CC-BY-4.0"
    assert licences["gpl-3.0"].spdx is None
    assert licences["gpl-3.0"].label == "GNU General Public License v3.0"


def test_known_tags_are_domains_formats_modalities_and_libraries(words: Vocabulary) -> None:
    assert words.known_tags == frozenset().union(*(words.ids(name) for name in TAG_LISTS))
    assert {"cosmology", "hdf5", "timeseries", "webdataset", "pandas"} <= words.known_tags


def test_an_unknown_list_is_a_key_error(words: Vocabulary) -> None:
    for method in (words.terms, words.ids):
        with pytest.raises(KeyError, match="colours"):
            method("colours")


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        (0, "n<1K"),
        (999, "n<1K"),
        (1000, "1K<n<10K"),
        (9_999_999, "1M<n<10M"),
        (10**12 - 1, "100B<n<1T"),
        (10**12, "n>1T"),
        (10**15, "n>1T"),
    ],
)
def test_size_category_of_a_number_of_rows(words: Vocabulary, rows: int, size: str) -> None:
    assert words.size_category(rows) == size


def test_a_negative_number_of_rows_is_refused(words: Vocabulary) -> None:
    with pytest.raises(ValueError, match="-1 rows"):
        words.size_category(-1)


def test_start_reads_no_file() -> None:
    code = (
        "import sys; from huggingnersc_lab.record import vocabulary as v; "
        "v.load_vocabulary(); assert v._document.cache_info().currsize == 0; "
        "v.load_vocabulary().nearest('licenses', 'x'); "
        "assert v._document.cache_info().currsize == 1"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


class TestRefresh:
    def test_the_hubs_new_terms_are_added(self, words: Vocabulary) -> None:
        refreshed = words.with_hub_tags(HUB_REPLY, "the Hub, 2026-11-21")
        assert refreshed.added == {
            "licenses": (Term("moon-1.0", "Moon License 1.0"),),
            "languages": (Term("qxx", "Moonish"),),
            "formats": (Term("optimized-parquet", "optimized-parquet"),),
        }
        assert len(refreshed.terms("licenses")) == 84
        assert refreshed.terms("licenses")[-1].id == "moon-1.0"
        assert "moon-1.0" in refreshed.ids("licenses")
        assert "optimized-parquet" in refreshed.known_tags
        assert refreshed.nearest("licenses", "Moon License") == "moon-1.0"
        assert refreshed.nearest("languages", "moonish") == "qxx"
        assert refreshed.sources["added"] == "the Hub, 2026-11-21"

    def test_the_shipped_vocabulary_stays_as_it_is(self, words: Vocabulary) -> None:
        words.with_hub_tags(HUB_REPLY)
        assert "moon-1.0" not in load_vocabulary().ids("licenses")
        assert "added" not in load_vocabulary().sources

    def test_a_term_named_twice_is_added_once(self, words: Vocabulary) -> None:
        reply = {"license": [{"id": "license:moon", "label": one} for one in ("moon", "Moon")]}
        assert words.with_hub_tags(reply).added == {"licenses": (Term("moon", "Moon"),)}

    @pytest.mark.parametrize(
        "entry",
        [
            None,
            "license:x",
            {},
            {"id": 3, "label": "three"},
            {"id": "license:"},
            {"id": "license:two\nlines"},
            {"id": "license:\x1b[31m"},
            {"id": "license:" + "x" * 201},
        ],
    )
    def test_an_entry_without_a_usable_id_is_left_out(self, words: Vocabulary, entry: object) -> None:
        assert words.with_hub_tags({"license": [entry]}).added == {}

    def test_a_missing_or_odd_label_is_replaced_by_the_id(self, words: Vocabulary) -> None:
        reply = {"license": [{"id": "license:a1"}, {"id": "license:b1", "label": "a\nb"}]}
        assert words.with_hub_tags(reply).added["licenses"] == (Term("a1", "a1"), Term("b1", "b1"))

    @pytest.mark.parametrize("reply", [None, [], "x", {}, {"error": "no"}, {"license": "mit"}])
    def test_a_reply_of_another_form_is_refused(self, words: Vocabulary, reply: object) -> None:
        with pytest.raises(CatalogError, match="unexpected form") as caught:
            words.with_hub_tags(reply)
        assert caught.value.code == "upstream"


class TestKeeping:
    def test_what_was_saved_is_loaded(self, words: Vocabulary, tmp_path: Path) -> None:
        folder = tmp_path / "cache" / "huggingnersc"
        refreshed = words.with_hub_tags(HUB_REPLY, "the Hub, 2026-11-21")
        assert refreshed.save(folder) == folder / REFRESHED_FILE
        loaded = load_vocabulary(folder)
        assert loaded.added == refreshed.added
        assert loaded.added_from == "the Hub, 2026-11-21"
        assert [path.name for path in folder.iterdir()] == [REFRESHED_FILE]

    def test_a_refresh_that_added_nothing_can_be_saved(self, words: Vocabulary, tmp_path: Path) -> None:
        words.with_hub_tags({"license": []}, "the Hub").save(tmp_path)
        assert load_vocabulary(tmp_path).added == {}

    def test_a_later_save_is_seen(self, words: Vocabulary, tmp_path: Path) -> None:
        words.with_hub_tags(HUB_REPLY).save(tmp_path)
        assert "moon-1.0" in load_vocabulary(tmp_path).ids("licenses")
        words.with_hub_tags({"license": [{"id": "license:sun-1.0"}]}).save(tmp_path)
        assert load_vocabulary(tmp_path).added == {"licenses": (Term("sun-1.0", "sun-1.0"),)}

    def test_an_unchanged_file_is_read_once(self, words: Vocabulary, tmp_path: Path) -> None:
        words.with_hub_tags(HUB_REPLY).save(tmp_path)
        assert load_vocabulary(tmp_path) is load_vocabulary(tmp_path)

    def test_without_a_file_the_shipped_vocabulary_is_used(self, tmp_path: Path) -> None:
        assert load_vocabulary(tmp_path / "nowhere") is load_vocabulary()

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"\xff\xfe",
            b"[]",
            b"{}",
            b'{"tags": 3, "source": ""}',
            b'{"tags": {"license": [{"id": "license:x"}]}}',
            b"[" * 100_000,
        ],
    )
    def test_a_damaged_file_is_ignored_with_a_warning(
        self, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / REFRESHED_FILE).write_bytes(content)
        with caplog.at_level(logging.WARNING):
            assert load_vocabulary(tmp_path) is load_vocabulary()
        assert "is damaged" in caplog.text

    def test_a_folder_in_place_of_the_file_is_ignored(self, tmp_path: Path) -> None:
        (tmp_path / REFRESHED_FILE).mkdir()
        assert load_vocabulary(tmp_path) is load_vocabulary()

    def test_a_failed_save_leaves_the_old_file_and_nothing_else(
        self, words: Vocabulary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words.with_hub_tags(HUB_REPLY).save(tmp_path)
        before = (tmp_path / REFRESHED_FILE).read_bytes()

        def fail(self: Path, target: Path) -> Path:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(CatalogError, match="No space left on device") as caught:
            words.with_hub_tags({"license": []}).save(tmp_path)
        assert caught.value.code == "storage"
        assert [path.name for path in tmp_path.iterdir()] == [REFRESHED_FILE]
        assert (tmp_path / REFRESHED_FILE).read_bytes() == before

    def test_a_file_in_the_way_of_the_folder_is_told(self, words: Vocabulary, tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("")
        with pytest.raises(CatalogError, match="cannot be saved") as caught:
            words.save(tmp_path / "cache")
        assert caught.value.code == "storage"


@pytest.mark.parametrize("name", LISTS)
def test_a_term_survives_the_way_to_json_and_back(words: Vocabulary, name: str) -> None:
    for term in words.terms(name)[:300]:
        values = term.to_dict()
        assert Term.from_dict(values) == term
        assert None not in values.values()
