"""What differs between files and a manifest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.checksums import Entry, File
from huggingnersc_lab.checksums.manifest.compare import Comparison
from huggingnersc_lab.checksums.manifest.line import to_line

NAMES = st.binary(min_size=1, max_size=3).filter(lambda path: b"\0" not in path)


@given(st.dictionaries(NAMES, st.integers(0, 2)), st.dictionaries(NAMES, st.integers(0, 2)))
def test_as_a_dictionary_would(now: dict[bytes, int], known: dict[bytes, int]) -> None:
    files = [File(path, now[path], 1, 2) for path in sorted(now)]
    lines = [to_line(Entry(File(path, known[path], 1, 2), (b"\0" * 32,), {"md5": "x"})) for path in sorted(known)]
    comparison = Comparison(files, lines, ["md5"], everything=True)
    kinds = {difference.path: difference.kind for difference in comparison}
    assert kinds == {
        path: "new"
        if path not in known
        else "gone"
        if path not in now
        else "same"
        if now[path] == known[path]
        else "changed"
        for path in {*now, *known}
    }
    assert (comparison.files, comparison.bytes) == (len(now), sum(now.values()))


def test_time_and_inode_count_and_digests_that_lack() -> None:
    def line(name: bytes, mtime_ns: int, inode: int) -> bytes:
        return to_line(Entry(File(name, 9, mtime_ns, inode), (b"\0" * 32,), {"sha256": "x"}))

    files = [File(name, 9, 1, 2) for name in (b"a", b"b", b"c", b"md5=")]
    lines = [line(b"a", 1, 3), line(b"b", 3, 2), line(b"c", 1, 2), line(b"md5=", 1, 2)]
    found = [(one.kind, one.path, one.stream_at) for one in Comparison(files, lines, ["md5"])]
    assert found == [("changed", b"a", 0), ("changed", b"b", 9), ("lacks", b"c", 18), ("lacks", b"md5=", 27)]
    assert [one.kind for one in Comparison(files, lines, ["sha256"])] == ["changed", "changed"]
