"""Downloads from Google Drive by gdown, which needs no account: file by file, so that each is checked and resumed."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from huggingnersc_lab.channels.drive.links import DriveItem
from huggingnersc_lab.channels.drive.rclone.failures import failure
from huggingnersc_lab.errors import CatalogError

RETRIES = 3
TIMEOUT = 60.0
"""Seconds without an answer after which a try is given up."""

_KEPT = "What was downloaded is kept, and gone on with when you try again."


@dataclass(frozen=True)
class Remote:
    """A file on Google Drive.

    Attributes:
        id: its id.
        path: where it goes, relative to the target; None for the name that Google Drive tells.
    """

    id: str
    path: PurePosixPath | None


def require_gdown() -> None:
    """Raise ``not_found`` if gdown is not installed."""
    from importlib.util import find_spec

    if find_spec("gdown") is None:
        detail = "gdown is not installed. Nothing was downloaded: pip install 'huggingnersc_lab[drive]', or use rclone."
        raise CatalogError("not_found", detail)


def list_files(item: DriveItem) -> list[Remote]:
    """The files of a folder, or the one file.

    Raises:
        CatalogError: ``upstream`` or ``not_found``, or ``invalid_record`` for names that lead out of the target.
    """
    if item.kind == "file":
        return [Remote(item.id, None)]
    import gdown

    with _translated(f"Looking at {item.url}", "Nothing was downloaded."):
        found = gdown.download_folder(
            id=item.id, output="x", quiet=True, skip_download=True, use_cookies=False, timeout=TIMEOUT
        )
    return [Remote(one.id, _safe(one.path)) for one in found if not isinstance(one, str)]


def download_file(remote: Remote, folder: Path, on_bytes: Callable[[int, int | None], None]) -> Path:
    """Download a file, or the rest of it; one that is there already is left as it is.

    Raises:
        CatalogError: see :func:`list_files`.
    """
    import gdown

    if remote.path is None:
        with _translated("The download", _KEPT):
            told = gdown.download(id=remote.id, quiet=True, skip_download=True, use_cookies=False, timeout=TIMEOUT)
        path = _safe(str(getattr(told, "path", "")))
    else:
        path = remote.path
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.resolve().is_relative_to(folder.resolve()):
        raise _unsafe(str(path))
    with _translated(f"The download of {path}", _KEPT):
        gdown.download(
            id=remote.id,
            output=str(target),
            quiet=True,
            use_cookies=False,
            resume=True,
            retries=RETRIES,
            timeout=TIMEOUT,
            progress=on_bytes,
        )
    return target


def _safe(path: str) -> PurePosixPath:
    """A path from Google Drive, where anybody may call a file ``../.bashrc``."""
    parts = path.split("/")
    if not path or path.startswith("/") or any(part in ("", ".", "..") or "\0" in part for part in parts):
        raise _unsafe(path)
    return PurePosixPath(path)


def _unsafe(path: str) -> CatalogError:
    detail = (
        f"A file on Google Drive is called {path[:100]!r}, which would lead out of the folder. It was not downloaded."
    )
    return CatalogError("invalid_record", detail)


@contextlib.contextmanager
def _translated(action: str, kept: str) -> Iterator[None]:
    """Gdown's and requests' errors as ours; nothing that gdown prints."""
    import gdown.exceptions
    import requests

    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    except (gdown.exceptions.DownloadError, requests.RequestException) as err:
        # gdown guesses at permissions and quota, whatever the status.
        raise failure(action, [str(err).split("You may need to change", maxsplit=1)[0].strip()], kept) from err
    except OSError as err:
        raise failure(action, [str(err)], kept, code="storage") from err
