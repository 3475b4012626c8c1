"""Files of a repository."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.files import MAX_FILE_BYTES, read_file
from tests.hub.calls import READS, REPO, SHA, refused
from tests.hub.conftest import QUICK

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Repo-Commit: " + SHA.encode() + b"\r\n"


def test_a_card_of_a_gigabyte_is_not_read_to_its_end(hub_behind: Hub, between: Any, memory: Callable[[], int]) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        yield HEAD + b"Content-Length: 1073741824\r\n\r\n"
        while sent < 2**30:
            sent += 2**16
            yield b"x" * 2**16

    between.rule = lambda _: between.act("raw", pieces=pieces)
    assert "longer than 10 MiB" in refused(READS["read_file"], hub_behind)
    assert sent < 3 * MAX_FILE_BYTES
    assert memory() < 4 * MAX_FILE_BYTES


def read(between: Any, revision: str = SHA, path: str = "README.md") -> bytes:
    return read_file(between.url, REPO, path, revision, False, QUICK)


def test_a_file_is_its_bytes(between: Any) -> None:
    between.rule = lambda _: between.reply(b"\x00\xff", X_Repo_Commit=SHA)
    assert read(between) == b"\x00\xff"
    assert read(between, "refs/pr/1", "a b/c?d#e.txt") == b"\x00\xff"
    assert [seen.path for seen in between.seen] == [
        f"/datasets/{REPO}/resolve/{SHA}/README.md",
        f"/datasets/{REPO}/resolve/refs%2Fpr%2F1/a%20b/c%3Fd%23e.txt",
    ]


@pytest.mark.parametrize("commit", [None, "1" * 40])
def test_a_file_of_another_commit_or_of_none_is_not_taken(commit: str | None, between: Any) -> None:
    between.rule = lambda _: between.reply(b"Sign in!", **({"X_Repo_Commit": commit} if commit else {}))
    with pytest.raises(WrongAnswerError, match="does not name the file's commit"):
        read(between)


def test_a_branch_is_at_whatever_commit_it_is(between: Any) -> None:
    between.rule = lambda _: between.reply(b"a", X_Repo_Commit="1" * 40)
    assert read(between, "main") == b"a"


def test_a_large_file_comes_from_where_the_hubs_answer_leads(between: Any) -> None:
    def rule(seen: Any) -> Any:
        if seen.path == "/large":
            return between.reply(b"a", X_Repo_Commit="1" * 40)  # of another repository
        return between.reply(b"", 302, Location="/large", X_Repo_Commit=SHA)

    between.rule = rule
    assert read(between) == b"a"
