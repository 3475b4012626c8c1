"""Paths that come from a browser: what they mean on disk, and where they may lead.

A *contents path* is relative to the Jupyter server's root folder, as JupyterLab's file browser shows it. Whatever a
path looks like, what counts is where it leads once every symbolic link is followed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.advice import advice
from huggingnersc_lab.access.prober import check_access
from huggingnersc_lab.errors import CatalogError, ErrorCode, FieldError
from huggingnersc_lab.paths import portal_link
from huggingnersc_lab.private_files import storage_errors
from huggingnersc_lab.record.naming import propose_name
from huggingnersc_lab.sites import Site

_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)


@dataclass(frozen=True)
class Location:
    """A place that may be cataloged.

    Attributes:
        data_path: its absolute path.
        contents_path: the same for JupyterLab; None for what lies outside of the server's root.
        is_folder: whether it is a folder.
        portal_link: its public address by the site's rules.
        access: whether you can read it.
        name_proposal: a nickname made from its last part.
    """

    data_path: str
    contents_path: str | None
    is_folder: bool
    portal_link: str | None
    access: Access
    name_proposal: str | None


class Locations:
    """Where a server's paths may lead: into its root folder and those of the site.

    Args:
        site: the centre, with its data roots and its catalog.
        server_root: the server's root folder; None for a server whose files are not on disk.
        allow_hidden: whether the server shows files whose names start with a dot.
    """

    def __init__(self, site: Site, server_root: Path | None, *, allow_hidden: bool = False) -> None:
        self.site = site
        self.server_root = server_root
        self._allow_hidden = allow_hidden

    def resolve(self, contents_path: str, member: str) -> Path:
        """The file or folder that a contents path means.

        Args:
            contents_path: from the browser.
            member: what the request calls it, for the pointer of an error.

        Raises:
            CatalogError: ``forbidden`` for one that leads out of the roots, ``not_found`` for one that is hidden or not
                there.
        """
        root = self.server_root
        if root is None:
            raise _refusal("not_found", member, "This server keeps its files elsewhere than on disk: type the path.")
        parts = [part for part in contents_path.split("/") if part not in ("", ".")]
        if ".." in parts:
            raise self._outside(contents_path, member)
        if self._is_hidden(parts):
            raise _missing(contents_path, member)
        path = root.joinpath(*parts)
        real = self._confined(path, contents_path, member)
        try:
            real.stat()
        except (OSError, ValueError) as err:  # ValueError: no file system could hold such a name
            if isinstance(err, OSError) and err.errno not in _NOT_THERE:
                detail = f"'{contents_path}' cannot be read: {err.strerror}."
                raise _refusal("forbidden", member, detail) from err
            raise _missing(contents_path, member) from err
        # A link of the person's own would tell nobody else where the data is.
        return path if real == Path(os.path.realpath(root)).joinpath(*parts) else real

    def folder(self, contents_path: str, member: str) -> Path:
        """:meth:`resolve` of a folder; another file is ``not_found``."""
        path = self.resolve(contents_path, member)
        if not path.is_dir():
            raise _refusal("not_found", member, f"'{contents_path}' is a file, not a folder.")
        return path

    def contents_path(self, path: str | Path) -> str | None:
        """What JupyterLab calls an absolute path; None for what it does not show."""
        root = self.server_root
        if root is None:
            return None
        try:
            real = Path(os.path.realpath(path))
        except ValueError:
            return None
        if not self._is_within(real):
            return None
        spellings = ((Path(os.path.normpath(path)), root), (real, Path(os.path.realpath(root))))
        inside = (one.relative_to(base) for one, base in spellings if one.is_relative_to(base))
        return next(("/".join(found.parts) for found in inside if not self._is_hidden(found.parts)), None)

    def locate(self, *, contents_path: str | None = None, data_path: str | None = None) -> Location:
        """What there is to say of a place; exactly one of its names is given.

        Raises:
            CatalogError: as :meth:`resolve`; ``invalid_record`` for a ``data_path`` that is not absolute.
        """
        if contents_path is not None:
            path = self.resolve(contents_path, "contents_path")
        else:
            path = self._typed(data_path or "")
        access = check_access(str(path))
        is_folder = path.is_dir()
        return Location(
            data_path=str(path),
            contents_path=self.contents_path(path),
            is_folder=is_folder,
            portal_link=portal_link(self.site, str(path)),
            access=access,
            name_proposal=propose_name(path.name if is_folder else path.name.partition(".")[0]),
        )

    def _typed(self, data_path: str) -> Path:
        if not data_path.startswith("/"):
            fault = f"'{data_path}' is no absolute path: one starts with '/'."
            raise CatalogError("invalid_record", fault, [FieldError("/data_path", "pattern", fault)])
        path = Path(os.path.normpath(data_path).replace("//", "/", 1))
        if (access := check_access(str(path))).status == "unknown":
            detail = f"'{data_path}' cannot be looked at: {advice(access, self.site)} Nothing was done."
            raise _refusal("storage", "data_path", detail)
        self._confined(path, data_path, "data_path")
        return path

    def _confined(self, path: Path, given: str, member: str) -> Path:
        """Where the path leads, if that is within the roots."""
        with storage_errors(f"look for '{given}'"):
            try:
                real = Path(os.path.realpath(path))
            except ValueError as err:
                raise _missing(given, member) from err
        if not self._is_within(real):
            raise self._outside(given, member)
        return real

    def _is_within(self, real: Path) -> bool:
        return any(
            real.is_relative_to(root) and not self._is_hidden(real.relative_to(root).parts) for root in self._roots()
        )

    def _roots(self) -> Iterator[Path]:
        if self.server_root is not None:
            yield Path(os.path.realpath(self.server_root))
        for root in (*self.site.data_roots, self.site.catalog_root):
            # What hangs must not be asked; nothing below it could be reached anyway.
            if root is not None and check_access(str(root)).status != "unknown":
                yield Path(os.path.realpath(root))

    def _is_hidden(self, parts: tuple[str, ...] | list[str]) -> bool:
        return not self._allow_hidden and any(part.startswith(".") for part in parts)

    def _outside(self, given: str, member: str) -> CatalogError:
        roots = [str(root) for root in (self.server_root, *self.site.data_roots) if root is not None]
        detail = f"'{given}' leads out of what may be cataloged from here: {', '.join(roots)}. Nothing was done."
        return _refusal("forbidden", member, detail)


def _missing(given: str, member: str) -> CatalogError:
    return _refusal("not_found", member, f"'{given}' is not there. Nothing was done: refresh the file browser.")


def _refusal(code: ErrorCode, member: str, detail: str) -> CatalogError:
    return CatalogError(code, detail, [FieldError(f"/{member}", code, detail)])
