"""One line for a file's state and digests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.checksums import Entry, File
from huggingnersc_lab.checksums.algorithms import ranges_of
from huggingnersc_lab.checksums.manifest.line import escape, from_line, joined, path_of, state_of, to_line, unescape

PATHS = st.binary(min_size=1).filter(lambda path: b"\0" not in path)


def entry(path: bytes = b"a", size: int = 3, **digests: str) -> Entry:
    return Entry(File(path, size, 5, 7), (b"\1" * 32,) * ranges_of(size), digests)


@given(PATHS, st.integers(0, 2**28), st.sampled_from([{}, {"md5": "0a"}, {"md5": "1", "blake3": "2"}]))
def test_a_line_gives_its_entry_back(path: bytes, size: int, digests: dict[str, str]) -> None:
    one = entry(path, size, **digests)
    line = to_line(one)
    assert from_line(line) == one
    assert line.count(b"\n") == 1
    assert line.startswith(state_of(one.file))
    assert path_of(line) == path
    assert unescape(escape(path)) == path


def test_its_form_on_disk() -> None:
    expected = b"a%0A%25\t3\t5\t7\tmd5=x,sha256=y\t" + b"01" * 32 + b"\n"
    assert to_line(entry(b"a\n%", sha256="y", md5="x")) == expected


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"a\t3\t5\t7\t\t\n",
        b"a\t3\t5\t7\t\t0g\n",
        b"a\tx\t5\t7\t\t" + b"01" * 32,
        b"a\t3\t5\t7\tq=1\t" + b"01" * 32,
    ],
)
def test_what_is_no_line_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - by whatever part of it
        from_line(line)


def test_digests_of_the_same_state_are_joined() -> None:
    old, new = to_line(entry(md5="1", sha256="2")), to_line(entry(md5="9"))
    assert from_line(joined(old, new)).digests == {"md5": "9", "sha256": "2"}
    assert joined(to_line(entry(size=4, md5="1")), new) == new
    assert joined(b"damaged\n", new) == new
    assert joined(None, new) == new
