"""A user's drafts: unfinished records, one private JSON file each.

A draft's file is named by its id and contains its content; its etag is the digest of that content, so saving the same
content again changes nothing, and its time is that of the file.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer
from huggingnersc_lab.private_files import make_private_folder, storage_errors, write_private

MAX_BYTES = 2 * 1024 * 1024
"""Maximum size of a draft."""

_ID = re.compile(r"[0-9a-f]{32}")
_KEPT = "The saved version was kept."


@dataclass(frozen=True)
class DraftContent:
    """What the user has entered so far; it need not be valid.

    Attributes:
        title: title of the draft in a list.
        values: record fields.
        loader_path: contents path of the loader script.
        batch_script_path: contents path of the batch script.
        companion_paths: contents paths of companion files.
        private: whether only members of the organization can see the repository.
        create_pr: whether to propose it as a pull request.
        editing: nickname of the entry being changed; None for a new one.
        editing_etag: the entry's etag when the draft was created, so that no concurrent change is lost.
        adopting: repository on the Hub to add to the catalog; None for an entry with a new one.
        repository_scripts: files of that repository that may be the loader.
        loader_in_repository: the one of them that becomes the loader.
        filled_from: the data path whose suggestions filled in fields.
        sources: field that was filled in and not changed since → the files that suggested its value.
    """

    title: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    loader_path: str | None = None
    batch_script_path: str | None = None
    companion_paths: Sequence[str] = ()
    private: bool = False
    create_pr: bool = False
    editing: str | None = None
    editing_etag: str | None = None
    adopting: str | None = None
    repository_scripts: Sequence[str] = ()
    loader_in_repository: str | None = None
    filled_from: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DraftContent:
        """From JSON; omitted fields have their default.

        Raises:
            CatalogError: ``invalid_record`` with all unknown or mistyped fields.
        """
        faults = [
            FieldError(json_pointer(key), "unknown_field", f"A draft has no field '{key}'.")
            for key in data
            if key not in _FORMS
        ]
        for key, (allowed, form) in _FORMS.items():
            if key in data and not isinstance(data[key], allowed):
                faults.append(FieldError(json_pointer(key), "type", f"'{key}' of a draft should be {form}."))
        lists = {key: value for key, value in data.items() if key in _LISTS and isinstance(value, list)}
        for key, value in lists.items():
            if not all(isinstance(item, str) for item in value):
                faults.append(FieldError(json_pointer(key), "type", f"'{key}' of a draft should be strings."))
        sources = data.get("sources")
        if isinstance(sources, dict) and not all(isinstance(value, str) for value in sources.values()):
            faults.append(FieldError("/sources", "type", "'sources' of a draft should be an object of strings."))
        if faults:
            raise CatalogError("invalid_record", f"This is not a draft. {_KEPT}", faults)
        return cls(**{**data, **{key: tuple(value) for key, value in lists.items()}})

    def to_dict(self) -> dict[str, Any]:
        """As JSON, with all fields."""
        return asdict(self)


_TEXT = ((str,), "text")
_TEXT_OR_NONE = ((str, type(None)), "string or null")
_TEXTS = ((list,), "a list of strings")
_FLAG = ((bool,), "true or false")
_FORMS: dict[str, tuple[tuple[type, ...], str]] = {
    "title": _TEXT,
    "values": ((dict,), "an object"),
    "loader_path": _TEXT_OR_NONE,
    "batch_script_path": _TEXT_OR_NONE,
    "companion_paths": _TEXTS,
    "private": _FLAG,
    "create_pr": _FLAG,
    "editing": _TEXT_OR_NONE,
    "editing_etag": _TEXT_OR_NONE,
    "adopting": _TEXT_OR_NONE,
    "repository_scripts": _TEXTS,
    "loader_in_repository": _TEXT_OR_NONE,
    "filled_from": _TEXT_OR_NONE,
    "sources": ((dict,), "an object"),
}
_LISTS = tuple(key for key, form in _FORMS.items() if form is _TEXTS)


@dataclass(frozen=True)
class Draft:
    """A saved draft.

    Attributes:
        id: 32 hexadecimal digits.
        etag: changes whenever the content changes.
        updated_at: when it was last saved, ISO 8601 in UTC.
        content: the user's input.
    """

    id: str
    etag: str
    updated_at: str
    content: DraftContent

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {**vars(self), "content": self.content.to_dict()}


@dataclass(frozen=True)
class DraftSummary:
    """A draft in a list.

    Attributes:
        etag: changes whenever the content changes.
        etag: changes with every change of the content.
        updated_at: when it was last saved, ISO 8601 in UTC.
        title: title of the draft.
        name: nickname entered, if any.
        editing: nickname of the entry being changed, if any.
        data_path: absolute path of its data as it was entered, if any.
        broken: why its file cannot be read; None if it can.
    """

    id: str
    etag: str
    updated_at: str
    title: str
    name: str | None = None
    editing: str | None = None
    data_path: str | None = None
    broken: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON, without None values."""
        return {key: value for key, value in vars(self).items() if value is not None}


