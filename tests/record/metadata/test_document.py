"""Metadata documents as people hand them in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.metadata.document import MAX_BYTES, MAX_DEPTH, parse_json, read_json, read_metadata


def refusal(content: bytes) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        parse_json(content, "'it'")
    return raised.value


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "not_json", "Expecting value at line 1, column 1."),
        (b'{\n "a": 1,\n}', "not_json", "line 3, column 1."),
        (b"3", "type", "should hold one JSON object, {…}."),
        (b"null", "type", "should hold one JSON object, {…}."),
        (b'{"a": "\xe9"}', "not_utf8", "byte 7 is 0xe9."),
        (b'{"a": 1, "a": 2}', "not_json", "'a' appears twice in one object."),
        (b'{"x": [{"b": 1, "b": 2}]}', "not_json", "'b' appears twice in one object."),
        (b'{"a": NaN}', "not_json", "NaN is not a JSON number."),
        (b'{"a": -Infinity}', "not_json", "-Infinity is not a JSON number."),
        (b"{" + b" " * MAX_BYTES + b"}", "too_long", "is larger than 10 MiB."),
        (b'{"a": ' + b"[" * 100_000, "not_json", "is nested too deeply."),
        (
            b'{"a": ' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}",
            "not_json",
            f"is nested deeper than {MAX_DEPTH} levels.",
        ),
    ],
)
def test_what_is_no_json_object(content: bytes, code: str, words: str) -> None:
    error = refusal(content)
    assert error.code == "invalid_record"
    assert error.detail.startswith("'it' ")
    assert error.detail.endswith(f"{words} Nothing was created.")
    assert [(field.pointer, field.code) for field in error.fields] == [("", code)]
    assert error.detail == f"{error.fields[0].detail} Nothing was created."


def test_a_byte_order_mark_and_deep_but_bearable_nesting_are_taken() -> None:
    assert parse_json(b'\xef\xbb\xbf{"a": 1}', "it") == {"a": 1}
    depth = MAX_DEPTH - 2
    assert parse_json(b'{"a": ' + b"[" * depth + b"]" * depth + b"}", "it")


def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "link.json").symlink_to("file.json")
    (tmp_path / "file.json").write_text("{}")
    assert read_json(tmp_path / "link.json") == {}
    for path, options, words in (
        ("pipe.json", {}, "is a named pipe, not a file"),
        ("link.json", {"follow": False}, "is a symbolic link that is not followed"),
    ):
        with pytest.raises(CatalogError, match=words) as raised:
            read_json(tmp_path / path, **options)
        assert raised.value.code == "not_found"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large.json").open("wb") as stream:
        stream.truncate(2**40)
    with pytest.raises(CatalogError, match="is larger than 10 MiB") as raised:
        read_json(tmp_path / "large.json")
    assert raised.value.fields[0].code == "too_long"


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, words in ((tmp_path / "no.json", "does not exist"), (tmp_path, "is a folder, not a file")):
        with pytest.raises(CatalogError, match=words) as raised:
            read_json(path)
        assert raised.value.code == "not_found"
    path = tmp_path / "locked.json"
    path.write_text("{}")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("huggingnersc_lab.regular.os.open", locked)
    with pytest.raises(CatalogError, match=r"cannot be read: Permission denied\. Nothing was created\.") as raised:
        read_json(path)
    assert raised.value.code == "forbidden"


UPSTREAM: dict[str, Any] = {
    "datacard_tags": {"pretty_name": "Iris", "size_categories": "n<1K"},
    "other_info": {"nickname": "iris"},
}


def test_what_was_said_elsewhere_wins_with_a_warning() -> None:
    metadata = read_metadata(UPSTREAM, {"name": "iris2", "pretty_name": "Iris", "data_path": None})
    assert metadata.values["name"] == "iris2"
    differing = [finding for finding in metadata.findings.warnings if finding.code == "overridden"]
    assert [finding.pointer for finding in differing] == ["/other_info/nickname"]


def test_an_error_in_what_was_said_elsewhere_does_not_point_into_the_document() -> None:
    (error,) = read_metadata(UPSTREAM, {"name": "a b"}).findings.errors
    assert error.pointer == "/name"


def test_what_was_said_as_none_was_not_said() -> None:
    document = UPSTREAM | {"other_info": {"nickname": "a b"}}
    (error,) = read_metadata(document, {"name": None}).findings.errors
    assert error.pointer == "/other_info/nickname"


def test_what_comes_later_is_not_missed_and_what_is_there_is_checked() -> None:
    later = ("name", "pretty_name", "data_path")
    assert read_metadata({"size_categories": ["n<1K"], "license": "mit"}, later=later).findings.errors == ()
    assert read_metadata({"size_categories": ["n<1K"], "license": "mit"}, later=later).findings.warnings == ()
    assert read_metadata({"name": "a b", "size_categories": ["n<1K"]}, later=later).findings.errors != ()
    assert read_metadata({}, later=later).findings.errors[0].pointer == "/size_categories"


def test_what_publishing_fills_in_is_not_taken_from_a_person() -> None:
    document = UPSTREAM | {"revision": "x", "publish_id": "y", "published_by": "me"}
    assert not {"revision", "publish_id", "published_by"} & read_metadata(document).values.keys()


def test_a_record_of_a_newer_version_says_so() -> None:
    with pytest.raises(CatalogError, match="has schema version 99; this program knows up to 2"):
        read_metadata({"schema_version": 99})


def test_keys_with_slashes_and_tildes_are_pointed_at_properly() -> None:
    document = {"datacard_tags": UPSTREAM["datacard_tags"] | {"a/b~c": 1}, "other_info": {"nickname": "iris"}}
    (error,) = read_metadata(document).findings.errors
    assert error.pointer == "/datacard_tags/a~1b~0c"


def test_halves_of_a_character_are_named() -> None:
    document = {
        "schema_version": 1,
        "name": "iris",
        "pretty_name": "\ud83c",
        "size_categories": ["n<1K"],
        "tags": ["\udfff"],
    }
    pointers = [error.pointer for error in read_metadata(document).findings.errors if error.code == "not_utf8"]
    assert pointers == ["/pretty_name", "/tags/0"]
