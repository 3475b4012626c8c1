"""Moved datasets: a former id redirects to the current one, as on the real Hub."""

from __future__ import annotations

import json
from pathlib import Path

from huggingnersc_lab.private_files import write_private


class Moved:
    """The former ids of a storage folder, in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            content = {}
        self._present: dict[str, str] = content if isinstance(content, dict) else {}

    def get(self, repo_id: str) -> str | None:
        """The current id of the dataset that had `repo_id`, ignoring case."""
        return self._present.get(repo_id.lower())

    def add(self, former: str, present: str) -> None:
        """From now on, `former` redirects to `present`, and so does every id that redirected to `former`."""
        moved = {key: present if value.lower() == former.lower() else value for key, value in self._present.items()}
        moved[former.lower()] = present
        moved.pop(present.lower(), None)
        write_private(self._path, json.dumps(moved, indent=1).encode())
        self._present = moved
