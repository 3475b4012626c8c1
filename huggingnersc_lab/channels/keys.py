"""Keys for other services: the person's own, in private files or the environment, and never shown again."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.private_files import make_private_folder, own_folder, storage_errors, write_private
from huggingnersc_lab.regular import UnreadableError, read_text

MAX_LENGTH = 8192
"""Longest key, in characters."""

SHORTEST_SECRET = 4
"""Anything shorter, a user's number for instance, is not hidden in texts: it would make them unreadable."""


@dataclass(frozen=True)
class Key:
    """A key that a person gets from another service.

    Attributes:
        name: ``academic-torrents``.
        title: for people.
        variable: environment variable that holds it, which wins over the file.
        help_url: where one gets it.
        has_user: whether it consists of a user id and a key, ``UID:KEY``.
    """

    name: str
    title: str
    variable: str
    help_url: str
    has_user: bool = False


class Keys:
    """The person's keys.

    Args:
        known: the keys that channels use.
        folder: where they are kept, mode 0600 each.
        environ: the environment; that of the process if left out.
    """

    def __init__(
        self, known: tuple[Key, ...], folder: Path | None = None, environ: Mapping[str, str] | None = None
    ) -> None:
        self.known = {key.name: key for key in known}
        self._folder = folder or own_folder("keys")
        self._environ = os.environ if environ is None else environ

    def require_known(self, name: str) -> Key:
        """What is known of a key; raises ``not_found`` for an unknown name."""
        key = self.known.get(name)
        if key is None:
            raise CatalogError("not_found", f"There is no key '{name}'; there are {', '.join(self.known)}.")
        return key

    def find(self, name: str) -> str | None:
        """The key, or None if the person has given none. Raises ``storage`` for a file that cannot be read."""
        given = self._environ.get(self.known[name].variable, "").strip()
        if given:
            return given
        path = self._path(name)
        try:
            return read_text(path, 4 * MAX_LENGTH).strip() or None
        except UnreadableError as err:
            if not path.exists():
                return None
            raise CatalogError("storage", f"The key in '{path}' cannot be read ({err}). Enter it again.") from err

    def require(self, name: str) -> str:
        """The key; raises ``forbidden`` if there is none, with where to get it."""
        key = self.find(name)
        if key is None:
            known = self.known[name]
            detail = f"{known.title} needs a key of yours, which you get at {known.help_url}. Nothing was sent."
            raise CatalogError("forbidden", detail, hints=[Hint("enter_key", name)])
        return key

    def source(self, name: str) -> str | None:
        """Where the key comes from: ``environment`` or ``file``; None if there is none."""
        if self._environ.get(self.known[name].variable, "").strip():
            return "environment"
        return "file" if self._path(name).exists() else None

    def save(self, name: str, value: str) -> None:
        """Keep a key in a private file.

        Raises:
            CatalogError: ``not_found`` for an unknown name, ``invalid_record`` for a value that is no key.
        """
        key = self.require_known(name)
        value = value.strip()
        fault = None
        if not value or len(value) > MAX_LENGTH or not re.fullmatch(r"[\x21-\x7e]+", value):
            fault = f"A key is one word of at most {MAX_LENGTH} characters."
        elif key.has_user and not re.fullmatch(r"[^:]+:.+", value):
            fault = f"The key for {key.title} has the form USER:KEY."
        if fault:
            raise CatalogError("invalid_record", f"{fault} Nothing was saved.", [FieldError("/key", "pattern", fault)])
        with storage_errors("save the key"):
            make_private_folder(self._folder)
            write_private(self._path(name), value.encode())

    def forget(self, name: str) -> None:
        """Remove a key that was saved."""
        self.require_known(name)
        with storage_errors("remove the key"):
            self._path(name).unlink(missing_ok=True)

    def hide(self, text: str) -> str:
        """A text without any of the keys, for messages of other services that may repeat them."""
        for name in self.known:
            for secret in {self.find(name), *(self.find(name) or "").split(":", 1)}:
                if secret and len(secret) >= SHORTEST_SECRET:
                    text = text.replace(secret, "…")
        return text

    def _path(self, name: str) -> Path:
        return self._folder / name
