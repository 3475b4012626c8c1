"""Information on a dataset at a revision, and the list of all datasets."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.sandbox.cards import Card, read_card
from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.refusals import bad_request, not_spoken
from huggingnersc_lab.sandbox.storage.git import MAIN
from huggingnersc_lab.sandbox.storage.large import Pointer
from huggingnersc_lab.sandbox.storage.repositories import Repository, hub_time

_EXPAND = (
    "author",
    "cardData",
    "citation",
    "createdAt",
    "description",
    "disabled",
    "downloads",
    "downloadsAllTime",
    "gated",
    "lastModified",
    "likes",
    "mainSize",
    "paperswithcode_id",
    "private",
    "resourceGroup",
    "sha",
    "siblings",
    "tags",
    "trendingScore",
    "usedStorage",
)
_SORTS = ("lastModified", "createdAt", "downloads", "likes", "trendingScore")


class DatasetInfo(Endpoint):
    """``GET /api/datasets/ID`` and ``GET /api/datasets/ID/revision/REVISION``."""

    def get(self, repo_id: str, revision: str | None = None) -> None:
        """All information on a dataset."""
        repository = self.visible(repo_id)
        commit = repository.git.resolve(revision or MAIN)
        info = describe(repository, commit, blobs=self.flag("blobs"))
        self.reply(_chosen(info, _expand(self)))

    def _refuse(self, repo_id: str, _revision: str | None = None) -> None:
        """An id without a namespace followed by something (``iris/like``) is not a dataset."""
        self.visible(repo_id)
        raise not_spoken(f"{self.request.method} {self.request.path}")

    post = put = delete = _refuse


class Datasets(Endpoint):
    """``GET /api/datasets``."""

    def get(self) -> None:
        """The datasets visible to the account, filtered, sorted, and in pages."""
        found = [
            describe(repository, repository.git.resolve(MAIN))
            for repository in self.hub.repositories.all()
            if self._may_see(repository) and self._named(repository)
        ]
        wanted = set(self.get_query_arguments("filter"))
        found = [info for info in found if wanted <= set(info["tags"])]
        found.sort(
            key=lambda info: (info[self._sort()], info["id"]),
            reverse=self.get_query_argument("direction", "-1") == "-1",
        )
        expand = _expand(self)
        full = self.flag("full")
        rows = self.hub.hooks.rows([_chosen(info if full or expand else _short(info), expand) for info in found])
        size = min(self.number("limit", self.hub.page_size), self.hub.page_size)
        start = self.number("cursor", 0)
        if size and start + size < len(rows):
            self.link_next(cursor=start + size)
        self.reply(rows[start : start + size])

    def _may_see(self, repository: Repository) -> bool:
        private = repository.settings.private
        return self.hub.permissions.may_see(self.account, repository.namespace, private=private)

    def _named(self, repository: Repository) -> bool:
        author = self.get_query_argument("author", repository.namespace).lower()
        words = [word.lower() for word in self.get_query_arguments("search")]
        gated = self.get_query_argument("gated", "").lower()
        if gated and (gated == "true") != bool(repository.settings.gated):
            return False
        return author == repository.namespace.lower() and all(word in repository.id.lower() for word in words)

    def _sort(self) -> str:
        sort = self.get_query_argument("sort", "lastModified")
        if sort not in _SORTS:
            raise bad_request(f"Unknown sort: {sort}")
        return sort


def _expand(endpoint: Endpoint) -> list[str]:
    """The requested fields; refuses unknown ones with 400."""
    wanted = [*endpoint.get_query_arguments("expand"), *endpoint.get_query_arguments("expand[]")]
    for name in wanted:
        if name not in _EXPAND:
            raise bad_request(f'Invalid value "{name}" for expand: it must be one of {", ".join(_EXPAND)}')
    return wanted


def card_of(repository: Repository, commit: str) -> Card:
    """The card of a dataset at a commit; empty if there is none."""
    entry = repository.git.entry(commit, "README.md")
    if entry is None or entry.is_folder:
        return Card({}, "")
    return read_card(repository.git.blob(entry.oid).decode("utf-8", "replace"))


def describe(repository: Repository, commit: str, *, blobs: bool = False) -> dict[str, Any]:
    """The ``DatasetInfo`` of a dataset at a commit; with `blobs`, also the files' sizes and ids."""
    git, settings = repository.git, repository.settings
    card = card_of(repository, commit)
    siblings: list[dict[str, Any]] = []
    for path, entry in sorted(git.files(commit).items()):
        sibling: dict[str, Any] = {"rfilename": path}
        if blobs:
            content = git.blob(entry.oid)
            pointer = Pointer.parse(content)
            sibling |= {"blobId": entry.oid, "size": pointer.size if pointer else len(content)}
            if pointer:
                sibling["lfs"] = {
                    "sha256": pointer.oid,
                    "size": pointer.size,
                    "pointerSize": len(content),
                }
        siblings.append(sibling)
    return {
        "_id": settings.uid,
        "id": repository.id,
        "author": repository.namespace,
        "sha": commit,
        "lastModified": hub_time(git.commit_info(commit).date),
        "createdAt": settings.created_at,
        "private": settings.private,
        "gated": settings.gated,
        "disabled": False,
        "tags": card.tags(),
        "description": card.summary(),
        "downloads": 0,
        "downloadsAllTime": 0,
        "likes": 0,
        "trendingScore": 0,
        "cardData": card.data,
        "siblings": siblings,
    }


def _short(info: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in info.items() if name not in ("cardData", "siblings")}


def _chosen(info: dict[str, Any], expand: list[str]) -> dict[str, Any]:
    if not expand:
        return {name: value for name, value in info.items() if name != "downloadsAllTime"}
    return {name: value for name, value in info.items() if name in ("_id", "id", *expand)}
