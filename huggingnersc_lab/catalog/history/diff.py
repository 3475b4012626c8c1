"""The changes of a commit on the Hub: files, found by comparing trees, and fields of the card's front matter.

Trees are compared from the top, descending only into folders that differ, so that few requests are needed even for
many files.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal, TypeVar, cast

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, Node
from huggingnersc_lab.hub.history import MAX_NODES
from huggingnersc_lab.render.entry_files import CARD_FILE
from huggingnersc_lab.render.merge.front_matter import FrontMatter, parse_front_matter, split_card

MOST_FILES = 500
"""Maximum number of changed files reported per commit."""

MOST_FOLDERS = 16
"""Maximum number of changed folders to descend into; of others only the folder itself is reported."""

LONGEST = 200
"""Maximum length of a reported value, in characters."""

LARGEST_CARD = 200_000
"""Maximum size in bytes of a card to compare."""

_LARGEST_HEAD = 20_000
_THREADS = 8
_LEFT_TO_OTHERS = 20
"""Number of the Hub's remaining requests to leave for the user's next actions."""

_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*\w")
"""A YAML alias; a few of them can expand to more text than fits into memory."""

_NO_CARD = FrontMatter({}, {}, {}, {}, {}, "")
_T = TypeVar("_T")

Kind = Literal["added", "changed", "removed"]
Pair = tuple[str, str | None]
"""A commit and its parent; None for the first one."""


@dataclass(frozen=True)
class FileChange:
    """A file, or a folder with its content, that a commit changed.

    Attributes:
        path: its path in the repository; a folder's ends with a slash.
        change: the kind of change.
    """

    path: str
    change: Kind


@dataclass(frozen=True)
class MemberChange:
    """A field of the card's front matter that a commit changed.

    Attributes:
        member: its key.
        before: the old value as a short text; None if there was none.
        after: the new value; None if it was removed.
    """

    member: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Change:
    """The changes of a commit.

    Attributes:
        files: ordered by path; an added or removed folder is named as a whole, with a slash at its end.
        members: in the order of the card.
    """

    files: tuple[FileChange, ...] = ()
    members: tuple[MemberChange, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON, without empty values."""
        members = [{key: text for key, text in vars(item).items() if text is not None} for item in self.members]
        return {"files": [dict(vars(item)) for item in self.files], "members": members}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Change:
        """The inverse of :meth:`to_dict`."""
        files = tuple(FileChange(str(item["path"]), cast("Kind", item["change"])) for item in data["files"])
        return cls(files, tuple(MemberChange(**item) for item in data["members"]))


def examine(hub: Hub, repo_id: str, pairs: Sequence[Pair], end: float) -> dict[Pair, Change]:
    """The changes of some commits; commits whose changes could not be determined are omitted.

    Args:
        hub: the Hub.
        repo_id: the repository.
        pairs: the commits, most urgent first.
        end: when to stop sending requests, as a value of ``time.monotonic()``.
    """
    look = _Look(hub, repo_id, end)
    pool = ThreadPoolExecutor(_THREADS, "huggingnersc-versions")
    try:
        return {pair: change for pair, change in zip(pairs, pool.map(look.change, pairs), strict=True) if change}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass
