"""Paths from a browser: what they refer to on disk, and which are allowed.

A *contents path* is relative to the Jupyter server's root folder, as in JupyterLab's file browser. A path is judged by
where it leads after resolving all symbolic links. Workers check, read and write, since any folder may be on a file
system that hangs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.advice import advice
from huggingnersc_lab.access.prober import check_access
from huggingnersc_lab.catalog.publish.places import as_site_spells, public_address
from huggingnersc_lab.errors import CatalogError, ErrorCode, FieldError
from huggingnersc_lab.paths import without_alias
from huggingnersc_lab.record.naming import propose_name
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workers import disk
from huggingnersc_lab.workers.calls import UnansweredError
from huggingnersc_lab.workers.disk import Seen


@dataclass(frozen=True)
class Location:
    """A location that may be cataloged.

    Attributes:
        data_path: its absolute path.
        contents_path: its contents path; None if it is outside the server's root.
        is_folder: whether it is a folder.
        portal_link: its public URL by the site's rules.
        access: whether you can read it.
        name_proposal: a nickname derived from its last part.
    """

    data_path: str
    contents_path: str | None
    is_folder: bool
    portal_link: str | None
    access: Access
    name_proposal: str | None


class Locations:
    """Restricts paths to the server's root folder and the folders of the site.

    Args:
        site: the centre, with its data roots and its catalog.
        server_root: the server's root folder; None if the server's files are not on disk.
        allow_hidden: whether the server shows files whose names start with a dot.
    """

    def __init__(self, site: Site, server_root: Path | None, *, allow_hidden: bool = False) -> None:
        self.site = site
        self.server_root = server_root
        self._allow_hidden = allow_hidden

    @staticmethod
    def read(seen: Seen, member: str, limit: int) -> tuple[int, bytes]:
        """Size and content of a file; no content if it is larger than ``limit``.

        Args:
            seen: the file, as it was found.
            member: its name in the request, for the pointer of an error.
            limit: maximum number of bytes to read.

        Raises:
            CatalogError: ``storage`` if its file system does not respond.
            OSError: it is not a file, it cannot be read, or somebody has replaced a part of its path by a link.
        """
        try:
            return disk.read_file(seen.real, limit)
        except UnansweredError as err:
            raise _refusal("storage", member, err.detail) from err

    def create(self, folder: str, names: Sequence[str], content: bytes, member: str) -> tuple[str, str | None]:
        """Write a new file under the first free name.

        Args:
            folder: contents path of the folder.
            names: the names to try, in order.
            content: what the file holds.
            member: the folder's name in the request, for the pointer of an error.

        Returns:
            Path of the folder; contents path of the file, None if all names are taken.

        Raises:
            CatalogError: as :meth:`find`; ``not_found`` if it is not a folder.
            OSError: it cannot be written; nothing is left of it.
        """
        path, seen = self.find(folder, member)
        if not seen.is_folder:
            raise _refusal("not_found", member, f"'{folder}' is a file, not a folder.")
        try:
            name = disk.create_file(seen.real, names, content)
        except UnansweredError as err:
            raise _refusal("storage", member, err.detail) from err
        if name is None:
            return str(path), None
        return str(path), self.contents_path(path / name) or f"{folder.strip('/')}/{name}".lstrip("/")

    def find(self, contents_path: str, member: str) -> tuple[Path, Seen]:
        """The file or folder at a contents path, and its state.

        Args:
            contents_path: from the browser.
            member: its name in the request, for the pointer of an error.

        Raises:
            CatalogError: ``forbidden`` if it is outside the allowed folders, ``not_found`` if it is hidden or does not
            exist, ``storage`` if its file system does not respond.
        """
        root = self.server_root
        if root is None:
            raise _refusal("not_found", member, "This server does not store its files on disk: type the path.")
        parts = [part for part in contents_path.split("/") if part not in ("", ".")]
        if ".." in parts:
            raise self._outside(contents_path, member)
        if self._is_hidden(parts):
            raise _missing(contents_path, member)
        path = root.joinpath(*parts)
        seen = self._confined(path, contents_path, member)
        if seen.is_missing:
            raise _missing(contents_path, member)
        if seen.error:
            raise _refusal("forbidden", member, f"'{contents_path}' cannot be read: {seen.reason}.")
        # A link in the user's own folder would not tell anybody else where the data is.
        is_as_named = seen.real == str(Path(disk.look(str(root)).real).joinpath(*parts))
        return Path(as_site_spells(self.site, str(path if is_as_named else seen.real))), seen

    def contents_path(self, path: str | Path) -> str | None:
        """The contents path of an absolute path; None if JupyterLab does not show it, or it does not respond."""
        root = self.server_root
        if root is None:
            return None
        try:
            real, real_root = Path(disk.look(str(path)).real), Path(disk.look(str(root)).real)
        except (UnansweredError, ValueError):
            return None
        if not self._is_within(real):
            return None
        spellings = ((Path(os.path.normpath(path)), root), (real, real_root))
        inside = (one.relative_to(base) for one, base in spellings if one.is_relative_to(base))
        return next(("/".join(found.parts) for found in inside if not self._is_hidden(found.parts)), None)

    def locate(self, *, contents_path: str | None = None, data_path: str | None = None) -> Location:
        """Information on a location; exactly one of its paths is given.

        Raises:
            CatalogError: as :meth:`find`; ``invalid_record`` if ``data_path`` is not absolute.
        """
        if contents_path is not None:
            path, seen = self.find(contents_path, "contents_path")
            clicked = contents_path.rstrip("/").rpartition("/")[2]
        else:
            path, seen = self._typed(data_path or "")
            clicked = path.name
        clicked = clicked if seen.is_folder else clicked.partition(".")[0]
        return Location(
            data_path=str(path),
            contents_path=self.contents_path(path),
            is_folder=seen.is_folder,
            portal_link=public_address(self.site, str(path)),
            access=check_access(str(path)),
            name_proposal=propose_name(clicked or path.name),
        )

    def typed(self, data_path: str) -> tuple[Path, str]:
        """A typed path, absolute or below ``~``: as the site spells it, and with all links resolved.

        Raises:
            CatalogError: as :meth:`locate`.
        """
        path, seen = self._typed(data_path)
        return path, seen.real

    def _typed(self, data_path: str) -> tuple[Path, Seen]:
        # A person's own way to write their home folder, which no record can hold: others have another one.
        data_path = os.path.expanduser(data_path)  # noqa: PTH111 - pathlib raises for an unknown user
        if not data_path.startswith("/"):
            fault = f"'{data_path}' is not an absolute path: it must start with '/'."
            raise CatalogError("invalid_record", fault, [FieldError("/data_path", "pattern", fault)])
        path = Path(without_alias(self.site, os.path.normpath(data_path).replace("//", "/", 1)))
        if (access := check_access(str(path))).status == "unknown":
            detail = f"'{data_path}' cannot be checked: {advice(access, self.site)} Nothing was done."
            raise _refusal("storage", "data_path", detail)
        return path, self._confined(path, data_path, "data_path")

    def _confined(self, path: Path, given: str, member: str) -> Seen:
        """The state of a path, if it leads to an allowed folder."""
        try:
            seen = disk.look(str(path))
        except UnansweredError as err:
            raise _refusal("storage", member, err.detail) from err
        except ValueError as err:  # an invalid file name
            raise _missing(given, member) from err
        if not self._is_within(Path(seen.real)):
            raise self._outside(given, member)
        return seen

    def _is_within(self, real: Path) -> bool:
        return any(
            real.is_relative_to(root) and not self._is_hidden(real.relative_to(root).parts) for root in self._roots()
        )

    def _roots(self) -> Iterator[Path]:
        for root in filter(None, (self.server_root, *self.site.data_roots, self.site.catalog_root)):
            try:
                yield Path(disk.look(str(root)).real)
            except UnansweredError:  # nothing below it could be accessed anyway
                continue

    def _is_hidden(self, parts: tuple[str, ...] | list[str]) -> bool:
        return not self._allow_hidden and any(part.startswith(".") for part in parts)

    def _outside(self, given: str, member: str) -> CatalogError:
        roots = [str(root) for root in (self.server_root, *self.site.data_roots) if root is not None]
        detail = f"'{given}' is outside the folders to catalog from: {', '.join(roots)}. Nothing was done."
        return _refusal("forbidden", member, detail)


def _missing(given: str, member: str) -> CatalogError:
    return _refusal("not_found", member, f"'{given}' does not exist. Nothing was done: refresh the file browser.")


def _refusal(code: ErrorCode, member: str, detail: str) -> CatalogError:
    return CatalogError(code, detail, [FieldError(f"/{member}", code, detail)])
