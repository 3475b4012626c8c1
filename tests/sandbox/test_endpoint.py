from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from huggingnersc_lab.sandbox.names import is_name, is_path
from tests.practice_hub import FaultyHub

if TYPE_CHECKING:
    from .conftest import Answer

    Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/models"),
        ("GET", "/api/agent-harnesses"),
        ("GET", "/api/datasets/NERSC/iris/xet-read-token/main"),
        ("PUT", "/api/datasets/NERSC/iris/anything"),
        ("DELETE", "/api/collections/x"),
        ("GET", "/NERSC/model"),
    ],
)
def test_what_is_not_spoken_is_named(ask: Ask, iris: str, method: str, path: str) -> None:
    answer = ask(method, path, role="admin")
    assert answer.status == 501
    words = f"The practice Hub does not support this endpoint: {method} {path}"
    assert answer.json["error"] == answer.headers["X-Error-Message"] == words


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "[", ""])
def test_a_foreign_host_name_is_refused(ask: Ask, iris: str, host: str) -> None:
    for path in ("/", "/api/datasets", "/practice/instance", f"/datasets/{iris}"):
        answer = ask("GET", path, Host=host, role="admin")
        assert answer.status in (400, 421)
        assert b"iris" not in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "LOCALHOST:8000", "[::1]:9"])
def test_names_of_this_machine_are_taken(ask: Ask, iris: str, host: str) -> None:
    answer = ask("POST", "/api/repos/create", {"name": "x", "type": "dataset"}, role="admin", Host=host)
    assert answer.status == 200
    assert answer.json["url"] == f"http://{host}/datasets/practice-admin/x"


def test_an_unexpected_error_tells_nothing_of_the_inside(
    ask: Ask, practice_hub: FaultyHub, iris: str, caplog: pytest.LogCaptureFixture
) -> None:
    (practice_hub.storage / "repos" / "NERSC" / "iris" / "refs" / "heads" / "main").write_text("x")
    answer = ask("GET", f"/api/datasets/{iris}")
    assert answer.status == 500
    assert answer.json == {"error": "Internal error of the practice Hub"}
    assert str(practice_hub.storage) not in str(answer.headers)
    assert f"/api/datasets/{iris} failed" in caplog.text


def test_a_method_that_an_endpoint_has_not(ask: Ask) -> None:
    assert ask("DELETE", "/api/whoami-v2", role="admin").status == 405


ODD = [None, 7, "x", [], [1], {}, {"a": 1}, True]


@pytest.mark.parametrize(
    ("method", "path", "keys"),
    [
        ("POST", "/api/repos/create", ["name", "organization", "visibility", "type"]),
        ("DELETE", "/api/repos/delete", ["name", "organization"]),
        ("POST", "/api/repos/move", ["fromRepo", "toRepo"]),
        ("POST", "/api/validate-yaml", ["content"]),
        ("PUT", "/api/datasets/NERSC/iris/settings", ["private", "gated", "visibility"]),
        ("POST", "/api/datasets/NERSC/iris/preupload/main", ["files", "gitIgnore"]),
        ("POST", "/datasets/NERSC/iris.git/info/lfs/objects/batch", ["objects", "operation"]),
        ("POST", "/datasets/NERSC/iris.git/info/lfs/objects/verify", ["oid", "size"]),
        ("POST", "/api/datasets/NERSC/iris/discussions", ["title", "description"]),
        ("POST", "/api/datasets/NERSC/iris/branch/b", ["startingPoint"]),
        ("POST", "/api/datasets/NERSC/iris/tag/main", ["tag"]),
        ("POST", "/api/datasets/NERSC/iris/paths-info/main", ["paths", "expand"]),
        ("POST", "/practice/faults", ["kind", "latency", "path", "count"]),
    ],
)
def test_odd_bodies_are_refused_and_break_nothing(ask: Ask, iris: str, method: str, path: str, keys: list[str]) -> None:
    bodies: list[object] = [b"{", b"\xff", b"[]", b"7", b'"x"']
    for key, value in itertools.product(keys, ODD):
        body = {"type": "dataset", "name": "x", "organization": "NERSC", "operation": "upload"}
        bodies.append({**body, key: value})
    if path == "/practice/faults":
        bodies = [{key: value} for key, value in itertools.product(keys, ODD)]
    for body in bodies:
        answer = ask(method, path, body, role="admin", Content_Type="application/json")
        assert answer.status < 500 or answer.status == 501, body
        ask("DELETE", "/practice/faults", role="admin")


HEADER = b'{"key": "header", "value": {"summary": "x"}}\n'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b"\xff",
        b'{"key": "file", "value": {}}',
        b'{"key": "header", "value": {}}',
        b'{"key": "header", "value": 7}',
        b'{"key": "header", "value": {"summary": 7}}',
        b'{"key": "header", "value": {"summary": " "}}',
        b'{"key": "header", "value": {"summary": "x", "parentCommit": 7}}',
        b'{"key": "header", "value": {"summary": "x"}}\n{"key": "rm", "value": {}}',
        b'{"key": "header", "value": {"summary": "x"}}\n{"key": "header", "value": {}}',
        HEADER + b'{"key": "file", "value": {"path": "a"}}',
        HEADER + b'{"key": "file", "value": {"path": "a", "content": "!", "encoding": "base64"}}',
        HEADER + b'{"key": "file", "value": {"path": "a", "content": "\\ud800", "encoding": "utf-8"}}',
        b'{"key": "header", "value": {"summary": "x"}}\n{"key": "lfsFile", "value": {"path": "a", "oid": "x"}}',
    ],
)
def test_odd_commits_are_refused(ask: Ask, iris: str, body: bytes) -> None:
    before = ask("GET", f"/api/datasets/{iris}").json["sha"]
    answer = ask("POST", f"/api/datasets/{iris}/commit/main", body, role="admin")
    assert answer.status == 400
    assert answer.json["error"]
    assert ask("GET", f"/api/datasets/{iris}").json["sha"] == before


@pytest.mark.parametrize("query", ["limit=x", "limit=-1", "cursor=1e9", "limit=99999999999"])
def test_odd_numbers_are_refused(ask: Ask, iris: str, query: str) -> None:
    for path in ("/api/datasets", f"/api/datasets/{iris}/tree/main"):
        assert ask("GET", f"{path}?{query}").status == 400


@pytest.mark.parametrize("name", ["iris", "Iris_2", "a.b-c", "x", "_x", "9", "a" * 96])
def test_names_that_are_taken(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "-x", "x-", ".x", "x.", "a/b", "a b", "a--b", "a..b", "x.git", "x.ipynb"),
        *("ä", "x;y", "a%b", "a" * 97, "a\n", "a\0"),
    ],
)
def test_names_that_are_refused(ask: Ask, name: str) -> None:
    assert not is_name(name)
    if name:
        body = {"name": name, "organization": "NERSC", "type": "dataset"}
        assert ask("POST", "/api/repos/create", body, role="admin").status == 400


@pytest.mark.parametrize("path", ["a", "a/b.txt", ".gitattributes", "ä ö", "a..b", "x.git", "..."])
def test_paths_that_are_taken(path: str) -> None:
    assert is_path(path)


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "..", "a/../b", ".", "./a", ".git", "a/.Git", "\\b", "a\0"])
def test_paths_that_are_refused(path: str) -> None:
    assert not is_path(path)
    assert not is_path("x" * 1025)