class _Look:
    """One traversal of a repository's history by several threads; nothing is requested twice."""

    hub: Hub
    repo_id: str
    end: float
    _asked: dict[Hashable, Future[Any]] = field(default_factory=dict)
    _asking: threading.Lock = field(default_factory=threading.Lock)

    def change(self, pair: Pair) -> Change | None:
        """The changes of a commit; None if they could not be determined."""
        revision, base = pair
        try:
            after = self._folder(revision, "", revision)
            before = self._folder(base, "", base) if base else {}
            files = islice(_Comparison(self, revision, base or "").files(before, after), MOST_FILES)
            members = _members(self._card(base, before), self._card(revision, after))
            return Change(tuple(files), tuple(members))
        except CatalogError as err:
            if err.code != "not_found":  # for example a commit that was force-pushed away since it was listed
                self.end = 0.0
            return None
        except TimeoutError:
            return None

    def folder(self, node: Node, revision: str) -> Mapping[str, Node]:
        """The content of a folder, by path."""
        return self._folder(revision, node.path, node.oid)

    def _folder(self, revision: str, path: str, oid: str) -> Mapping[str, Node]:
        # Folders with the same content at different paths have one oid, but different paths inside.
        return self._once(
            (path, oid), lambda: {node.path: node for node in self.hub.folder(self.repo_id, revision, path)}
        )

    def _card(self, revision: str | None, files: Mapping[str, Node]) -> FrontMatter | None:
        """The front matter of a card, empty if there is no card; None if it cannot be read."""
        card = files.get(CARD_FILE)
        if revision is None or card is None:
            return _NO_CARD
        if card.size > LARGEST_CARD:
            return None
        return self._once(card.oid, lambda: _head(self._text(revision)))

    def _text(self, revision: str) -> str | None:
        try:
            content = self.hub.read_file(self.repo_id, CARD_FILE, revision)
        except CatalogError as err:
            if err.code == "forbidden":  # a gated repository
                return None
            raise
        return None if content is None else content.decode("utf-8", "replace")

    def _once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        with self._asking:
            is_known = key in self._asked
            answer = self._asked.setdefault(key, Future())
        if not is_known:
            try:
                self._check_time()
                answer.set_result(make())
            except (CatalogError, TimeoutError) as err:  # also raised for waiting threads
                answer.set_exception(err)
            finally:
                answer.cancel()  # an internal error: do not let others wait forever
        return cast("_T", answer.result())

    def _check_time(self) -> None:
        remaining = self.hub.rate.remaining
        if time.monotonic() > self.end or (remaining is not None and remaining < _LEFT_TO_OTHERS):
            raise TimeoutError


@dataclass
class _Comparison:
    """Two trees."""

    look: _Look
    revision: str
    base: str
    folders: int = 0

    def files(self, before: Mapping[str, Node], after: Mapping[str, Node], folder: str = "") -> Iterator[FileChange]:
        """The differences between two folders, ordered by path."""
        if max(len(before), len(after)) >= MAX_NODES:  # the listing may be incomplete
            yield FileChange(f"{folder}/", "changed")
            return
        for path in sorted({*before, *after}):
            old, new = before.get(path), after.get(path)
            if old and new and old.is_folder == new.is_folder:
                if old.oid != new.oid:
                    yield from self._changed(old, new)
                continue
            if old:
                yield FileChange(_path(old), "removed")
            if new:
                yield FileChange(_path(new), "added")

    def _changed(self, old: Node, new: Node) -> Iterator[FileChange]:
        if not new.is_folder or self.folders == MOST_FOLDERS:
            yield FileChange(_path(new), "changed")
            return
        self.folders += 1
        yield from self.files(self.look.folder(old, self.base), self.look.folder(new, self.revision), new.path)


def _path(node: Node) -> str:
    return f"{node.path}/" if node.is_folder else node.path


def _head(card: str | None) -> FrontMatter | None:
    """The front matter of a card; None if it cannot be read safely."""
    if card is None:
        return None
    head, _ = split_card(card.removeprefix("\ufeff").replace("\r\n", "\n"))
    if head is None:
        return _NO_CARD
    if len(head) > _LARGEST_HEAD or _ALIAS.search(head):
        return None
    return parse_front_matter(head)


def _members(before: FrontMatter | None, after: FrontMatter | None) -> Iterator[MemberChange]:
    if before is None or after is None:
        return
    for key in dict.fromkeys([*after.values, *before.values]):
        old, new = _value(before, key), _value(after, key)
        if old != new:
            yield MemberChange(key[:LONGEST], _short(old), _short(new))


def _value(front: FrontMatter, key: str) -> str | None:
    """A field's value for display; None if there is no such field."""
    if key not in front.values:
        return None
    value = front.values[key]
    values = value if isinstance(value, list) else [value]
    if any(isinstance(item, (list, dict)) for item in values):
        return " ".join(front.texts[key].partition(":")[2].split())
    return ", ".join(_word(item) for item in values)


def _word(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return " ".join(str(value).split())


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
