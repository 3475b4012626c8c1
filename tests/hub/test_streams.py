"""Answers without an end, or of more than memory takes."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.listing import MAX_ROWS
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.transport import MAX_BYTES
from tests.hub.calls import ALL, READS, REPO, SHA, WRITES, refused
from tests.practice_hub import FaultyHub

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Repo-Commit: " + SHA.encode() + b"\r\n"


@pytest.mark.parametrize("name", READS | WRITES)
def test_an_answer_without_an_end(name: str, hub_behind: Hub, between: Any, memory: Callable[[], int]) -> None:
    between.rule = lambda _: between.endless(HEAD + b"\r\n[", b"1, " * 20_000)
    assert f"longer than {10 if name == 'read_file' else 32} MiB" in refused(ALL[name], hub_behind)
    assert memory() < 3 * MAX_BYTES


@pytest.mark.parametrize("name", READS)
def test_a_small_answer_that_unpacks_to_a_huge_one(
    name: str, hub_behind: Hub, between: Any, memory: Callable[[], int]
) -> None:
    pack = zlib.compressobj(9, wbits=31)
    packed = b"".join([*(pack.compress(b" " * 2**20) for _ in range(500)), pack.flush()])
    between.rule = lambda _: between.reply(packed, Content_Encoding="gzip", X_Repo_Commit=SHA)
    assert "longer than" in refused(READS[name], hub_behind)
    assert memory() < 4 * MAX_BYTES


@pytest.mark.parametrize("how", ["br", "zstd", "deflate", "gzip, gzip", "x" * 1000])
def test_an_answer_packed_as_nobody_asked(how: str, hub_behind: Hub, between: Any) -> None:
    between.rule = lambda _: between.reply(gzip.compress(gzip.compress(b"{}", mtime=0), mtime=0), Content_Encoding=how)
    assert "not requested" in refused(READS["account"], hub_behind)


@pytest.mark.parametrize(
    "content", [gzip.compress(b"[]" * 1000, mtime=0)[:-9], b"no gzip", gzip.compress(b"[]", mtime=0)[:3]]
)
def test_an_answer_that_cannot_be_unpacked(content: bytes, hub_behind: Hub, between: Any) -> None:
    between.rule = lambda _: between.reply(content, Content_Encoding="gzip")
    assert "invalid response" in refused(READS["list_datasets"], hub_behind)


def test_a_packed_answer_is_read(hub_behind: Hub, between: Any) -> None:
    rows = json.dumps([{"id": REPO}]).encode()
    between.rule = lambda _: between.reply(gzip.compress(rows, mtime=0), Content_Encoding="gzip")
    assert [dataset.repo_id for dataset in hub_behind.list_datasets()] == [REPO]
    assert between.seen[-1].headers["accept-encoding"] == "gzip"


def test_a_list_of_a_million_rows_is_cut(hub_behind: Hub, between: Any) -> None:
    rows = b",".join(b'{"id":"NERSC/d%d"}' % number for number in range(1_000_000))
    between.rule = lambda _: between.reply(b"[" + rows + b"]")
    assert len(hub_behind.list_datasets()) == MAX_ROWS


@pytest.mark.parametrize("name", ["list_datasets", "find_commit", "find_pull_request", "folder"])
def test_a_list_whose_pages_have_no_end(name: str, between: Any, practice_hub: FaultyHub) -> None:
    row = {"id": REPO, "path": "a", "oid": SHA, "type": "file", "title": "a", "message": "b"}
    if name == "find_commit":
        row["id"] = SHA

    def rule(seen: Any) -> Any:
        if "discussions" in seen.path:
            return between.reply({"discussions": [{"num": 1, "isPullRequest": False}], "count": 10**9, "start": 0})
        return between.reply([row], Link=f'<{between.url}{seen.path}>; rel="next"')

    between.rule = rule
    policy = Policy(timeout=2, tries=2, base=0.01, longest=0.02, total=1.0)
    hub = Hub(between.url, practice_hub.tokens["admin"], "NERSC", policy)
    if name == "find_pull_request":  # a hundred pages of it are enough
        assert READS[name](hub) is None
        assert len(between.seen) == 100
    else:
        assert "did not respond in time" in refused(READS[name], hub)
