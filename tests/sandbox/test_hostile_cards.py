"""Cards and requests that are made to break whoever reads them: the practice Hub answers, and goes on."""

from __future__ import annotations

import json
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi
from hypothesis import given, settings
from hypothesis import strategies as st

from huggingnersc_lab.sandbox import PracticeHub, tokens
from huggingnersc_lab.sandbox.cards import check_card, read_card

MANY = 100_000
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

NULLS = {
    "hexadecimal": "0x" + "f" * MANY,
    "octal": "0o" + "7" * MANY,
    "binary": "0b" + "1" * MANY,
    "just too large": "1" + "0" * 309,
    "a float": "1e999999999",
    "not a number": ".nan",
    "infinity": "-.inf",
}
"""Numbers that no other program has: JavaScript writes them as null."""

UNREADABLE = {
    "a decimal": "x: " + "9" * MANY,
    "half of a character": 'pretty_name: "\\ud800"',
    "half of a character as a key": '"\\udfff": 1',
    "no character": 'x: "\\UFFFFFFFF"',
    "aliases": BOMB,
    "one anchor, many aliases": "a: &a x\nb: [" + "*a, " * MANY + "]",
    "levels in brackets": "x: " + "[" * MANY + "]" * MANY,
    "levels in lines": "\n".join(" " * depth + "a:" for depth in range(2000)),
    "levels in braces": "x: " + "{a: " * 1000 + "1" + "}" * 1000,
    "a time before all others": "x: 0001-01-01T00:00:00+23:59",
    "a time after all others": "x: 9999-12-31T23:59:59-23:59",
    "a year of many digits": "x: !!timestamp 99999-01-01",
    "a day that is none": "x: 2024-02-31",
    "a time of many digits": "x: !!timestamp 2024-01-01T00:00:00." + "9" * MANY + "Z",
    "a tag on the wrong value": "x: !!int [1]",
    "a tag on nothing": "x: !!timestamp",
    "a number that is none": "x: !!float one",
    "a set": "x: !!set [a]",
    "pairs": "x: !!omap {a: 1}",
    "bytes": "x: !!binary =",
    "an object of Python": "x: !!python/object/apply:os.system [id]",
    "a huge number as a key": "0x" + "f" * MANY + ": 1",
    "a million characters": "x: " + "y" * 1_000_001,
    "a control character": "x: \x00",
    "a directive": "%YAML 9999999999999999999999.1",
}


def front(yaml: str) -> str:
    return f"---\n{yaml}\n---\n# Title\n"


def commit(api: HfApi, repo_id: str, ask: Any, card: str) -> Any:
    """Send a card without asking first whether it is valid."""
    lines = [
        {"key": "header", "value": {"summary": "Card", "description": ""}},
        {"key": "file", "value": {"path": "README.md", "content": card, "encoding": "utf-8"}},
    ]
    body = "\n".join(map(json.dumps, lines)).encode()
    return ask("POST", f"/api/datasets/{repo_id}/commit/main", body, role="admin")


@pytest.mark.parametrize("name", NULLS)
def test_numbers_that_are_too_large_are_null(name: str) -> None:
    card = read_card(front(f"x: {NULLS[name]}\nlicense: mit"))
    assert card.data == {"x": None, "license": "mit"}
    assert check_card(front(f"x: [{NULLS[name]}]\nlicense: mit")).errors == []
    json.dumps(card.data, allow_nan=False)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_told_in_time(name: str) -> None:
    start = time.monotonic()
    errors = check_card(front(UNREADABLE[name])).errors
    card = read_card(front(UNREADABLE[name]))
    assert len(errors) <= 1
    assert all(len(error) < 500 for error in errors)
    if errors:
        assert card.data == {}
    json.dumps(card.data, allow_nan=False).encode()
    card.summary().encode()
    "".join(card.tags()).encode()
    assert time.monotonic() - start < 30  # a second or two on a machine that does nothing else


