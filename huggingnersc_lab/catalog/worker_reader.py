"""Reads the catalog in worker processes: for a server, whose threads must not block on a hanging file system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from huggingnersc_lab.store import tree
from huggingnersc_lab.workers.calls import workers


class WorkerReader:
    """The functions of :mod:`huggingnersc_lab.store.tree`, run by workers.

    Each raises :class:`huggingnersc_lab.workers.calls.UnansweredError`, with the code ``storage``, if the catalog's
    file system does not respond.
    """

    def list_root(self, root: str) -> tuple[dict[str, int], dict[str, str]]:
        """See :func:`huggingnersc_lab.store.tree.list_root`; called rarely, so it runs here."""
        return tree.list_root(root)

    def read_files(self, root: str, parts: Sequence[str], names: Sequence[str]) -> dict[str, bytes] | None:
        """See :func:`huggingnersc_lab.store.tree.read_files`."""
        found, _, *contents = self._ask("catalog_files", root, list(parts), list(names))
        return None if found is None else dict(zip(found, contents, strict=True))

    def read_folder(self, root: str, parts: Sequence[str]) -> tuple[dict[str, bytes], dict[str, str]] | None:
        """See :func:`huggingnersc_lab.store.tree.read_folder`."""
        found, damaged, *contents = self._ask("catalog_folder", root, list(parts))
        return None if found is None else (dict(zip(found, contents, strict=True)), damaged)

    @staticmethod
    def _ask(operation: str, root: str, *args: Any) -> tuple[Any, ...]:
        try:
            return cast("tuple[Any, ...]", workers().call(operation, root, *args, path=root))
        except ValueError as err:
            raise tree.UnsafeError(str(err)) from err
