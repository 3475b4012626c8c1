"""One entry: what its record may say, and lead to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store.entry import StoredEntry, etag_of, read_record

SKY = {"name": "sky", "pretty_name": "Sky"}
FOLDER = Path("/catalog/sky")


def parse(document: object, name: str = "sky") -> object:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_record(content, name, FOLDER)


def fault(document: object) -> str:
    with pytest.raises(CatalogError) as err:
        parse(document)
    assert err.value.code == "invalid_record"
    assert "The entry 'sky' is damaged: /catalog/sky/record.json" in err.value.detail
    return err.value.detail


@pytest.mark.parametrize("member", ["name", "loader", "batch_script"])
@pytest.mark.parametrize("value", ["../../id_rsa", "/etc/passwd", ".hidden", "a\nb", "..", "a/b", "\ud800"])
def test_a_record_leads_to_no_file_elsewhere(member: str, value: str) -> None:
    fault(SKY | {member: value})


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[1]",
        b"null",
        b"[" * 100_000,
        b'{"name": "sky", "pretty_name": ',
        b'{"name": "sky", "pretty_name": "\xff"}',
        b'{"name": "sky", "pretty_name": "Sky", "card_data": {"a": NaN}}',
        b'{"name": "sky", "pretty_name": "Sky", "card_data": {"a": -Infinity}}',
        b'{"name": "sky", "pretty_name": "Sky", "schema_version": 1' + b"0" * 5000 + b"}",
        {"pretty_name": "Sky"},
        SKY | {"pretty_name": 1},
        SKY | {"tags": "csv"},
        SKY | {"tags": [["csv"]]},
        SKY | {"authors": ["Ada"]},
        SKY | {"authors": [{"orcid": "1"}]},
        SKY | {"card_data": []},
        SKY | {"is_distributed": "no"},
        SKY | {"name": "moon"},
    ],
)
def test_what_is_no_record_is_damaged(document: object) -> None:
    fault(document)


def test_a_number_that_is_too_large_for_json_is_damaged() -> None:
    assert "1e999" in fault(b'{"name": "sky", "pretty_name": "Sky", "card_data": {"a": 1e999}}')


@pytest.mark.parametrize("member", ["pretty_name", "description", "repo_id", "data_path"])
def test_half_a_character_is_damaged(member: str) -> None:
    fault(b'{"name": "sky", "pretty_name": "Sky", "%b": "\\ud800"}' % member.encode())
    assert parse(SKY | {"description": "\N{MICROSCOPE} \u00e9"})


def test_a_record_of_a_newer_version_is_read_as_far_as_it_is_known_and_cannot_be_changed() -> None:
    record = {"name": "newer", "pretty_name": "New", "schema_version": 99, "size_categories": [], "unheard_of": [1]}
    stored = read_record(json.dumps(record).encode(), "newer", FOLDER)
    assert (stored.record.pretty_name, stored.record.schema_version) == ("New", 99)
    assert stored.record.to_dict()["unheard_of"] == [1]
    assert "schema version 99; this program knows up to 2" in str(stored.read_only)
    with pytest.raises(CatalogError, match="Update huggingnersc_lab") as err:
        stored.require_changeable()
    assert err.value.code == "conflict"
    with pytest.raises(CatalogError, match="damaged"):
        read_record(json.dumps(record | {"tags": {"en": ["a"]}}).encode(), "newer", FOLDER)


def test_the_etag_is_the_contents() -> None:
    content = json.dumps(SKY).encode()
    stored = read_record(content, "sky", FOLDER)
    assert stored.etag == etag_of(content) != etag_of(content + b"\n")
    stored.require_changeable()


def test_a_file_that_cannot_be_read_is_no_missing_file() -> None:
    stored = read_record(json.dumps(SKY).encode(), "sky", FOLDER)
    entry = StoredEntry(**vars(stored), files={"a.py": b"x\xff"}, damaged={"b.py": "'b.py' is a FIFO"})
    assert entry.file("a.py") == b"x\xff"
    assert entry.text("a.py") == "x\N{REPLACEMENT CHARACTER}"
    assert (entry.file("c.py"), entry.text("c.py")) == (None, None)
    with pytest.raises(CatalogError, match="FIFO") as err:
        entry.text("b.py")
    assert err.value.code == "invalid_record"