@pytest.mark.parametrize("name", NULLS | UNREADABLE)
def test_the_hub_answers_and_goes_on(name: str, api: HfApi, iris: str, ask: Any) -> None:
    yaml = f"x: {NULLS[name]}" if name in NULLS else UNREADABLE[name]
    for method, path, body in (
        ("POST", "/api/validate-yaml", {"content": front(yaml), "repoType": "dataset"}),
        ("GET", f"/api/datasets/{iris}", None),
        ("GET", "/api/datasets?full=true", None),
        ("GET", f"/datasets/{iris}", None),
        ("GET", "/", None),
    ):
        assert ask(method, path, body, role="admin").status in (200, 400), path
        if body is not None:
            assert commit(api, iris, ask, front(yaml)).status in (200, 400)
    assert api.dataset_info(iris).id == iris


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab: -[]{}&*!|>'\"\\ux0d8#%@\n\t,?1e.~<"), max_size=60))
def test_whatever_the_front_matter_is(yaml: str) -> None:
    check_card(front(yaml))
    json.dumps(read_card(front(yaml)).data, allow_nan=False).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"[" * MANY,
        b'{"a":' * MANY,
        b'{"name": ' + b"9" * 5000 + b"}",
        b'{"name": NaN}',
        b'{"name": 1e999}',
        b'{"name": "\\ud800", "type": "dataset"}',
        b'{"name": "\xed\xa0\x80", "type": "dataset"}',
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"name": {}, "type": [], "files": 1, "title": [], "status": {}, "latency": 1e308, "private": 5, "gated": []}',
    ],
    ids=lambda body: body[:20],
)
def test_a_body_that_is_wrong_is_refused(body: bytes, iris: str, ask: Any) -> None:
    for method, path in (
        ("POST", "/api/repos/create"),
        ("DELETE", "/api/repos/delete"),
        ("POST", "/api/repos/move"),
        ("POST", "/api/validate-yaml"),
        ("PUT", f"/api/datasets/{iris}/settings"),
        ("POST", f"/api/datasets/{iris}/preupload/main"),
        ("POST", f"/api/datasets/{iris}/commit/main"),
        ("POST", f"/api/datasets/{iris}/discussions"),
        ("POST", f"/api/datasets/{iris}/paths-info/main"),
        ("POST", f"/api/datasets/{iris}/tag/main"),
        ("POST", f"/datasets/{iris}.git/info/lfs/objects/batch"),
        ("POST", f"/datasets/{iris}.git/info/lfs/objects/verify"),
    ):
        answer = ask(method, path, body, role="admin", Content_Type="application/json")
        assert 400 <= answer.status < 500 or answer.status in (200, 501), (path, answer.status)
    assert ask("GET", f"/api/datasets/{iris}", role="admin").status == 200


@pytest.mark.parametrize("number", ["9" * 5000, "\u00b2", "\u0661", "-1", "1e3", "0x1", ""])
def test_numbers_in_addresses_and_headers(number: str, iris: str, ask: Any) -> None:
    from urllib.parse import quote

    quoted = quote(number)
    for path in (
        f"/api/datasets?limit={quoted}&cursor={quoted}",
        f"/api/datasets/{iris}/tree/main?limit={quoted}",
        f"/api/datasets/{iris}/commits/main?p={quoted}",
        f"/api/datasets/{iris}/discussions/{quoted}",
        f"/api/datasets/{iris}/discussions?p={quoted}",
        f"/api/datasets/{iris}/commits/refs%2Fpr%2F{quoted}",
        f"/datasets/{iris}/discussions/{quoted}",
    ):
        assert ask("GET", path, role="admin").status < 502, path
        assert ask("GET", path, role="admin").status != 500, path
    answer = ask("POST", f"/api/datasets/{iris}/commit/refs%2Fpr%2F{quoted}", b"{}", role="admin")
    assert 400 <= answer.status < 500
    ranges = {"Range": f"bytes={number}-{number}"} if number.isascii() else {}
    path = f"/datasets/{iris}/resolve/main/.gitattributes"
    assert ask("GET", path, role="admin", **ranges).status in (200, 206, 416)


@pytest.mark.parametrize("mode", [0o755, 0o777, 0o750, 0o700])
def test_its_folder_is_its_owners_alone(mode: int, tmp_path: Path) -> None:
    for name in ("new", "empty", "used"):
        storage = tmp_path / name
        if name != "new":
            storage.mkdir()
        if name == "used":
            with PracticeHub(storage):
                pass
        if name != "new":
            storage.chmod(mode)
        with PracticeHub(storage):
            assert stat.S_IMODE(storage.stat().st_mode) == 0o700
        storage.chmod(mode)
        tokens(storage)
        assert stat.S_IMODE(storage.stat().st_mode) == 0o700


def test_a_folder_that_holds_other_things_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "theirs").write_text("")
    with PracticeHub(tmp_path):
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
        assert stat.S_IMODE((tmp_path / "tokens.json").stat().st_mode) == 0o600
