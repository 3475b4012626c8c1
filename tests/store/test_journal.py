"""What a staging says of itself, whoever wrote it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.store.journal import checked, dump_journal, read_journal, read_plan

SHA = "1b" * 20
URL = "https://huggingface.co/datasets/NERSC/sky/commit/1"
COMMIT = {"oid": SHA, "url": URL, "pull_request": None, "pull_request_url": None}
STEPS: dict[str, dict[str, Any]] = {
    "repository_asked": {"moment": 1.5e9, "until": 1.5e9},
    "repository": {"created": True, "parent": SHA},
    "visibility_asked": {},
    "visibility": {},
    "commit_asked": {"moment": None},
    "commit": COMMIT,
    "catalog": {},
    "undo": {},
}


def lines(*entries: object) -> bytes:
    return b"".join(entry if isinstance(entry, bytes) else json.dumps(entry).encode() + b"\n" for entry in entries)


def test_a_journal_says_the_last_of_each_step() -> None:
    journal = lines({"step": "commit_asked", "moment": 1.0}, {"step": "commit_asked", "moment": None, "at": 7})
    assert read_journal(journal) == {"commit_asked": {"moment": None}}
    assert read_journal(b"") == {}


def test_what_is_written_is_read() -> None:
    assert read_journal(dump_journal(STEPS)) == STEPS
    for step, entry in STEPS.items():
        assert checked(step, entry) == entry


def test_a_torn_line_and_what_is_not_known_are_left_out() -> None:
    journal = lines({"step": "undo"}, b'{"step": "comm\n', {"step": "unheard_of"}, {"step": "catalog", "more": [[1]]})
    assert read_journal(journal) == {"undo": {}, "catalog": {}}


@pytest.mark.parametrize(
    "entry",
    [
        {"step": "repository"},
        {"step": "repository", "created": True},
        {"step": "repository", "created": 1, "parent": SHA},
        {"step": "repository", "created": True, "parent": None},
        {"step": "repository", "created": True, "parent": "../../other"},
        {"step": "repository", "created": True, "parent": "\ud800"},
        {"step": "repository", "created": True, "parent": "x" * 129},
        {"step": "repository_asked", "moment": "now"},
        {"step": "repository_asked", "moment": True},
        {"step": "repository_asked", "moment": -1},
        {"step": "repository_asked", "moment": 10**400},
        {"step": "repository_asked", "moment": 0, "until": 1e300},
        {"step": "commit_asked", "moment": [1]},
        {"step": "commit"},
        {"step": "commit", "oid": SHA},
        {"step": "commit", **COMMIT, "url": "javascript:alert(1)"},
        {"step": "commit", **COMMIT, "url": "https://x/\n"},
        {"step": "commit", **COMMIT, "url": "https://x/" + "y" * 3000},
        {"step": "commit", **COMMIT, "pull_request": True},
        {"step": "commit", **COMMIT, "pull_request": "1"},
        {"step": "commit", **COMMIT, "pull_request": -1},
        {"step": "commit", **COMMIT, "pull_request_url": "file:///etc/passwd"},
        {"step": 1},
        {"stop": "undo"},
        [],
        "undo",
        None,
    ],
)
def test_what_this_program_cannot_have_written_is_no_journal(entry: object) -> None:
    with pytest.raises(ValueError, match="its journal"):
        read_journal(lines(entry))


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"1" + b"0" * 400])
def test_a_number_that_no_clock_shows_is_refused(number: bytes) -> None:
    with pytest.raises(ValueError, match="its journal"):
        read_journal(b'{"step": "repository_asked", "moment": %b}' % number)


def test_what_json_does_not_know_is_a_torn_line() -> None:
    assert read_journal(b'{"step": "repository_asked", "moment": NaN}') == {}
    assert read_journal(b"[" * 100_000) == {}
    assert read_journal(bytes(1000)) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\0" * 100,
        b"\xff\xfe",
        b'{"publish_id": 1}',
        b'{"publish_id": ""}',
        b'{"publish_id": "a/b"}',
        '{"publish_id": "\N{KELVIN SIGN}"}'.encode(),
        b'{"publish_id": "1\\n"}',
        b'{"publish_id": "%b"}' % (b"1" * 65),
        b'{"publish_id": "1", "x": {}}',
        b'{"publish_id": "1", "x": [[]]}',
        b'{"publish_id": "1", "x": NaN}',
        b"[" * 100_000,
        b'{"x":' * 100_000,
    ],
)
def test_what_is_no_plan(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".") as err:
        read_plan(content)
    assert not isinstance(err.value, RecursionError)


def test_a_plan_is_read() -> None:
    plan = {"publish_id": "a1-_", "hub_files": ["a", "b"], "private": False, "parent": None}
    assert read_plan(json.dumps(plan).encode()) == plan


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
MEMBERS = st.sampled_from(["step", "at", "created", "parent", "moment", "until", *COMMIT])
ENTRIES = st.dictionaries(MEMBERS, JSON | st.sampled_from([*STEPS, SHA, URL, True, 1.5e9]), max_size=8)


@given(st.lists(ENTRIES | JSON, max_size=6), st.binary(max_size=40))
def test_any_journal_ends_in_facts_or_a_value_error(entries: list[Any], torn: bytes) -> None:
    try:
        facts = read_journal(lines(*entries) + torn)
    except ValueError:
        return
    assert read_journal(dump_journal(facts)) == facts
    for step, entry in facts.items():
        assert entry.keys() <= STEPS[step].keys()


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_plan_ends_in_a_plan_or_a_value_error(content: bytes) -> None:
    try:
        plan = read_plan(content)
    except ValueError:
        return
    assert isinstance(plan["publish_id"], str)
    json.dumps(plan)
