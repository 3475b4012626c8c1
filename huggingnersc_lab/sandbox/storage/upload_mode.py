"""Decides whether to send a file as regular or large, and which files a ``.gitignore`` excludes."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from io import BytesIO
from typing import Literal

from dulwich.attrs import GitAttributes, compile_gitattributes_patterns, parse_git_attributes
from dulwich.ignore import IgnoreFilter, read_ignore_patterns

from .git import GitRepository

MAX_REGULAR = 10 * 1024 * 1024
"""Maximum size in bytes of a file in git itself."""
SAMPLE = 512
"""How many of a file's first bytes a client sends as a sample."""

UploadMode = Literal["regular", "lfs"]


def upload_mode(attributes: GitAttributes, path: str, sample: bytes, size: int) -> UploadMode:
    """How to send a file: as in ``.gitattributes``, otherwise as lfs if it is large or binary."""
    if size == 0:
        return "regular"
    if size > MAX_REGULAR:
        return "lfs"
    chosen = attributes.match_path(path.encode()).get(b"filter")
    if chosen is not None:
        return "lfs" if chosen == b"lfs" else "regular"
    return "lfs" if _is_binary(sample, complete=size <= len(sample)) else "regular"


def attributes_of(git: GitRepository, commit: str) -> GitAttributes:
    """The ``.gitattributes`` at the root of a commit."""
    return parse_attributes(_content(git, commit, ".gitattributes"))


def parse_attributes(content: bytes) -> GitAttributes:
    """Reads a ``.gitattributes`` file."""
    return GitAttributes(compile_gitattributes_patterns(parse_git_attributes(BytesIO(content))))


def ignored_by(git: GitRepository, commit: str, given: str | None) -> Callable[[str], bool]:
    """Checks whether a path is ignored by the given ``.gitignore``, or else by that of the commit."""
    content = given.encode() if given is not None else _content(git, commit, ".gitignore")
    patterns = IgnoreFilter(read_ignore_patterns(BytesIO(content)))
    return lambda path: bool(patterns.is_ignored(path))


def _content(git: GitRepository, commit: str, path: str) -> bytes:
    entry = git.entry(commit, path)
    return b"" if entry is None or entry.is_folder else git.blob(entry.oid)


def _is_binary(sample: bytes, *, complete: bool) -> bool:
    if b"\0" in sample:
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return True
    return False
