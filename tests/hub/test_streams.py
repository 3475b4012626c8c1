"""Answers without an end, or of more than memory takes; and where the token goes."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.files import MAX_FILE_BYTES
from huggingnersc_lab.hub.listing import MAX_ROWS
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.transport import MAX_BYTES
from tests.practice_hub import FaultyHub

QUICK = Policy(timeout=5, tries=2, base=0.01, longest=0.02)
REPO = "NERSC/sky"
SHA = "0" * 40

READS: dict[str, Callable[[Hub], object]] = {
    "account": lambda hub: hub.account(),
    "state": lambda hub: hub.state(REPO),
    "repository": lambda hub: hub.repository(REPO),
    "list_datasets": lambda hub: hub.list_datasets(),
    "revisions": lambda hub: hub.revisions(REPO, 5),
    "folder": lambda hub: hub.folder(REPO, SHA),
    "read_file": lambda hub: hub.read_file(REPO, "README.md", SHA),
    "find_commit": lambda hub: hub.find_commit(REPO, "p"),
    "find_pull_request": lambda hub: hub.find_commit(REPO, "p", create_pr=True),
    "close_pull_request": lambda hub: hub.close_pull_request(REPO, 1),
    "tags_by_type": lambda hub: hub.tags_by_type(),
}
WRITES: dict[str, Callable[[Hub], object]] = {
    "commit": lambda hub: hub.commit(REPO, {"README.md": b"# Sky"}, title="Add", publish_id="p", parent=SHA),
    "delete_repo": lambda hub: hub.delete_repo(REPO),
    "set_private": lambda hub: hub.set_private(REPO, private=True),
}
ALL = {**READS, **WRITES, "create_repo": lambda hub: hub.create_repo(REPO, private=False)}
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Repo-Commit: " + SHA.encode() + b"\r\n"


@pytest.fixture
def hub(between: Any, practice_hub: FaultyHub) -> Hub:
    return Hub(between.url, practice_hub.tokens["admin"], "NERSC", QUICK)


@pytest.fixture
def memory() -> Iterator[Callable[[], int]]:
    """Bytes that were taken at most since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def refused(call: Callable[[Hub], object], hub: Hub) -> str:
    with pytest.raises(CatalogError) as failed:
        call(hub)
    assert failed.value.code == "upstream", failed.value.detail
    return failed.value.detail


@pytest.mark.parametrize("name", READS | WRITES)
def test_an_answer_without_an_end(name: str, hub: Hub, between: Any, memory: Callable[[], int]) -> None:
    between.rule = lambda _: between.endless(HEAD + b"\r\n[", b"1, " * 20_000)
    assert f"longer than {10 if name == 'read_file' else 32} MiB" in refused(ALL[name], hub)
    assert memory() < 3 * MAX_BYTES


@pytest.mark.parametrize("name", READS)
def test_a_small_answer_that_unpacks_to_a_huge_one(
    name: str, hub: Hub, between: Any, memory: Callable[[], int]
) -> None:
    pack = zlib.compressobj(9, wbits=31)
    packed = b"".join([*(pack.compress(b" " * 2**20) for _ in range(500)), pack.flush()])
    between.rule = lambda _: between.reply(packed, Content_Encoding="gzip", X_Repo_Commit=SHA)
    assert "longer than" in refused(READS[name], hub)
    assert memory() < 4 * MAX_BYTES


@pytest.mark.parametrize("how", ["br", "zstd", "deflate", "gzip, gzip", "x" * 1000])
def test_an_answer_packed_as_nobody_asked(how: str, hub: Hub, between: Any) -> None:
    between.rule = lambda _: between.reply(gzip.compress(gzip.compress(b"{}"), mtime=0), Content_Encoding=how)
    assert "not requested" in refused(READS["account"], hub)


@pytest.mark.parametrize("content", [gzip.compress(b"[]" * 1000, mtime=0)[:-9], b"no gzip", gzip.compress(b"[]")[:3]])
def test_an_answer_that_cannot_be_unpacked(content: bytes, hub: Hub, between: Any) -> None:
    between.rule = lambda _: between.reply(content, Content_Encoding="gzip")
    assert "invalid response" in refused(READS["list_datasets"], hub)


def test_a_packed_answer_is_read(hub: Hub, between: Any) -> None:
    rows = json.dumps([{"id": REPO}]).encode()
    between.rule = lambda _: between.reply(gzip.compress(rows, mtime=0), Content_Encoding="gzip")
    assert [dataset.repo_id for dataset in hub.list_datasets()] == [REPO]
    assert between.seen[-1].headers["accept-encoding"] == "gzip"


def test_a_card_of_a_gigabyte_is_not_read_to_its_end(hub: Hub, between: Any, memory: Callable[[], int]) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        yield HEAD + b"Content-Length: 1073741824\r\n\r\n"
        while sent < 2**30:
            sent += 2**16
            yield b"x" * 2**16

    between.rule = lambda _: between.act("raw", pieces=pieces)
    assert "longer than 10 MiB" in refused(READS["read_file"], hub)
    assert sent < 3 * MAX_FILE_BYTES
    assert memory() < 4 * MAX_FILE_BYTES


def test_a_list_of_a_million_rows_is_cut(hub: Hub, between: Any) -> None:
    rows = b",".join(b'{"id":"NERSC/d%d"}' % number for number in range(1_000_000))
    between.rule = lambda _: between.reply(b"[" + rows + b"]")
    assert len(hub.list_datasets()) == MAX_ROWS


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


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("name", ALL)
def test_the_token_follows_no_redirect_to_another_host(
    name: str, status: int, hub: Hub, between: Any, stand_before: Callable[[str], Any], practice_hub: FaultyHub
) -> None:
    with stand_before(practice_hub.url) as elsewhere:
        elsewhere.rule = lambda _: elsewhere.reply({})
        between.rule = lambda seen: between.reply(b"", status, Location=f"{elsewhere.url}{seen.path}")
        if name == "create_repo":
            assert ALL[name](hub) == "unsure"
        else:
            refused(ALL[name], hub)
        assert elsewhere.seen
        token = practice_hub.tokens["admin"]
        assert all(token in str(seen.headers) for seen in between.seen if "tags-by-type" not in seen.path)
        assert not any(token in f"{seen.headers}{seen.path}{seen.body!r}" for seen in elsewhere.seen)


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # huggingface_hub's way to send large files
@pytest.mark.parametrize("count", [1, 3])
def test_the_token_goes_to_no_address_that_an_answer_names(
    count: int, hub: Hub, between: Any, stand_before: Callable[[str], Any], practice_hub: FaultyHub
) -> None:
    """Such as that of the next page, or of the place to put a large file."""
    token = practice_hub.tokens["admin"]
    hub.create_repo(REPO, private=False)
    state = hub.state(REPO)
    assert state is not None
    with stand_before(practice_hub.url) as elsewhere:

        def astray(answer: Any) -> Any:
            if isinstance(answer, dict):
                return {key: astray(value) for key, value in answer.items()}
            if isinstance(answer, list):
                return [astray(value) for value in answer]
            return answer.replace(between.url, elsewhere.url) if isinstance(answer, str) else answer

        between.on("POST", "/info/lfs/objects/batch", between.rewrite(astray))
        elsewhere.on("POST", "", elsewhere.reply({}))
        files = {f"{number}.bin": b"\0\1\2" * number for number in range(1000, 1000 + count)}
        hub.commit(REPO, files, title="Add", publish_id="p", parent=state.sha)
        assert {seen.method for seen in elsewhere.seen} == {"PUT", "POST"}
        assert not any(token in str(seen.headers) for seen in elsewhere.seen)
