"""The lock of the process that writes."""

from __future__ import annotations

import errno
import fcntl
from pathlib import Path

import pytest

from huggingnersc_lab.index.snapshot.lock import locked


def test_one_at_a_time_holds_it(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with locked(path) as first, locked(path) as second:
        assert (first, second) == (True, False)
        assert path.stat().st_mode & 0o777 == 0o600
    with locked(path) as again:
        assert again


@pytest.mark.parametrize(
    ("code", "holds"), [(errno.ENOLCK, True), (errno.EOPNOTSUPP, True), (errno.ENOSYS, True), (errno.EIO, None)]
)
def test_without_locks_everybody_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, holds: bool | None
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refuse)
    if holds is None:
        with pytest.raises(OSError, match="no locks here"), locked(tmp_path / ".lock"):
            pass
    else:
        with locked(tmp_path / ".lock") as held:
            assert held


def test_where_it_cannot_be_made_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locked(tmp_path / "none" / ".lock"):
        pass
