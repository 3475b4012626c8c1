"""A manifest: a folder of one's own in which the digests of a dataset's files are kept.

``files.tsv`` has a line for each file, sorted by path; it is replaced in one step. While files are read, the lines of
those that are done are appended to ``journal``, which the next run, or the end of this one, brings into ``files.tsv``.
``summary.json`` tells of the last run that came to its end; ``running`` of one at work.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from huggingnersc_lab.checksums.manifest.journal import Journal, read_journal
from huggingnersc_lab.checksums.manifest.line import Entry, from_line, path_of
from huggingnersc_lab.checksums.manifest.merge import merged, nearly_sorted
from huggingnersc_lab.checksums.reading.reader import WINDOW
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.private_files import create_private, make_private_folder, storage_errors, write_private
from huggingnersc_lab.processes import Process

_LONGEST_SILENCE = 600.0
_SECONDS_BETWEEN_SIGNS = 30.0


@dataclass(frozen=True)
class Summary:
    """What a run that came to its end found.

    Attributes:
        files: number of files.
        bytes: their size.
        fingerprint: of their contents; None where a file could not be read, so that it is not known.
        at: when it ended, seconds since 1970.
    """

    files: int
    bytes: int
    fingerprint: str | None
    at: float


class Manifest:
    """The digests of a dataset's files.

    Args:
        folder: where it is kept; made when it is written first.

    Attributes:
        folder: see above.
        journal: file with lines that are not in the manifest yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = folder / "files.tsv"
        self.journal = folder / "journal"
        self._summary = folder / "summary.json"
        self._running = folder / "running"
        self._signed_at = 0.0

    @property
    def exists(self) -> bool:
        """Whether anything is known."""
        return self._files.exists()

    @property
    def summary(self) -> Summary | None:
        """The last run that came to its end; None where there was none, or what is told of it is damaged."""
        try:
            return Summary(**json.loads(self._summary.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def lines(self) -> Iterator[bytes]:
        """All lines, in order of the paths."""
        try:
            stream = self._files.open("rb", buffering=2**20)
        except FileNotFoundError:
            return
        with stream:
            yield from stream

    def entries(self) -> Iterator[Entry]:
        """All entries, in order of the paths.

        Raises:
            CatalogError: ``storage`` for a damaged file.
        """
        for line in self.lines():
            try:
                yield from_line(line)
            except ValueError as err:
                detail = f"'{self._files}' is damaged: {err} Remove that folder; the checksums are computed again then."
                raise CatalogError("storage", detail) from err

    @contextmanager
    def held(self) -> Iterator[Journal]:
        """Keep others from writing, and bring in what an earlier run left.

        Raises:
            CatalogError: ``conflict`` while another process does so; ``storage`` or ``forbidden`` where it cannot be
                written.
        """
        with storage_errors("keep checksums"):
            make_private_folder(self.folder)
            self._take()
        journal = Journal(self.journal)
        try:
            with storage_errors("keep checksums", "Those that were computed before are kept."):
                self._recover()
            yield journal
            journal.close()
        except BaseException:
            journal.rescue()
            raise
        finally:
            self._running.unlink(missing_ok=True)

    def sign(self) -> None:
        """Show that the process which holds the manifest is alive; cheap."""
        if time.monotonic() - self._signed_at > _SECONDS_BETWEEN_SIGNS:
            self._signed_at = time.monotonic()
            self._running.touch()

    def replace(self, gone: Iterable[bytes] = ()) -> None:
        """Bring the journal into the file, and remove the lines of files that are gone, given in order.

        Removes the summary first: if the process is killed before :meth:`conclude`, it would describe former contents.
        """
        self._summary.unlink(missing_ok=True)
        try:
            self._write(merged(self.lines(), nearly_sorted(read_journal(self.journal), WINDOW), gone))
        except ValueError:  # somebody else's journal, or one that was put together from several
            added = sorted(read_journal(self.journal), key=path_of)
            self._write(merged(self.lines(), added, gone))
        self.journal.unlink(missing_ok=True)

    def conclude(self, summary: Summary) -> None:
        """Tell of a run that came to its end."""
        write_private(self._summary, json.dumps(asdict(summary)).encode())

    def _recover(self) -> None:
        if self.journal.exists():
            self.replace()

    def _write(self, lines: Iterable[bytes]) -> None:
        """Replace the file in one step."""
        temporary = self.folder / "files.new"
        with temporary.open("wb", buffering=2**20) as stream:
            temporary.chmod(0o600)
            stream.writelines(lines)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(self._files)

    def _take(self) -> None:
        for _ in range(2):
            if create_private(self._running, json.dumps(asdict(Process.this())).encode()):
                return
            other = self._other()
            if other is not None:
                where = "" if other.is_here else f" on {other.host}"
                detail = (
                    f"Process {other.pid}{where} is already computing these checksums. Nothing was started: wait until "
                    "it has ended."
                )
                raise CatalogError("conflict", detail)
            self._running.unlink(missing_ok=True)
        raise CatalogError("conflict", "Another process is already computing these checksums. Nothing was started.")

    def _other(self) -> Process | None:
        """The process that holds the manifest; None where that is gone."""
        try:
            silent = time.time() - self._running.stat().st_mtime
            other = Process(**json.loads(self._running.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return other if other.is_alive(silent, _LONGEST_SILENCE) else None