class Drafts:
    """A user's drafts.

    Args:
        folder: where they are stored; created with the first one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writing = threading.Lock()  # between the check of the etag and the change

    def list(self) -> list[DraftSummary]:
        """All drafts, most recently saved first; a damaged one does not hide the others."""
        with storage_errors("list the drafts"):
            found = [path for path in self.folder.glob("*.json") if _ID.fullmatch(path.stem)]
        summaries = []
        for path in found:
            try:
                summaries.append((path.stat().st_mtime_ns, self._summary(path)))
            except (FileNotFoundError, CatalogError) as err:  # just deleted
                if isinstance(err, CatalogError) and err.code != "not_found":
                    raise
        return [summary for _, summary in sorted(summaries, key=lambda item: item[0], reverse=True)]

    def create(self, content: DraftContent) -> Draft:
        """Create a draft."""
        data = _dumped(content)
        path = self.folder / f"{uuid.uuid4().hex}.json"
        with storage_errors("save a new draft"):
            make_private_folder(self.folder)
            write_private(path, data)
            return Draft(path.stem, _etag(data), _saved_at(path), content)

    def read(self, draft_id: str) -> Draft:
        """One draft.

        Raises:
            CatalogError: ``not_found``; ``invalid_record`` if it is damaged.
        """
        path = self._path(draft_id)
        with storage_errors("read the draft"):
            data = self._data(path)
            saved_at = _saved_at(path)
        return Draft(draft_id, _etag(data), saved_at, _parsed(data))

    def write(self, draft_id: str, content: DraftContent, etag: str | None) -> Draft:
        """Save a draft.

        Args:
            draft_id: which one.
            content: its new content.
            etag: its etag when it was read; None to overwrite any version.

        Raises:
            CatalogError: ``conflict`` if it has changed since, ``storage`` if it cannot be written; the saved version
            is kept.
        """
        data = _dumped(content)
        path = self._path(draft_id)
        with self._writing, storage_errors("save the draft", _KEPT):
            now = self._require(path, etag)
            if data != now:
                write_private(path, data)
            return Draft(draft_id, _etag(data), _saved_at(path), content)

    def delete(self, draft_id: str, etag: str | None = None) -> None:
        """Delete a draft; with ``etag`` only that version, otherwise ``conflict``."""
        path = self._path(draft_id)
        with self._writing, storage_errors("delete the draft", "It was kept."):
            self._require(path, etag)
            path.unlink(missing_ok=True)

    def _require(self, path: Path, etag: str | None) -> bytes:
        """The saved content, if it is the version with that etag."""
        data = self._data(path)
        if etag is not None and etag != _etag(data):
            raise CatalogError(
                "conflict",
                "This draft was changed in another window in the meantime. Nothing was overwritten: load the saved "
                "version, or overwrite it with yours.",
            )
        return data

    def _path(self, draft_id: str) -> Path:
        if not _ID.fullmatch(draft_id):
            raise _no_draft(draft_id)
        return self.folder / f"{draft_id}.json"

    def _data(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except FileNotFoundError as err:
            raise _no_draft(path.stem) from err

    def _summary(self, path: Path) -> DraftSummary:
        with storage_errors("list the drafts"):
            data = self._data(path)
            saved_at = _saved_at(path)
        try:
            content = _parsed(data)
        except CatalogError as err:
            return DraftSummary(path.stem, _etag(data), saved_at, "", broken=err.detail)
        name, data_path = (
            value if isinstance(value := content.values.get(member), str) else None for member in ("name", "data_path")
        )
        return DraftSummary(path.stem, _etag(data), saved_at, content.title, name, content.editing, data_path)


def _dumped(content: DraftContent) -> bytes:
    try:
        text = json.dumps(content.to_dict(), ensure_ascii=False, allow_nan=False, indent=1)
    except (ValueError, RecursionError) as err:
        raise CatalogError("invalid_record", f"The draft cannot be saved as JSON: {err}. {_KEPT}") from err
    data = text.encode("utf-8", "surrogatepass")  # a browser may send lone surrogates
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 2**20:.1f} MiB; the limit is {MAX_BYTES // 2**20} MiB"
        raise CatalogError(
            "invalid_record",
            f"The draft has {size}. {_KEPT} Shorten its longest texts.",
            [FieldError("", "too_long", f"It has {size}.")],
        )
    return data


def _parsed(data: bytes) -> DraftContent:
    try:
        content = json.loads(data.decode("utf-8", "surrogatepass"))
        if isinstance(content, dict):
            return DraftContent.from_dict(content)
        reason = "it is not a JSON object"
    except (ValueError, RecursionError) as err:
        reason = str(err)
    except CatalogError as err:
        reason = " ".join(fault.detail for fault in err.fields)
    raise CatalogError("invalid_record", f"The draft's file is damaged: {reason}. Delete it, or fix it by hand.")


def _etag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _saved_at(path: Path) -> str:
    moment = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _no_draft(draft_id: str) -> CatalogError:
    return CatalogError("not_found", f"There is no draft '{draft_id[:32]}': it was published or deleted.")
