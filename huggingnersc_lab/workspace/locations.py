"""Paths that come from a browser: what they mean on disk, and where they may lead.

A *contents path* is relative to the Jupyter server's root folder, as JupyterLab's file browser shows it. Whatever a
path looks like, what counts is where it leads once every symbolic link is followed. Workers look, read and write, since
any folder may be on a file system that hangs.
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

    @staticmethod
    def read(seen: Seen, member: str, limit: int) -> tuple[int, bytes]:
        """Size and content of a file; no content where it is larger than ``limit``.

        Args:
            seen: the file, as it was found.
            member: what the request calls it, for the pointer of an error.
            limit: most bytes that are read.

        Raises:
            CatalogError: ``storage`` where its file system does not answer.
            OSError: it is no file, it cannot be read, or somebody has put a link in its way since.
        """
        try:
            return disk.read_file(seen.real, limit)
        except UnansweredError as err:
            raise _refusal("storage", member, err.detail) from err

    def create(self, folder: str, names: Sequence[str], content: bytes, member: str) -> tuple[str, str | None]:
        """Write a new file under the first of some names that is free.

        Args:
            folder: contents path of the folder.
            names: the names, in the order in which they are tried.
            content: what the file holds.
            member: what the request calls the folder, for the pointer of an error.

        Returns:
            Path of the folder; contents path of the file, None where every name is taken.

        Raises:
            CatalogError: as :meth:`find`; ``not_found`` for what is no folder.
            OSError: it cannot be written, and nothing is left of it.
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
        """The file or folder that a contents path means, and what is seen there.

        Args:
            contents_path: from the browser.
            member: what the request calls it, for the pointer of an error.

        Raises:
            CatalogError: ``forbidden`` for one that leads out of the roots, ``not_found`` for one that is hidden or not
                there, ``storage`` where its file system does not answer.
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
        seen = self._confined(path, contents_path, member)
        if seen.is_missing:
            raise _missing(contents_path, member)
        if seen.error:
            raise _refusal("forbidden", member, f"'{contents_path}' cannot be read: {seen.reason}.")
        # A link of the person's own would tell nobody else where the data is.
        is_as_named = seen.real == str(Path(disk.look(str(root)).real).joinpath(*parts))
        return Path(as_site_spells(self.site, str(path if is_as_named else seen.real))), seen

    def contents_path(self, path: str | Path) -> str | None:
        """What JupyterLab calls an absolute path; None for what it does not show, or what does not answer."""
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
        """What there is to say of a place; exactly one of its names is given.

        Raises:
            CatalogError: as :meth:`find`; ``invalid_record`` for a ``data_path`` that is not absolute.
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

    def _typed(self, data_path: str) -> tuple[Path, Seen]:
        # A person's own way to write their home folder, which no record can hold: others have another one.
        data_path = os.path.expanduser(data_path)  # noqa: PTH111 - pathlib raises for an unknown user
        if not data_path.startswith("/"):
            fault = f"'{data_path}' is no absolute path: one starts with '/'."
            raise CatalogError("invalid_record", fault, [FieldError("/data_path", "pattern", fault)])
        path = Path(without_alias(self.site, os.path.normpath(data_path).replace("//", "/", 1)))
        if (access := check_access(str(path))).status == "unknown":
            detail = f"'{data_path}' cannot be looked at: {advice(access, self.site)} Nothing was done."
            raise _refusal("storage", "data_path", detail)
        return path, self._confined(path, data_path, "data_path")

    def _confined(self, path: Path, given: str, member: str) -> Seen:
        """What is seen at the path, if it leads to within the roots."""
        try:
            seen = disk.look(str(path))
        except UnansweredError as err:
            raise _refusal("storage", member, err.detail) from err
        except ValueError as err:  # no file system could hold such a name
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
            except UnansweredError:  # nothing below it could be reached anyway
                continue

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
